import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LogEntries } from '../../../src/core/layout/log-entries.ts';
import { spelledOut } from '../../helpers/trainer-state.ts';

const number = fc.option(
  fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity)),
);
const entry = fc.record({
  step: number,
  epoch: number,
  loss: number,
  gradNorm: number,
  learningRate: number,
  hasReward: fc.boolean(),
  rewardZeroStd: number,
  digest: fc.maxSafeNat(),
});

test('every entry says what it was added as, however many there are', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 3000 }),
      (some, count) => {
        const log = new LogEntries();
        const added = Array.from(
          { length: count },
          (_, at) => some[at % some.length] ?? some[0],
        );
        for (const one of added) if (one !== undefined) log.add(one);
        expect(log.length).toBe(count);
        expect(log.all().map(spelledOut)).toEqual(added);
      },
    ),
    { numRuns: 50 },
  );
});
