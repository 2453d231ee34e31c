import { expect, test } from '@jest/globals';
import { shelfOf } from '../../../src/core/layout/shelf.ts';

/** Asks for facts of the given sizes in turn, and says how often each was made. */
async function timesMade(
  sizes: readonly number[],
  asked: readonly number[],
  forgotten: readonly number[] = [],
): Promise<readonly number[]> {
  const shelf = shelfOf(10);
  const made = sizes.map(() => 0);
  const facts = sizes.map((size, at) =>
    shelf((takes) => {
      takes(size);
      made[at] = (made[at] ?? 0) + 1;
      return Promise.resolve(at);
    }),
  );
  for (const at of asked) {
    expect(await facts[at]?.()).toBe(at);
    if (forgotten.includes(at)) facts[at]?.forget();
  }
  return made;
}

test.each([
  ['all have room', [4, 3, 3], [0, 1, 2, 0, 1, 2], [1, 1, 1]],
  ['the first goes for the last', [4, 4, 4], [0, 1, 2, 1, 2, 0], [2, 1, 1]],
  ['made again, it is the newest', [6, 6], [0, 1, 0, 0, 1], [2, 2]],
  ['as many go as it takes', [3, 3, 3, 9], [0, 1, 2, 3, 2], [1, 1, 2, 1]],
  ['the newest stays, however large', [20, 1], [0, 0, 1, 1, 0], [2, 1]],
  ['what takes no room stays', [0, 20, 20], [0, 1, 2, 1], [1, 2, 1]],
])('%s', async (_name, sizes, asked, made) => {
  expect(await timesMade(sizes, asked)).toEqual(made);
});

test('what was forgotten gives its room back', async () => {
  expect(await timesMade([8, 8, 2], [0, 1, 2, 1, 2], [0])).toEqual([1, 1, 1]);
  expect(await timesMade([8, 2, 8], [0, 1, 2, 1], [])).toEqual([1, 1, 1]);
});
