import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { kernelOf } from '../../../src/core/values/kernels.ts';
import { readValues } from '../../helpers/read-values.ts';
import { memoryReader } from '../../helpers/memory-source.ts';

interface Answer {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: string;
  readonly nan: number;
  readonly infinite: number;
  readonly firstPlace: readonly number[] | null;
  readonly largest: number;
  readonly constant: number | null;
}

// The file is our own: scripts/values/answers.py writes it.
const ANSWERS = JSON.parse(
  readFileSync(new URL('torch-answers.json', import.meta.url), 'utf8'),
) as readonly Answer[];
const DTYPES = [...new Set(ANSWERS.map(({ dtype }) => dtype))];

test('torch has answered for every dtype but the one that it packs in pairs', () => {
  expect(DTYPES).toHaveLength(20);
  expect(DTYPES.filter((dtype) => kernelOf(dtype) === null)).toEqual([]);
});

test.each(DTYPES)(
  '%s shows what torch and numpy say, at any alignment',
  async (dtype) => {
    for (const answer of ANSWERS.filter((one) => one.dtype === dtype)) {
      const { bytes: text, ...wanted } = answer;
      const bytes = Buffer.from(text, 'base64');
      for (const origin of [0, 1, 2, 4, 8]) {
        const file = new Uint8Array(origin + bytes.length);
        file.set(bytes, origin);
        const { tensors, unexamined } = await readValues(
          memoryReader(file),
          [
            {
              name: 't',
              dtype,
              shape: answer.shape,
              origin,
              offset: 0,
              strides: null,
              hidden: null,
            },
          ],
          'little',
        );
        expect(unexamined).toEqual([]);
        expect(tensors).toEqual([expect.objectContaining(wanted)]);
      }
    }
  },
);

test.each([
  [0x00, 0, 0],
  [0x80, 0, 0],
  [0x11, 0.5, 0.5],
  [0xff, -6, 6],
  [0x2f, null, 6],
])('two numbers of F4 in byte %d', async (byte, constant, largest) => {
  const { tensors } = await readValues(
    memoryReader(Uint8Array.of(byte)),
    [
      {
        name: 't',
        dtype: 'F4',
        shape: [2],
        origin: 0,
        offset: 0,
        strides: null,
        hidden: null,
      },
    ],
    'little',
  );
  expect(tensors).toMatchObject([{ elements: 2, nan: 0, constant, largest }]);
});
