import { checkpointEmpty } from '../../../src/core/checks/loads/checkpoint-empty.ts';
import { stepUnitMismatch } from '../../../src/core/checks/progress/step-unit-mismatch.ts';
import { NOTHING_DECLARED } from '../../../src/core/types.ts';
import type { Declared } from '../../../src/core/types.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { plainRun, trainerRun } from '../../builders/trainer-run.ts';
import { testCheck } from '../../helpers/test-check.ts';

const declaring = (fields: Partial<Declared>) => ({
  declared: { ...NOTHING_DECLARED, ...fields },
});

testCheck(stepUnitMismatch, {
  beside: [checkpointEmpty],
  clean: {
    'a healthy adapter': adapterFiles(),
    'a run': trainerRun({ steps: [10, 20, 30] }),
    'a jump with nothing declared': plainRun([10, 20, 400]),
    'another step in the state, with nothing declared': trainerRun({
      steps: [80],
      state: () => ({ global_step: 10 }),
    }),
  },
  found: {
    'the founding case: a step that counts micro-batches': {
      files: {
        'expmt_v1/checkpoint-50': null,
        'expmt_v1/checkpoint-100/test.txt': 'x',
      },
      options: declaring({
        expectedSteps: [400],
        gradientAccumulationSteps: 8,
      }),
      expect: [
        {
          message: 'expected',
          severity: 'error',
          path: 'run/expmt_v1',
          text: /^400 is declared and not there, and 50 is there instead: 400 micro-batches are 50 optimizer steps at the declared gradient accumulation of 8\. Of these, 50 does not load\.$/,
        },
      ],
    },
    'declared optimizer steps where the folders count micro-batches': {
      files: plainRun([400, 800]),
      options: declaring({
        expectedSteps: [50, 100],
        gradientAccumulationSteps: 8,
      }),
      expect: [
        {
          message: 'expected',
          text: /^50, 100 are declared and not there, and 400, 800 are there/,
        },
      ],
    },
    'declared micro-batches where the folders are empty': {
      files: { 'checkpoint-50': null, 'checkpoint-100': null },
      options: declaring({
        expectedSteps: [400, 800],
        gradientAccumulationSteps: 8,
      }),
      expect: [
        {
          message: 'expected',
          text: /of 8\. Of these, 50, 100 do not load\.$/,
        },
      ],
    },
    'steps counted over all processes': {
      files: plainRun([100, 200]),
      options: declaring({ expectedSteps: [400, 800], worldSize: 4 }),
      expect: [
        {
          message: 'expected',
          text: /400 counted over all processes are 100 optimizer steps of the declared world size of 4/,
        },
      ],
    },
    'micro-batches of all processes': {
      files: plainRun([1, 2]),
      options: declaring({
        expectedSteps: [32],
        gradientAccumulationSteps: 8,
        worldSize: 4,
      }),
      expect: [
        {
          message: 'expected',
          text: /32 micro-batches of all processes are 1 optimizer step at .* of 32\.$/,
        },
      ],
    },
    'a declared cadence in micro-batches': {
      files: plainRun([50, 100, 150]),
      options: declaring({ saveSteps: 400, gradientAccumulationSteps: 8 }),
      expect: [
        {
          message: 'cadence',
          severity: 'warning',
          text: /^A checkpoint every 400 steps is declared, and there are 50, 100, 150: 400 micro-batches are 50 optimizer steps/,
        },
      ],
    },
    'a declared cadence of which steps would be missing': {
      files: plainRun([400, 800, 1200]),
      options: declaring({ saveSteps: 50, gradientAccumulationSteps: 8 }),
      expect: [{ message: 'cadence', severity: 'error' }],
    },
    'a jump by the factor': {
      files: plainRun([10, 20, 400]),
      options: declaring({ gradientAccumulationSteps: 20 }),
      expect: [
        {
          message: 'jump',
          severity: 'warning',
          path: 'run/checkpoint-400',
          text: /^The steps jump from 20 to 400: 400 micro-batches are 20 optimizer steps/,
        },
      ],
    },
    'two saves at an even distance, and a factor of two': {
      files: plainRun([50, 100]),
      options: declaring({ gradientAccumulationSteps: 2 }),
      expect: [],
    },
    'two folders alone, apart by the factor': {
      files: plainRun([50, 400]),
      options: declaring({ gradientAccumulationSteps: 8 }),
      expect: [
        {
          message: 'jump',
          path: 'run/checkpoint-400',
          text: /^The steps jump from 50 to 400: 400 micro-batches are 50 optimizer steps/,
        },
      ],
    },
    'a folder named by another counter than its state': {
      files: trainerRun({
        steps: [80, 160],
        state: (step) => ({ global_step: step / 8 }),
      }),
      options: declaring({ gradientAccumulationSteps: 8 }),
      expect: [
        {
          message: 'state',
          severity: 'warning',
          path: 'run/checkpoint-80',
          text: /^The folder of step 80 holds a trainer_state\.json that counts 10: 80 micro-batches/,
        },
      ],
    },
  },
});
