/** A part of a document: lines that may be left out from the end, and a frame. */
export interface Part {
  readonly before?: readonly string[];
  readonly lines: readonly string[];
  readonly after?: readonly string[];
  /** What stands for lines left out; without it none may be. */
  readonly omitted?: (count: number) => readonly string[];
}

/**
 * Joins the parts to a document of at most `maxBytes` UTF-8 bytes. What is fixed
 * is always there; lines are taken in order, part by part, while they fit, so
 * that the worst, which comes first, stays.
 */
export function fitParts(parts: readonly Part[], maxBytes: number): string {
  const fixed = parts.reduce((sum, part) => sum + fixedBytes(part), 0);
  let left = maxBytes - fixed;
  const lines = parts.flatMap((part) => {
    const kept = part.omitted ? takeWhileFits(part.lines, left) : part.lines;
    if (part.omitted) left -= bytesOf(kept);
    const omitted = part.lines.length - kept.length;
    return [
      ...(part.before ?? []),
      ...kept,
      ...(omitted > 0 ? (part.omitted?.(omitted) ?? []) : []),
      ...(part.after ?? []),
    ];
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** What a part takes with every line left out, the words for that included. */
function fixedBytes({ before, after, lines, omitted }: Part): number {
  const stand = omitted ? omitted(lines.length) : lines;
  return bytesOf([...(before ?? []), ...stand, ...(after ?? [])]);
}

function takeWhileFits(
  lines: readonly string[],
  maxBytes: number,
): readonly string[] {
  let bytes = 0;
  const end = lines.findIndex((line) => (bytes += bytesOf([line])) > maxBytes);
  return end < 0 ? lines : lines.slice(0, end);
}

function bytesOf(lines: readonly string[]): number {
  const encoder = new TextEncoder();
  return lines.reduce((sum, line) => sum + encoder.encode(line).length + 1, 0);
}
