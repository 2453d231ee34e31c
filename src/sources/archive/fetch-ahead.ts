import {
  ARCHIVE_CONCURRENCY,
  ARCHIVE_EXTRA_SLACK_BYTES,
  ARCHIVE_HELD_MAX_BYTES,
  ARCHIVE_MERGE_GAP_BYTES,
} from '../../core/bytes/limits.ts';
import { SourceError } from '../../core/bytes/reader.ts';
import type { Want } from '../../core/bytes/reader.ts';
import type { Member } from '../../core/formats/archive/members.ts';
import { spanOf } from './content.ts';
import type { OpenArchive, Span } from './content.ts';

/**
 * Fetches the starts of files in few requests and keeps them. What fails here is met
 * again by the read that needs it.
 */
export async function fetchAhead(
  open: OpenArchive,
  wants: readonly Want[],
): Promise<void> {
  const waiting = mergeSpans(spansOf(open, wants));
  const work = async () => {
    for (let span = waiting.shift(); span !== undefined; span = waiting.shift())
      await fetchQuietly(open, span);
  };
  await Promise.all(Array.from({ length: ARCHIVE_CONCURRENCY }, work));
}

async function fetchQuietly({ pieces }: OpenArchive, span: Span) {
  try {
    await pieces.fetch(span.start, span.end - span.start);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
}

/** As many as are kept at once: more would push out the first before they are read. */
function spansOf(open: OpenArchive, wants: readonly Want[]): Span[] {
  const spans: Span[] = [];
  let room = ARCHIVE_HELD_MAX_BYTES;
  for (const want of wants) {
    const member = open.archive.byPath.get(want.path);
    if (member?.kind !== 'file' || open.damages.has(want.path)) continue;
    for (const span of spansFor(open, member, want)) {
      const length = span.end - span.start;
      if (open.pieces.holds(span.start, length)) continue;
      room -= length;
      if (room < 0) return spans;
      spans.push(span);
    }
  }
  return spans;
}

/** Its start, and of what is stored its end, which begins where the next entry does. */
function spansFor(
  open: OpenArchive,
  member: Member,
  { bytes, endBytes = 0 }: Want,
): Span[] {
  const { entry } = member;
  const start = spanOf(open, member, packedBytes(member, bytes));
  const whole = spanOf(open, member, entry.compressedBytes);
  const length = Math.min(endBytes, entry.compressedBytes);
  if (length === 0 || entry.method !== 0) return [start];
  // Where the content ends exactly only the local header tells.
  const from = whole.end - ARCHIVE_EXTRA_SLACK_BYTES - length;
  return from <= start.end
    ? [{ start: start.start, end: whole.end }]
    : [start, { start: from, end: whole.end }];
}

/** The start of a file compresses better than the rest: it is text, and numbers follow. */
function packedBytes({ entry }: Member, bytes: number): number {
  const { method, compressedBytes, sizeBytes } = entry;
  if (method === 0 || bytes >= sizeBytes)
    return Math.min(bytes, compressedBytes);
  return Math.ceil((bytes * compressedBytes) / sizeBytes);
}

/** In the order of the archive; neighbours become one where little lies between. */
function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start - last.end <= ARCHIVE_MERGE_GAP_BYTES)
      merged[merged.length - 1] = {
        start: last.start,
        end: Math.max(last.end, span.end),
      };
    else merged.push(span);
  }
  return merged;
}
