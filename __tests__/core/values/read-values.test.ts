import { expect, test } from '@jest/globals';
import { VALUE_SHARED_MAX } from '../../../src/core/bytes/limits.ts';
import type { ByteReader } from '../../../src/core/bytes/reader.ts';
import type { PlacedTensor } from '../../../src/core/values/placed.ts';
import { readValues } from '../../helpers/read-values.ts';
import { memoryReader } from '../../helpers/memory-source.ts';
import { bytesOf } from './naive.ts';

const placed = (fields: Partial<PlacedTensor>): PlacedTensor => ({
  name: 't',
  dtype: 'F32',
  shape: [2, 3],
  origin: 0,
  offset: 0,
  strides: null,
  hidden: null,
  ...fields,
});

const SIX = bytesOf('F32', [1, 2, 3, NaN, 5, 6]);

test('the first bad place counts by the dimensions of the tensor', async () => {
  const reader = memoryReader(SIX);
  const rows = await readValues(reader, [placed({})], 'little');
  expect(rows.tensors).toMatchObject([{ firstPlace: [1, 0], largest: 6 }]);
  const columns = placed({ strides: [1, 2] });
  const turned = await readValues(reader, [columns], 'little');
  expect(turned.tensors).toMatchObject([{ firstPlace: [1, 1] }]);
});

test('tensors that share a storage each show their own part', async () => {
  const { tensors } = await readValues(
    memoryReader(SIX),
    [
      placed({ name: 'head', shape: [3] }),
      placed({ name: 'tail', shape: [2], offset: 4, strides: [1] }),
      placed({ name: 'all' }),
      placed({ name: 'none', shape: [0, 4], offset: 6 }),
    ],
    'little',
  );
  expect(
    Object.fromEntries(
      tensors.map(({ name, nan, largest }) => [name, [nan, largest]]),
    ),
  ).toEqual({ head: [0, 3], tail: [0, 6], all: [1, 6], none: [0, 0] });
});

test('every byte is read once, and in pieces', async () => {
  const bytes = new Uint8Array(300_000);
  const lengths: number[] = [];
  const inner = memoryReader(bytes);
  const reader: ByteReader = {
    ...inner,
    async *stream(start, end) {
      for await (const chunk of inner.stream(start, end)) {
        lengths.push(chunk.length);
        yield chunk;
      }
    },
  };
  await readValues(
    reader,
    [
      placed({ shape: [40_000], origin: 1 }),
      placed({ shape: [20_000], origin: 160_001 }),
      placed({ shape: [50_000], origin: 40_001 }),
    ],
    'little',
  );
  expect(lengths.reduce((sum, one) => sum + one, 0)).toBe(240_000);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(64 * 1024);
});

test.each([
  ['a dtype that is not looked at', { dtype: 'F6_E2M3' }, /F6_E2M3/],
  ['an unknown dtype', { dtype: null }, /unknown/],
  ['a view with gaps', { strides: [8, 1] }, /gaps or repeats/],
  ['an expanded view', { strides: [0, 1] }, /gaps or repeats/],
  ['a hidden storage', { hidden: 'it is compressed' }, /compressed/],
  ['a tensor beyond the file', { origin: 4 }, /beyond the file/],
])('%s is not examined, and why', async (_name, fields, reason) => {
  const values = await readValues(
    memoryReader(SIX),
    [placed(fields)],
    'little',
  );
  expect(values.tensors).toEqual([]);
  expect(values.unexamined.map((one) => one.reason)).toEqual([
    expect.stringMatching(reason),
  ]);
});

test('many tensors over one storage are looked at a few times only', async () => {
  const many = Array.from({ length: 100 }, (_, at) =>
    placed({ name: String(at) }),
  );
  const values = await readValues(memoryReader(SIX), many, 'little');
  expect(values.tensors).toHaveLength(VALUE_SHARED_MAX);
  expect(values.unexamined).toHaveLength(100 - VALUE_SHARED_MAX);
});
