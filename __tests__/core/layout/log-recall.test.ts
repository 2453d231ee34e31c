import { expect, test } from '@jest/globals';
import { shelfOf } from '../../../src/core/layout/shelf.ts';
import { logRecall } from '../../../src/core/layout/log-recall.ts';
import { factsOf } from '../../helpers/trainer-state.ts';
import type { LogEntry } from '../../../src/core/layout/log-entry.ts';

async function logOf(losses: readonly number[]): Promise<readonly LogEntry[]> {
  const log_history = losses.map((loss, at) => ({ loss, step: at + 1 }));
  const { facts } = factsOf(
    JSON.stringify({ global_step: 1, log_history }),
    shelfOf(1 << 20),
  );
  const read = await facts.whole();
  if (!read.ok) throw new Error('it can be read');
  return read.value.log.entries;
}

test('entries that say the same are those of the log before', async () => {
  const first = await logOf([3, 2, 1]);
  const second = await logOf([3, 2.5, 1, 0.5]);
  const recall = logRecall();
  expect(recall(first)).toEqual(first);
  const shared = recall(second);
  expect(shared).toEqual(second);
  expect(shared.map((one, at) => one === first[at])).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(shared.slice(1, 2)).toEqual(second.slice(1, 2));
});

test('a log of another training is given as it is', async () => {
  const recall = logRecall();
  recall(await logOf([3, 2, 1]));
  const other = await logOf([9, 8]);
  const given = recall(other);
  expect(given.every((one, at) => one === other[at])).toBe(true);
});

test('of a long log the beginning alone is remembered', async () => {
  const losses = Array.from({ length: 600 }, (_, at) => 600 - at);
  const [first, second] = [await logOf(losses), await logOf(losses)];
  const recall = logRecall();
  recall(first);
  const given = recall(second);
  const same = given.filter((one, at) => one === first[at]).length;
  expect([given.length, same]).toEqual([600, 512]);
});
