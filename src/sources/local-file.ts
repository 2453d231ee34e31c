import * as fs from 'node:fs';
import { STREAM_CHUNK_BYTES } from '../core/bytes/limits.ts';
import { heldReader } from '../core/bytes/held-reader.ts';
import { SourceError } from '../core/bytes/reader.ts';
import type { ByteReader } from '../core/bytes/reader.ts';
import { readMeter } from './heap.ts';
import { toSourceError } from './source-error.ts';

/**
 * Read as a whole, which takes as long as a part of it: most files of a training's
 * state are so small, and of each several parts are asked for.
 */
export const SMALL_FILE_BYTES = 32 * 1024;

/**
 * Opens a regular file for reading. Synchronous on purpose, as the walk is: a
 * small read takes a third of the time that a detour through the thread pool does.
 *
 * @throws SourceError when it cannot be opened or is not a regular file
 */
export function openLocalFile(file: string): ByteReader {
  // O_NONBLOCK: opening a FIFO that was put in place since would wait for ever.
  const flags = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK || 0);
  const handle = attempt(file, () => fs.openSync(file, flags));
  let isKept = false;
  try {
    const stat = attempt(file, () => fs.fstatSync(handle));
    if (!stat.isFile())
      throw new SourceError('NOT_A_FILE', 'it is not a regular file');
    if (stat.size <= SMALL_FILE_BYTES)
      return heldReader(attempt(file, () => readExactly(handle, 0, stat.size)));
    isKept = true;
    return fileReader(file, handle, stat.size);
  } finally {
    if (!isKept) fs.closeSync(handle);
  }
}

function fileReader(file: string, handle: number, size: number): ByteReader {
  const meter = readMeter();
  // What throws inside of a promise's executor rejects it.
  const take = (start: number, length: number) =>
    new Promise<Uint8Array>((resolve) => {
      resolve(attempt(file, () => readExactly(handle, start, length)));
    });
  return {
    size,
    access: 'random',
    read: (start, length) => {
      meter(length);
      return take(start, length);
    },
    async *stream(start, end) {
      for (let at = start; at < end; at += STREAM_CHUNK_BYTES)
        yield await take(at, Math.min(STREAM_CHUNK_BYTES, end - at));
    },
    scan: (ranges, feed) =>
      new Promise<void>((resolve) => {
        // One for all pieces: under Node 24 a buffer for each is held for long.
        const buffer = new Uint8Array(Math.min(STREAM_CHUNK_BYTES, size));
        for (const [start, end] of ranges)
          for (let at = start; at < end; at += STREAM_CHUNK_BYTES) {
            const piece = buffer.subarray(0, end - at);
            attempt(file, () => {
              fill(handle, at, piece);
            });
            feed(piece, at);
          }
        resolve();
      }),
    close: () => {
      fs.closeSync(handle);
      return Promise.resolve();
    },
  };
}

function readExactly(
  handle: number,
  start: number,
  length: number,
): Uint8Array {
  const bytes = new Uint8Array(length);
  fill(handle, start, bytes);
  return bytes;
}

function fill(handle: number, start: number, bytes: Uint8Array): void {
  const { length } = bytes;
  let filled = 0;
  while (filled < length) {
    const position = start + filled;
    const got = fs.readSync(handle, bytes, filled, length - filled, position);
    if (got === 0)
      throw new SourceError(
        'SHORT_READ',
        `the file became shorter while it was read: ${filled} of ${length} bytes from byte ${start} on`,
      );
    filled += got;
  }
}

function attempt<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw toSourceError(error, file);
  }
}
