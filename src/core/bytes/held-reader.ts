import { SourceError } from './reader.ts';
import type { ByteReader } from './reader.ts';

/** A reader over bytes that are held in memory. */
export function heldReader(bytes: Uint8Array): ByteReader {
  const within = (start: number, end: number) => {
    if (start >= 0 && start <= end && end <= bytes.length)
      return bytes.subarray(start, end);
    throw new SourceError(
      'SHORT_READ',
      `no bytes ${start} to ${end} of ${bytes.length}`,
    );
  };
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
    close: () => Promise.resolve(),
  };
}
