import { expect, test } from '@jest/globals';
import { stepMissing } from '../../../src/core/checks/progress/step-missing.ts';
import { NOTHING_DECLARED } from '../../../src/core/types.ts';
import type { Declared } from '../../../src/core/types.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import {
  plainRun,
  trainerRun,
  trainerState,
} from '../../builders/trainer-run.ts';
import { inspectWith, testCheck } from '../../helpers/test-check.ts';

const declaring = (fields: Partial<Declared>) => ({
  declared: { ...NOTHING_DECLARED, ...fields },
});
const ownBest = (step: number) => step;

testCheck(stepMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a run that saved every 10 steps': trainerRun({ steps: [10, 20, 30] }),
    'a last step that is no multiple': trainerRun({
      steps: [10, 20, 25],
      maxSteps: 25,
    }),
    'a limit that left the newest two': trainerRun({ steps: [90, 100] }),
    'a limit of one and a last step that is no multiple': trainerRun({
      steps: [25],
      maxSteps: 25,
    }),
    'the best and the newest two': trainerRun({
      steps: [30, 90, 100],
      best: () => 30,
    }),
    'the best alone, which a limit of one leaves at the end': {
      ...adapterFiles(),
      'trainer_state.json': trainerState(100, { steps: [], best: () => 30 }),
      ...trainerRun({ steps: [30], best: () => 30 }),
    },
    'the default of save_steps, never reached, in a run by epochs': trainerRun({
      steps: [64, 128, 192],
      saveSteps: 500,
    }),
    'epochs whose length is a multiple of the default of save_steps':
      trainerRun({
        steps: [1000, 2000, 3000],
        saveSteps: 500,
        stepsPerEpoch: 1000,
        logEvery: 500,
      }),
    'epochs of which only the best were kept': trainerRun({
      steps: [64, 128, 320],
      saveSteps: 500,
    }),
    'a run that saved where a metric improved': trainerRun({
      steps: [10, 20, 70, 80],
      best: ownBest,
    }),
    'a run that saved by evaluations': trainerRun({
      steps: [40, 80, 200],
      saveSteps: 500,
    }),
    'a run that was resumed after its last step, which is no multiple':
      trainerRun({
        steps: [10, 20, 25, 30, 40],
        state: (step) => ({ max_steps: step <= 25 ? 25 : 40 }),
      }),
    'a run that was resumed with other save_steps, which the state keeps':
      trainerRun({ steps: [10, 20, 30, 40, 45], maxSteps: 45 }),
    'a run of a rule of its own': trainerRun({
      steps: [10, 20, 100, 200, 1000],
    }),
    'two steps without a state': plainRun([100, 700]),
    'steps without a state that grow tenfold': plainRun([1, 10, 100, 1000]),
    'steps that were kept by a metric, without a state': plainRun([
      100, 300, 700,
    ]),
    'a step that no trainer wrote, far behind the others': {
      ...trainerRun({ steps: [10, 20, 30] }),
      'checkpoint-100/test.txt': 'x',
    },
    'states that are no JSON, which may name another rule': Object.fromEntries(
      Object.entries(plainRun([100, 200, 300, 500])).flatMap(([path, file]) => [
        [path, file] as const,
        [`${path.split('/')[0] ?? ''}/trainer_state.json`, 'x'] as const,
      ]),
    ),
    'steps that cannot be': trainerRun({
      steps: [10, 20],
      state: () => ({ global_step: 1e300, save_steps: -5, max_steps: 'NaN' }),
    }),
  },
  found: {
    'a declared step that is not there': {
      files: plainRun([100, 200]),
      options: declaring({ expectedSteps: [100, 200, 300] }),
      expect: [
        {
          message: 'expected',
          severity: 'error',
          path: 'run',
          text: /^Of 3 declared steps 1 is not there: 300\. There are 100, 200\.$/,
        },
      ],
    },
    'declared steps of which none is there': {
      files: adapterFiles(),
      options: declaring({ expectedSteps: [100, 200] }),
      expect: [
        {
          message: 'expected',
          text: /2 are not there: 100, 200\. There is no checkpoint with a step/,
        },
      ],
    },
    'a declared step that an upload may have lost': {
      files: plainRun([100, 200]),
      options: declaring({ expectedSteps: [300] }),
      isUpload: true,
      expect: [{ message: 'expected', why: /An upload also leaves out/ }],
    },
    'a declared step in another unit than the one that is there': {
      files: plainRun([100, 800]),
      options: declaring({
        expectedSteps: [100, 800, 1600],
        gradientAccumulationSteps: 16,
      }),
      expect: [{ message: 'expected', text: /1 is not there: 1,600/ }],
    },
    'a declared step, where a state cannot be read': {
      files: {
        ...trainerRun({ steps: [100] }),
        'checkpoint-100/trainer_state.json': { error: 'EIO' },
      },
      options: declaring({ expectedSteps: [100, 200] }),
      expect: [{ message: 'expected' }],
    },
    'a declared step, where files are not opened': {
      files: trainerRun({ steps: [100] }),
      options: { depth: 'files', ...declaring({ expectedSteps: [200] }) },
      expect: [{ message: 'expected' }],
    },
    'a gap in a declared cadence, where files are not opened': {
      files: trainerRun({ steps: [100, 200, 400] }),
      options: { depth: 'files', ...declaring({ saveSteps: 100 }) },
      expect: [{ message: 'declared', text: /300 is not there/ }],
    },
    'a gap in a declared cadence': {
      files: plainRun([100, 200, 500]),
      options: declaring({ saveSteps: 100 }),
      expect: [
        {
          message: 'declared',
          severity: 'error',
          text: /^A checkpoint every 100 steps is declared, and training reached 500: 300, 400 are not there\.$/,
        },
      ],
    },
    'a gap in the cadence of the states': {
      files: trainerRun({ steps: [10, 20, 40, 50] }),
      expect: [
        {
          message: 'state',
          severity: 'warning',
          text: /^trainer_state\.json names save_steps 10, and training reached 50: 30 is not there\.$/,
          why: /Taken as: save_strategy is 'steps'/,
        },
      ],
    },
    'the newest, which the state in the output folder counted': {
      files: {
        ...adapterFiles(),
        'trainer_state.json': trainerState(40, { steps: [] }),
        ...trainerRun({ steps: [10, 20, 30] }),
      },
      expect: [{ message: 'state', text: /reached 40: 40 is not there/ }],
    },
    'a gap in what the steps show': {
      files: plainRun([100, 200, 300, 500, 550]),
      expect: [
        {
          message: 'inferred',
          severity: 'warning',
          text: /100 apart or a multiple of it, up to 550: 400 is not there/,
        },
      ],
    },
  },
});

test.each([
  [
    'older steps that a limit may have deleted',
    [900, 1000],
    { saveSteps: 100 },
  ],
  ['steps that are all there', [100, 200], { expectedSteps: [100, 200] }],
  ['a last step that is no multiple', [100, 150], { saveSteps: 100 }],
  [
    'steps in the unit of another counter',
    [50, 100],
    { expectedSteps: [400, 800], gradientAccumulationSteps: 8 },
  ],
] satisfies [string, number[], Partial<Declared>][])(
  'says nothing about %s, as declared',
  async (_name, steps, declared) => {
    const report = await inspectWith(
      stepMissing,
      plainRun(steps),
      declaring(declared),
    );
    expect(report.findings).toEqual([]);
  },
);
