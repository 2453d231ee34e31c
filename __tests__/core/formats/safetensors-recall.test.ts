import { expect, test } from '@jest/globals';
import { RECALLED_HEADERS } from '../../../src/core/bytes/limits.ts';
import { readSafetensors } from '../../../src/core/formats/safetensors/read.ts';
import { headerRecall } from '../../../src/core/formats/safetensors/recall.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { memoryReader } from '../../helpers/memory-source.ts';

const FILE = safetensors({ 'a.weight': { shape: [2, 2] } });
const recall = headerRecall();
const read = (bytes: Uint8Array) =>
  readSafetensors(memoryReader(bytes), undefined, recall);

test('the same header at the same size is decoded once', async () => {
  const first = await read(FILE);
  const changed = FILE.slice();
  changed[changed.length - 1] = 1;
  expect(await read(changed)).toBe(first);
  expect(first).toEqual(await readSafetensors(memoryReader(FILE)));
});

test('a header that differs in one byte is decoded anew', async () => {
  const other = safetensors({ 'b.weight': { shape: [2, 2] } });
  expect(other.length).toBe(FILE.length);
  expect(await read(other)).toEqual(await readSafetensors(memoryReader(other)));
  expect(await read(other)).not.toEqual(await read(FILE));
});

test('the same header in a file that was cut is no whole file', async () => {
  await read(FILE);
  expect(await read(FILE.slice(0, -1))).toMatchObject({
    ok: false,
    defect: { code: 'truncated' },
  });
});

test('what was not seen for long is forgotten', async () => {
  const first = await read(FILE);
  for (let at = 0; at <= RECALLED_HEADERS; at += 1)
    await read(safetensors({ x: { shape: [at + 5] } }));
  expect(await read(FILE)).not.toBe(first);
  expect(await read(FILE)).toEqual(first);
});
