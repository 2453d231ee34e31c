import { describe, expect, test } from '@jest/globals';
import { CASES, RUNS, disagreementsIn } from './resume-sample.ts';

const LEAST_CASES = 60;
const LEAST_RUNS = 15;
const LEAST_DAMAGES = 60;
/** What scripts/oracle/resume_cases.py does to runs. */
const GROUPS = [
  'healthy',
  'died',
  'cut',
  'gone',
  'older',
  'beside',
  'mixed',
  'rewritten',
];

describe('a sample of the runs that were resumed', () => {
  test('holds every kind of damage, and every outcome', () => {
    const outcomes = new Set(CASES.map(({ truth }) => truth.automatic.outcome));
    expect(CASES.length).toBeGreaterThanOrEqual(LEAST_CASES);
    expect(RUNS.length).toBeGreaterThanOrEqual(LEAST_RUNS);
    expect(new Set(CASES.map(({ group }) => group))).toEqual(new Set(GROUPS));
    expect(
      new Set(CASES.map(({ damage }) => damage)).size,
    ).toBeGreaterThanOrEqual(LEAST_DAMAGES);
    expect([...outcomes].sort()).toEqual([
      'altered',
      'faithful',
      'raises',
      'restart',
    ]);
  });

  test.each(RUNS)('%s: the report says what Trainer did', async (run) => {
    expect(await disagreementsIn(run)).toEqual([]);
  });
});
