import { expect, test } from '@jest/globals';
import { copiedSource } from '../helpers/copied-source.ts';
import {
  inspectCase,
  RUNNABLE_IDS,
  sourceOf,
  withCase,
} from '../helpers/corpus.ts';
import { faultySource } from '../helpers/faulty-source.ts';

/** No case needs more; a loop that does not end would. */
const MAX_OPERATIONS = 2_000;

test.each(RUNNABLE_IDS)('%s: no failing read makes it pass', async (id) => {
  await withCase(id, async (laidOut) => {
    const source = await copiedSource(sourceOf(laidOut));
    for (let failAt = 1; failAt <= MAX_OPERATIONS; failAt++) {
      const faulty = faultySource(source, failAt);
      const report = await inspectCase(laidOut, faulty.source);
      if (faulty.operations() < failAt) return;
      expect({ failAt, verdict: report.verdict }).not.toEqual({
        failAt,
        verdict: 'pass',
      });
      expect(report.skipped.map(({ cause }) => cause)).toContain('io');
    }
    throw new Error(`over ${MAX_OPERATIONS} operations`);
  });
});
