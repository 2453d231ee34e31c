import {
  ARCHIVE_HELD_MAX_BYTES,
  ARCHIVE_HELD_MAX_PIECES,
} from '../../core/bytes/limits.ts';
import type { ByteReader } from '../../core/bytes/reader.ts';

/** What was fetched of an archive and is kept for the next read. */
export interface Pieces {
  /** Exactly these bytes; only what is not kept is fetched, in one request. */
  readonly read: (start: number, length: number) => Promise<Uint8Array>;
  /** Fetches and keeps, unless it is kept already. */
  readonly fetch: (start: number, length: number) => Promise<void>;
  readonly holds: (start: number, length: number) => boolean;
  /** How many bytes are kept in one piece from there on. */
  readonly heldFrom: (start: number) => number;
  /** Lets go of all but what is kept for good. */
  readonly letGo: () => void;
  /** Keeps for good: the two ends of the archive. */
  readonly pin: (start: number, length: number) => Promise<void>;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/**
 * Keeps the newest pieces, ARCHIVE_HELD_MAX_BYTES of them. What is longer than an
 * eighth of that is fetched and not kept.
 */
export function piecesOf(reader: ByteReader): Pieces {
  const pinned: Piece[] = [];
  let held: Piece[] = [];
  let heldBytes = 0;
  const find = (start: number, end: number): Piece | undefined => {
    const covers = (piece: Piece) => piece.start <= start && piece.end >= end;
    return held.findLast(covers) ?? pinned.find(covers);
  };
  const load = async (start: number, end: number): Promise<Piece> => {
    const bytes = await reader.read(start, end - start);
    return { start, end, bytes };
  };
  const keep = (piece: Piece): void => {
    held.push(piece);
    heldBytes += piece.bytes.length;
    let dropped = 0;
    while (
      heldBytes > ARCHIVE_HELD_MAX_BYTES ||
      held.length - dropped > ARCHIVE_HELD_MAX_PIECES
    )
      heldBytes -= held[dropped++]?.bytes.length ?? 0;
    if (dropped > 0) held = held.slice(dropped);
  };
  const letGo = (): void => {
    [held, heldBytes] = [[], 0];
  };
  const fetch = async (start: number, length: number): Promise<void> => {
    if (find(start, start + length) === undefined)
      keep(await load(start, start + length));
  };
  return {
    read: async (start, length) => {
      const end = start + length;
      const whole = find(start, end);
      if (whole !== undefined) return cut(whole, start, end);
      const all = [...pinned, ...held];
      const first = all.findLast(
        (one) => one.start <= start && one.end > start,
      );
      const last = all.findLast((one) => one.start < end && one.end >= end);
      const from = Math.max(start, first?.end ?? start);
      const to = Math.max(from, Math.min(end, last?.start ?? end));
      const missing = await load(from, to);
      if (length <= ARCHIVE_HELD_MAX_BYTES / 8) keep(missing);
      const bytes = new Uint8Array(length);
      bytes.set(missing.bytes, from - start);
      if (first && from > start) bytes.set(cut(first, start, from));
      if (last && to < end) bytes.set(cut(last, to, end), to - start);
      return bytes;
    },
    fetch,
    holds: (start, length) => find(start, start + length) !== undefined,
    heldFrom: (start) => (find(start, start + 1)?.end ?? start) - start,
    letGo,
    pin: async (start, length) => {
      if (length > 0) pinned.push(await load(start, start + length));
    },
  };
}

/** A copy: whoever keeps it must not keep the whole piece. */
function cut(piece: Piece, start: number, end: number): Uint8Array {
  return new Uint8Array(
    piece.bytes.subarray(start - piece.start, end - piece.start),
  );
}
