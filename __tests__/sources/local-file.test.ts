import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { STREAM_CHUNK_BYTES } from '../../src/core/bytes/limits.ts';
import { scanRanges } from '../../src/core/bytes/reader.ts';
import type { ByteReader, Range } from '../../src/core/bytes/reader.ts';
import { openLocalFile } from '../../src/sources/local-file.ts';

const SIZE = 2 * STREAM_CHUNK_BYTES + 100;
const RANGES: readonly Range[] = [
  [0, 0],
  [1, 9],
  [8, STREAM_CHUNK_BYTES + 9],
  [3, SIZE],
];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What was fed: where each piece begins, and its bytes as they were then. */
async function fed(reader: ByteReader, ranges: readonly Range[]) {
  const pieces: (readonly [number, Buffer])[] = [];
  await scanRanges(reader, ranges, (piece, at) => {
    pieces.push([at, Buffer.from(piece)]);
  });
  return pieces;
}

function written(name: string): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    Uint8Array.from({ length: SIZE }, (_, at) => (at * 31) >> 3),
  );
  return file;
}

test('a scan gives what streams of the ranges give', async () => {
  const reader = openLocalFile(written('whole'));
  const scanned = await fed(reader, RANGES);
  const slow: ByteReader = {
    size: reader.size,
    access: reader.access,
    read: (start, length) => reader.read(start, length),
    stream: (start, end) => reader.stream(start, end),
    close: () => reader.close(),
  };
  expect(scanned).toEqual(await fed(slow, RANGES));
  expect(scanned.map(([at, { length }]) => [at, length])).toEqual([
    [1, 8],
    [8, STREAM_CHUNK_BYTES],
    [STREAM_CHUNK_BYTES + 8, 1],
    [3, STREAM_CHUNK_BYTES],
    [STREAM_CHUNK_BYTES + 3, STREAM_CHUNK_BYTES],
    [2 * STREAM_CHUNK_BYTES + 3, 97],
  ]);
  await reader.close();
});

test('a file that became shorter ends the scan', async () => {
  const file = written('cut');
  const reader = openLocalFile(file);
  truncateSync(file, STREAM_CHUNK_BYTES + 7);
  await expect(fed(reader, [[0, SIZE]])).rejects.toMatchObject({
    code: 'SHORT_READ',
  });
  await reader.close();
});

test('what the taker throws is thrown as it is', async () => {
  const reader = openLocalFile(written('thrown'));
  const error = new Error('of the taker');
  await expect(
    scanRanges(reader, [[0, 1]], () => {
      throw error;
    }),
  ).rejects.toBe(error);
  await reader.close();
});

test('of a small file no more can be scanned than is there', async () => {
  const file = join(folder, 'small');
  writeFileSync(file, 'small');
  const reader = openLocalFile(file);
  expect(await fed(reader, [[1, 4]])).toEqual([[1, Buffer.from('mal')]]);
  await expect(fed(reader, [[1, 9]])).rejects.toMatchObject({
    code: 'SHORT_READ',
  });
  await reader.close();
});
