import * as fs from 'node:fs/promises';
import { constants } from 'node:fs';
import { STREAM_CHUNK_BYTES } from '../core/bytes/limits.ts';
import { SourceError } from '../core/bytes/reader.ts';
import type { ByteReader } from '../core/bytes/reader.ts';
import { toSourceError } from './source-error.ts';

/**
 * Opens a regular file for reading.
 *
 * @throws SourceError when it cannot be opened or is not a regular file
 */
export async function openLocalFile(file: string): Promise<ByteReader> {
  // O_NONBLOCK: opening a FIFO that was put in place since would wait for ever.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK || 0);
  const handle = await attempt(file, () => fs.open(file, flags));
  try {
    const stat = await attempt(file, () => handle.stat());
    if (!stat.isFile())
      throw new SourceError('NOT_A_FILE', 'it is not a regular file');
    return fileReader(file, handle, stat.size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function fileReader(
  file: string,
  handle: fs.FileHandle,
  size: number,
): ByteReader {
  const read = (start: number, length: number) =>
    attempt(file, () => readExactly(handle, start, length));
  return {
    size,
    access: 'random',
    read,
    async *stream(start, end) {
      for (let at = start; at < end; at += STREAM_CHUNK_BYTES)
        yield await read(at, Math.min(STREAM_CHUNK_BYTES, end - at));
    },
    close: () => handle.close(),
  };
}

async function readExactly(
  handle: fs.FileHandle,
  start: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(
      bytes,
      filled,
      length - filled,
      start + filled,
    );
    if (bytesRead === 0)
      throw new SourceError(
        'SHORT_READ',
        `the file became shorter while it was read: ${filled} of ${length} bytes from byte ${start} on`,
      );
    filled += bytesRead;
  }
  return bytes;
}

async function attempt<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw toSourceError(error, file);
  }
}
