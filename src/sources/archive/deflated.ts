import {
  DEFLATED_FIRST_BYTES,
  DEFLATED_HELD_MAX_BYTES,
  DEFLATED_PREFIX_BYTES,
  DEFLATED_READ_MAX_BYTES,
} from '../../core/bytes/limits.ts';
import { NOT_REACHABLE, SourceError } from '../../core/bytes/reader.ts';
import type { Member } from '../../core/formats/archive/members.ts';
import { bytesWords } from '../../core/formats/archive/words.ts';
import { damaged, locate, sumOf } from './content.ts';
import type { OpenArchive } from './content.ts';
import type { Content } from './entry-reader.ts';
import { inflate, InflateError } from './inflate.ts';

/**
 * The content of a deflated entry. A file up to DEFLATED_HELD_MAX_BYTES is read in any
 * order, as it is held decompressed from the first read beyond its start on, until
 * another is read; of a larger one the start alone.
 */
export function deflatedContent(open: OpenArchive, member: Member): Content {
  const { sizeBytes } = member.entry;
  const isHeld = sizeBytes <= DEFLATED_HELD_MAX_BYTES;
  return {
    access: isHeld ? 'random' : 'prefix',
    isSequential: true,
    read: async (from, length) => {
      const end = from + length;
      if (end > DEFLATED_HELD_MAX_BYTES) throw notReachable(sizeBytes);
      const start = keptStart(open, member);
      const isStart = end <= DEFLATED_PREFIX_BYTES && end < sizeBytes;
      try {
        const bytes = await start.upTo(isStart || !isHeld ? end : sizeBytes);
        const isWhole = from === 0 && end === sizeBytes;
        if (!isWhole || sizeBytes <= DEFLATED_READ_MAX_BYTES)
          return new Uint8Array(bytes.subarray(from, end));
        // A large document is decoded once, and a copy would be as large.
        dropStart(open);
        return bytes.subarray(from, end);
      } catch (error) {
        // What was cut off by a failure is begun anew by whoever asks again.
        dropStart(open);
        throw error;
      }
    },
    pieces: (_from, end) =>
      inflated(open, member, { isAll: end === sizeBytes }),
  };
}

/** What is asked of a file comes in several reads, one reader after the other. */
function keptStart(open: OpenArchive, member: Member): Held {
  if (open.start.member !== member) {
    dropStart(open);
    open.start.member = member;
    open.start.held = heldStart(open, member);
  }
  return open.start.held ?? heldStart(open, member);
}

/** Lets go of the file that was read last. */
export function dropStart({ start }: OpenArchive): void {
  start.held?.close();
  start.member = null;
  start.held = null;
}

function notReachable(sizeBytes: number): SourceError {
  return new SourceError(
    NOT_REACHABLE,
    `it is compressed in the archive, and of its ${bytesWords(sizeBytes)} only the first ${DEFLATED_HELD_MAX_BYTES / 1024 / 1024} MiB can be read without all that lies before; uploaded with \`compression-level: 0\`, all of it can`,
  );
}

/** The start of a content, decompressed as far as it was asked for. */
export interface Held {
  readonly upTo: (end: number) => Promise<Uint8Array>;
  readonly close: () => void;
}

function heldStart(open: OpenArchive, member: Member): Held {
  const { sizeBytes } = member.entry;
  const demand = { isAll: false };
  const pieces = inflated(open, member, demand);
  const sum = sumOf(open.crc32, member);
  let bytes = new Uint8Array(0);
  let filled = 0;
  let isChecked = false;
  const room = (needed: number) => {
    if (needed <= bytes.length) return;
    const most = Math.min(2 * bytes.length, sizeBytes);
    const grown = new Uint8Array(Math.max(needed, most));
    grown.set(bytes.subarray(0, filled));
    bytes = grown;
  };
  const upTo = async (end: number) => {
    const isAll = end === sizeBytes;
    demand.isAll ||= isAll;
    // At once: to grow into it takes half as much again.
    if (isAll) room(sizeBytes);
    while (filled < end || (isAll && !isChecked)) {
      const next = await pieces.next();
      if (next.done === true) break;
      sum.add(next.value);
      room(filled + next.value.length);
      bytes.set(next.value, filled);
      filled += next.value.length;
    }
    const isShort = filled < end;
    if (isShort || (isAll && !isChecked)) {
      const damage = sum.verdict();
      if (damage !== null) damaged(open, member, damage);
      isChecked = true;
    }
    return bytes;
  };
  return {
    upTo,
    close: () => {
      // Nobody waits for it: a stream that fails to end has nothing left to say.
      pieces.return().catch(() => undefined);
    },
  };
}

/** How far the reader means to go; it may find out while it reads. */
interface Demand {
  readonly isAll: boolean;
}

/** @throws DamagedError for bytes that cannot be decompressed */
async function* inflated(
  open: OpenArchive,
  member: Member,
  demand: Demand,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* inflate(compressed(open, member, demand), member.entry);
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    const words = `content cannot be decompressed (${error.message})`;
    damaged(open, member, { code: 'inflate-failed', words });
  }
}

/**
 * The compressed bytes: what is kept of them first, then pieces that double, so that a
 * short start costs little; all that is left in one stream where all is wanted.
 */
async function* compressed(
  open: OpenArchive,
  member: Member,
  demand: Demand,
): AsyncGenerator<Uint8Array, void> {
  const { compressedBytes } = member.entry;
  const { pieces, reader } = open;
  let at = await locate(open, member, 0);
  const end = at + compressedBytes;
  let step = DEFLATED_FIRST_BYTES;
  while (at < end) {
    const held = Math.min(pieces.heldFrom(at), end - at);
    if (held === 0 && demand.isAll && end - at > DEFLATED_READ_MAX_BYTES) {
      yield* reader.stream(at, end);
      return;
    }
    const length = held > 0 ? held : Math.min(step, end - at);
    yield await pieces.read(at, length);
    at += length;
    step = Math.min(2 * step, DEFLATED_READ_MAX_BYTES);
  }
}
