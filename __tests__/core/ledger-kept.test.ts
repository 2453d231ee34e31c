import { expect, test } from '@jest/globals';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import type { StepRange } from '../../src/core/run-types.ts';
import { adapterFiles } from '../builders/checkpoint.ts';
import { trainerRun, trainerState } from '../builders/trainer-run.ts';
import { memorySource } from '../helpers/memory-source.ts';
import type { CaseFiles } from '../helpers/memory-source.ts';

const span = (first: number, last = first, every = 0) => ({
  first,
  last,
  every,
});

/** What of a run that saved every 10 steps is told as deleted by a limit. */
test.each<[string, string, CaseFiles, StepRange[]]>([
  [
    'the newest of all saves',
    'run',
    trainerRun({ steps: [40, 50, 60] }),
    [span(10, 30, 10)],
  ],
  ['one save of all', 'run', trainerRun({ steps: [40] }), [span(10, 30, 10)]],
  [
    'a save that was named by itself, beside which others may lie',
    'run/checkpoint-40',
    {
      ...adapterFiles(),
      'trainer_state.json': trainerState(40, { steps: [40] }),
    },
    [],
  ],
  [
    'every fourth save',
    'run',
    trainerRun({ steps: [40, 80, 120], logEvery: 40 }),
    [],
  ],
  [
    'the newest of every fourth save',
    'run',
    trainerRun({ steps: [80, 120, 160], logEvery: 40 }),
    [span(40)],
  ],
  [
    'saves as it came',
    'run',
    trainerRun({ steps: [50, 120, 300], logEvery: 50 }),
    [],
  ],
])('of %s', async (_name, label, files, rotated) => {
  const { runs } = await inspect({
    targets: [{ named: label, sources: [memorySource(label, files)] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  const [ledger, ...others] = runs.flatMap(({ ledgers }) => ledgers);
  expect(others).toEqual([]);
  expect(ledger).toMatchObject({
    cadence: { every: 10, source: 'state' },
    rotated,
    missing: [],
  });
});
