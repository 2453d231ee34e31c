import { SourceError } from './reader.ts';
import type { ByteReader } from './reader.ts';

/** A reader over bytes that are held in memory. */
export function heldReader(bytes: Uint8Array): ByteReader {
  const within = (start: number, end: number) => heldPart(bytes, start, end);
  return {
    size: bytes.length,
    access: 'random',
    read: (start, length) =>
      new Promise((resolve) => {
        resolve(within(start, start + length));
      }),
    // eslint-disable-next-line @typescript-eslint/require-await
    async *stream(start, end) {
      yield within(start, end);
    },
    scan: (ranges, feed) =>
      new Promise<void>((resolve) => {
        for (const [start, end] of ranges)
          if (start < end) feed(within(start, end), start);
        resolve();
      }),
    close: () => Promise.resolve(),
  };
}

/**
 * Bytes `[start, end)`.
 *
 * @throws SourceError when there are not so many
 */
function heldPart(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (start >= 0 && start <= end && end <= bytes.length)
    return bytes.subarray(start, end);
  throw new SourceError(
    'SHORT_READ',
    `it has ${bytes.length} bytes, and those from ${start} to ${end} were asked for`,
  );
}
