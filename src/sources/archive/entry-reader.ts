import { ARCHIVE_HELD_MAX_BYTES } from '../../core/bytes/limits.ts';
import type { ByteReader, Feed, Range } from '../../core/bytes/reader.ts';
import type { Member } from '../../core/formats/archive/members.ts';
import { readMeter } from '../heap.ts';
import { checkRange, damaged, locate, sumOf } from './content.ts';
import type { OpenArchive } from './content.ts';
import { deflatedContent } from './deflated.ts';
import { isInOrder, pickRanges } from './ranges.ts';

/** How the content of an entry is got at, be it stored or deflated. */
export interface Content {
  readonly access: ByteReader['access'];
  readonly read: (start: number, length: number) => Promise<Uint8Array>;
  /** From the start on to at least `end`, in order; `end` is the size for all of it. */
  readonly pieces: (start: number, end: number) => AsyncIterable<Uint8Array>;
  /** Whether `pieces` begin at byte 0 whatever `start` is. */
  readonly isSequential: boolean;
}

/** One file of an archive; opening it costs nothing until it is read. */
export function entryReader(open: OpenArchive, member: Member): ByteReader {
  const { sizeBytes: size, method } = member.entry;
  const content =
    method === 0 ? storedContent(open, member) : deflatedContent(open, member);
  const meter = readMeter();
  const checked = (start: number, end: number) =>
    checkedPieces(open, member, content, { start, end });
  return {
    size,
    access: content.access,
    read: async (start, length) => {
      checkRange(size, start, length);
      meter(length);
      return content.read(start, length);
    },
    async *stream(start, end) {
      checkRange(size, start, end - start);
      for await (const { piece } of checked(start, end)) yield piece;
    },
    scan: async (ranges, feed) => {
      for (const [start, end] of ranges) checkRange(size, start, end - start);
      const isOnePass = isInOrder(ranges);
      const pick = pickRanges(isOnePass ? ranges : [], feed);
      for await (const { piece, at } of checked(0, size)) pick(piece, at);
      if (!isOnePass) await feedEach(checked, ranges, feed);
    },
    close: () => Promise.resolve(),
  };
}

interface Placed {
  readonly piece: Uint8Array;
  readonly at: number;
}

async function feedEach(
  pieces: (start: number, end: number) => AsyncIterable<Placed>,
  ranges: readonly Range[],
  feed: Feed,
): Promise<void> {
  for (const [start, end] of ranges)
    for await (const { piece, at } of pieces(start, end)) feed(piece, at);
}

/**
 * The bytes of a range, each piece with its place; where all bytes of the file went by,
 * they are held against its checksum.
 */
async function* checkedPieces(
  open: OpenArchive,
  member: Member,
  content: Content,
  { start, end }: { readonly start: number; readonly end: number },
): AsyncGenerator<Placed, void> {
  const { sizeBytes } = member.entry;
  const isFromStart = start === 0 || content.isSequential;
  const isWhole = isFromStart && end === sizeBytes;
  const sum = isWhole ? sumOf(open.crc32, member) : null;
  let at = isFromStart ? 0 : start;
  for await (const piece of content.pieces(start, end)) {
    sum?.add(piece);
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, piece.length);
    if (from < to) yield { piece: piece.subarray(from, to), at: at + from };
    at += piece.length;
    if (!isWhole && at >= end) return;
  }
  const damage = sum?.verdict();
  if (damage) damaged(open, member, damage);
}

/** Bytes that lie in the archive as they are. */
function storedContent(open: OpenArchive, member: Member): Content {
  const { sizeBytes } = member.entry;
  let begin: number | null = null;
  const start = async (wanted: number) =>
    (begin ??= await locate(
      open,
      member,
      // What is longer is fetched by itself, and not kept.
      wanted <= ARCHIVE_HELD_MAX_BYTES / 8 ? wanted : 0,
    ));
  return {
    access: 'random',
    isSequential: false,
    read: async (from, length) => {
      const at = await start(from + length);
      const bytes = await open.pieces.read(at + from, length);
      if (from === 0 && length === sizeBytes) {
        const sum = sumOf(open.crc32, member);
        sum.add(bytes);
        const damage = sum.verdict();
        if (damage !== null) damaged(open, member, damage);
      }
      return bytes;
    },
    async *pieces(from, to) {
      const at = await start(0);
      if (open.pieces.holds(at + from, to - from))
        yield await open.pieces.read(at + from, to - from);
      else yield* open.reader.stream(at + from, at + to);
    },
  };
}
