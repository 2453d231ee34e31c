import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  spansOf,
  spanWithout,
  totalOf,
} from '../../../../src/core/layout/ledger/spans.ts';
import type { StepRange } from '../../../../src/core/run-types.ts';
import { formatSteps, stepsIn } from '../../../../src/core/wording.ts';

const stepsOf = (spans: readonly StepRange[]) =>
  spans.flatMap((span) =>
    Array.from(
      { length: stepsIn(span) },
      (_, at) => span.first + at * span.every,
    ),
  );

const ascending = fc
  .uniqueArray(fc.nat(2000), { maxLength: 60 })
  .map((steps) => [...steps].sort((left, right) => left - right));

describe('spans', () => {
  test.each([
    [[], []],
    [[5], [[5, 5, 0]]],
    [[5, 6], [[5, 5, 0], [6, 6, 0]]], // prettier-ignore
    [[2, 4, 6, 9], [[2, 6, 2], [9, 9, 0]]], // prettier-ignore
    [[1, 10, 20, 30], [[1, 1, 0], [10, 30, 10]]], // prettier-ignore
  ])('%j', (steps, spans) => {
    expect(
      spansOf(steps).map(({ first, last, every }) => [first, last, every]),
    ).toEqual(spans);
  });

  test('tell exactly the steps, in their order, each once', () => {
    fc.assert(
      fc.property(ascending, (steps) => {
        const spans = spansOf(steps);
        expect(stepsOf(spans)).toEqual(steps);
        expect(totalOf(spans)).toBe(steps.length);
      }),
    );
  });

  test('without some steps tell exactly the others', () => {
    fc.assert(
      fc.property(
        ascending,
        fc.nat(100),
        fc.integer({ min: 1, max: 50 }),
        fc.nat(40),
        (steps, first, every, more) => {
          const span = { first, last: first + more * every, every };
          const gone = new Set(steps);
          expect(stepsOf(spanWithout(span, steps))).toEqual(
            stepsOf([span]).filter((step) => !gone.has(step)),
          );
        },
      ),
    );
  });

  test.each([
    ['300', [300]],
    ['100, 200, 300, 400', [100, 200, 300, 400]],
    [
      '100, 200, … 1,000',
      Array.from({ length: 10 }, (_, at) => (at + 1) * 100),
    ],
    ['1, 5, 7, … 30 (2 more between)', [1, 5, 7, 20, 22, 30]],
  ])('in words: %s', (words, steps) => {
    expect(formatSteps(spansOf(steps))).toBe(words);
  });
});
