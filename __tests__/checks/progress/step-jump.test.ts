import { stepJump } from '../../../src/core/checks/progress/step-jump.ts';
import { NOTHING_DECLARED } from '../../../src/core/types.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { plainRun, trainerRun } from '../../builders/trainer-run.ts';
import { inspectWith, testCheck } from '../../helpers/test-check.ts';
import { expect, test } from '@jest/globals';

/** As TrainerControl says that training is to stop. */
const ended = (should_training_stop: boolean) => ({
  stateful_callbacks: { TrainerControl: { args: { should_training_stop } } },
});

testCheck(stepJump, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'steps at even distances': plainRun([10, 20, 30]),
    'steps that begin late': plainRun([500, 510, 520]),
    'steps that grow tenfold': plainRun([1, 10, 100, 1000]),
    'steps that double, then go on evenly': plainRun([
      1, 2, 4, 8, 16, 1000, 2000, 3000,
    ]),
    'the best and the newest': trainerRun({
      steps: [10, 90, 100],
      best: () => 10,
    }),
    'steps where a metric improved': trainerRun({
      steps: [10, 20, 30, 500],
      best: (step) => step,
    }),
    'steps of a rule that is not known': trainerRun({
      steps: [40, 80, 120, 900],
      saveSteps: 500,
    }),
    'a resume that saves by epochs, with the save_steps of before': trainerRun({
      steps: [2, 4, 6, 8, 10, 12, 20, 30, 40],
      saveSteps: 2,
      stepsPerEpoch: 10,
    }),
    'the same to its end within an epoch': trainerRun({
      steps: [2, 4, 6, 8, 10, 12, 20, 30, 40, 42],
      saveSteps: 2,
      stepsPerEpoch: 10,
      state: (step) => ended(step === 42),
    }),
    'a run by epochs, resumed to save by steps': trainerRun({
      steps: [10, 20, 30, 35, 42, 49],
      stepsPerEpoch: 10,
      saveSteps: 7,
    }),
    'states that name other save_steps from some step on': trainerRun({
      steps: [2, 4, 6, 8, 50, 100, 150],
      state: (step) => ({ save_steps: step > 8 ? 50 : 2 }),
    }),
    'names that count epochs beside names that count steps': {
      ...plainRun([1000]),
      'checkpoint_1/adapter_config.json': '{}',
      'checkpoint_2/adapter_config.json': '{}',
      'checkpoint_3/adapter_config.json': '{}',
    },
    'two steps': plainRun([1, 1000]),
    'a gap that is called missing': trainerRun({
      steps: [10, 20, 30, 40, 50, 60, 110],
    }),
  },
  found: {
    'a step far behind the others': {
      files: plainRun([10, 20, 400]),
      expect: [
        {
          message: 'jump',
          severity: 'warning',
          path: 'run/checkpoint-400',
          text: /^The steps jump from 20 to 400, by 380; the usual distance here is 10\.$/,
        },
      ],
    },
    'two steps at ends of epochs, which may be chance': {
      files: trainerRun({
        steps: [2, 4, 6, 8, 40, 80],
        saveSteps: 2,
        stepsPerEpoch: 40,
      }),
      expect: [{ message: 'jump', text: /from 8 to 40/ }],
    },
    'steps far apart that are at no end of an epoch': {
      files: trainerRun({
        steps: [2, 4, 6, 8, 40, 80, 120],
        saveSteps: 2,
        stepsPerEpoch: 37,
      }),
      expect: [{ message: 'jump', text: /from 8 to 40/ }],
    },
    'steps at ends of epochs that do not follow one another': {
      files: trainerRun({
        steps: [2, 4, 6, 8, 40, 80, 160],
        saveSteps: 2,
        stepsPerEpoch: 40,
      }),
      expect: [{ message: 'jump', text: /from 8 to 40/ }],
    },
    'a folder that no trainer wrote, far behind the others': {
      files: {
        ...trainerRun({ steps: [2, 4, 6], saveSteps: 2 }),
        'checkpoint-100/test.txt': 'x',
      },
      expect: [{ message: 'jump', text: /from 6 to 100/ }],
    },
  },
});

test.each([
  { gradientAccumulationSteps: 20 },
  { expectedSteps: [10, 20, 400] },
])('says nothing where what is declared explains it: %j', async (fields) => {
  const report = await inspectWith(stepJump, plainRun([10, 20, 400]), {
    declared: { ...NOTHING_DECLARED, ...fields },
  });
  expect(report.findings).toEqual([]);
});
