import { createHash } from 'node:crypto';
import { SourceError } from '../../core/bytes/reader.ts';
import type { ByteReader } from '../../core/bytes/reader.ts';

/** All bytes of a medium in one pass, forwards only; each goes into the digest. */
export interface Tape {
  /** How many bytes have gone by. */
  readonly at: () => number;
  /** The next bytes in pieces; what is not taken of them is not skipped. */
  readonly pieces: (length: number) => AsyncGenerator<Uint8Array, void>;
  /** The next bytes at once: only for a header. */
  readonly take: (length: number) => Promise<Uint8Array>;
  readonly skipTo: (offset: number) => Promise<void>;
  /** Runs to the end: the digest of all bytes. */
  readonly finish: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export function tapeOf(reader: ByteReader): Tape {
  const stream = reader.stream(0, reader.size)[Symbol.asyncIterator]();
  const hash = createHash('sha256');
  let at = 0;
  let rest: Uint8Array = new Uint8Array(0);
  /** At most `most` bytes, at least one. */
  const next = async (most: number): Promise<Uint8Array> => {
    while (rest.length === 0) {
      const piece = await stream.next();
      if (piece.done === true)
        throw new SourceError(
          'SHORT_READ',
          `the archive ended after ${at} of ${reader.size} bytes`,
        );
      hash.update(piece.value);
      rest = piece.value;
    }
    const bytes = rest.subarray(0, most);
    rest = rest.subarray(bytes.length);
    at += bytes.length;
    return bytes;
  };
  const skipTo = async (offset: number) => {
    while (at < offset) await next(offset - at);
  };
  return {
    at: () => at,
    async *pieces(length) {
      const end = at + length;
      while (at < end) yield await next(end - at);
    },
    take: async (length) => {
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length;) {
        const piece = await next(length - filled);
        bytes.set(piece, filled);
        filled += piece.length;
      }
      return bytes;
    },
    skipTo,
    finish: async () => {
      await skipTo(reader.size);
      return `sha256:${hash.digest('hex')}`;
    },
    close: async () => {
      await stream.return?.();
    },
  };
}
