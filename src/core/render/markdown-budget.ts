/** Lines of which the last may be left out. */
export interface CuttableLines {
  readonly count: number;
  /** Made only when it is their turn: there can be very many. */
  readonly at: (index: number) => string;
  /**
   * What stands for the lines from `from` on. Never longer than for the first:
   * that length is kept free.
   */
  readonly omitted: (from: number) => readonly string[];
  /** The least takes its bytes first. */
  readonly rank: number;
}

/** A part of a document: a frame that is always there, and lines in it. */
export interface Part {
  readonly before?: readonly string[];
  readonly lines?: CuttableLines;
  readonly after?: readonly string[];
}

/**
 * Joins the parts to a document of at most `maxBytes` UTF-8 bytes, of which the
 * frames take theirs in any case. The lines take the rest by rank, in two rounds:
 * first each part at most half of what is left, so that no part starves those
 * after it; then what they left.
 */
export function fitParts(parts: readonly Part[], maxBytes: number): string {
  const frames = parts.reduce((sum, part) => sum + frameBytes(part), 0);
  let left = maxBytes - frames;
  const taken = new Map<CuttableLines, string[]>();
  const byRank = parts
    .flatMap(({ lines }) => (lines === undefined ? [] : [lines]))
    .sort((one, other) => one.rank - other.rank);
  for (const share of [0.5, 1])
    for (const lines of byRank) {
      const kept = taken.get(lines) ?? [];
      left -= take(lines, kept, left * share);
      taken.set(lines, kept);
    }
  return parts
    .flatMap(({ before = [], lines, after = [] }) => {
      const kept = lines === undefined ? [] : (taken.get(lines) ?? []);
      const isCut = lines !== undefined && kept.length < lines.count;
      const omitted = isCut ? lines.omitted(kept.length) : [];
      return [...before, ...kept, ...omitted, ...after];
    })
    .map((line) => `${line}\n`)
    .join('');
}

/** Adds lines to `kept` while they fit, and returns the bytes that they take. */
function take(lines: CuttableLines, kept: string[], maxBytes: number): number {
  let bytes = 0;
  while (kept.length < lines.count) {
    const line = lines.at(kept.length);
    const more = bytesOf([line]);
    if (bytes + more > maxBytes) break;
    bytes += more;
    kept.push(line);
  }
  return bytes;
}

/** What a part takes with every line left out, the words for that included. */
function frameBytes({ before = [], lines, after = [] }: Part): number {
  const omitted =
    lines === undefined || lines.count === 0 ? [] : lines.omitted(0);
  return bytesOf([...before, ...omitted, ...after]);
}

const ENCODER = new TextEncoder();

/** UTF-8 bytes of the lines with their ends. */
function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + ENCODER.encode(line).length + 1, 0);
}
