import { createInflateRaw } from 'node:zlib';
import { INFLATE_CHUNK_BYTES } from '../../core/bytes/limits.ts';
import { holdBuffers } from '../heap.ts';
import { plainBytes } from '../plain-bytes.ts';

/** What it makes of more would lie about: INFLATE_CHUNK_BYTES at a time. */
const LARGE_BYTES = 16 * INFLATE_CHUNK_BYTES;

/** The least that node:zlib takes for the size of a piece. */
const LEAST_CHUNK_BYTES = 64;

/** What the compressed bytes turned out to be, where they are not what they should. */
export class InflateError extends Error {}

/**
 * Decompresses raw deflate (RFC 1951) piece by piece, and ends after more than
 * `sizeBytes`, whatever would follow. The next compressed piece is asked for only when
 * all that is in the last one was taken, so that nothing is fetched in vain, and nothing
 * more than a piece is held.
 *
 * @param compressedBytes how many bytes `pieces` give
 * @throws InflateError for bytes that are no deflate stream of that length
 */
export async function* inflate(
  pieces: AsyncIterable<Uint8Array>,
  { sizeBytes, compressedBytes }: Sizes,
): AsyncGenerator<Uint8Array, void> {
  // No bytes at all are what some writers make of an empty file.
  if (sizeBytes === 0 && compressedBytes === 0) return;
  if (sizeBytes > LARGE_BYTES) holdBuffers();
  const source = pieces[Symbol.asyncIterator]();
  const engine = startEngine(sizeBytes);
  let inflated = 0;
  try {
    for (;;) {
      const bytes = engine.read();
      if (bytes !== null) {
        yield bytes;
        inflated += bytes.length;
        if (inflated > sizeBytes) return;
      } else if (engine.isOver()) break;
      else if (engine.isIdle()) await engine.write(await source.next());
      else await engine.news();
    }
    if (engine.taken() !== compressedBytes)
      throw new InflateError(
        `ends after ${engine.taken()} of ${compressedBytes} compressed bytes`,
      );
  } finally {
    engine.destroy();
    await source.return?.();
  }
}

interface Sizes {
  readonly sizeBytes: number;
  readonly compressedBytes: number;
}

interface Engine {
  /** What is decompressed so far; `null` for nothing. */
  readonly read: () => Uint8Array | null;
  /** Whether it has taken all that was written, and waits for more. */
  readonly isIdle: () => boolean;
  readonly isOver: () => boolean;
  readonly write: (next: IteratorResult<Uint8Array>) => Promise<void>;
  /** Until something has changed. */
  readonly news: () => Promise<void>;
  /** Compressed bytes that were made use of. */
  readonly taken: () => number;
  readonly destroy: () => void;
}

function startEngine(sizeBytes: number): Engine {
  const most = Math.min(INFLATE_CHUNK_BYTES, sizeBytes + 1);
  const chunkSize = Math.max(LEAST_CHUNK_BYTES, most);
  const zlib = createInflateRaw({ chunkSize });
  const state = { failure: null as Error | null, isIdle: true, isOver: false };
  let wake: () => void = () => undefined;
  zlib.on('readable', () => wake());
  zlib.on('end', () => {
    state.isOver = true;
    wake();
  });
  zlib.on('error', (error) => {
    state.failure = error;
    wake();
  });
  const check = () => {
    if (state.failure !== null) throw new InflateError(state.failure.message);
  };
  const news = async () => {
    await new Promise<void>((resolve) => {
      wake = resolve;
      // What happened before is told at once.
      if (state.failure !== null || state.isOver || zlib.readableLength > 0)
        resolve();
    });
    check();
  };
  return {
    read: () => {
      check();
      const bytes: unknown = zlib.read();
      return bytes instanceof Uint8Array ? plainBytes(bytes) : null;
    },
    isIdle: () => state.isIdle,
    isOver: () => state.isOver,
    news,
    write: async (next) => {
      state.isIdle = false;
      const onTaken = () => {
        state.isIdle = next.done !== true;
        wake();
      };
      if (next.done === true) zlib.end();
      else zlib.write(next.value, onTaken);
      await news();
    },
    taken: () => zlib.bytesWritten,
    destroy: () => zlib.destroy(),
  };
}
