import { runsMixed } from '../../../src/core/checks/progress/runs-mixed.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import {
  plainRun,
  trainerRun,
  trainerState,
} from '../../builders/trainer-run.ts';
import { testCheck } from '../../helpers/test-check.ts';

const inFolder = (folder: string, files: ReturnType<typeof trainerRun>) =>
  Object.fromEntries<Uint8Array | string>(
    Object.entries(files).map(([path, file]) => [`${folder}/${path}`, file]),
  );

testCheck(runsMixed, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a run': trainerRun({ steps: [10, 20, 30] }),
    'a run and the state in its output folder': {
      ...adapterFiles(),
      ...trainerRun({ steps: [10, 20] }),
      'trainer_state.json': trainerState(20, { steps: [] }),
    },
    'a run that was resumed for more steps': trainerRun({
      steps: [10, 20, 30],
      state: (step) => ({ max_steps: step <= 20 ? 20 : 40 }),
    }),
    'states that logged nothing': trainerRun({
      steps: [10, 20, 30],
      logEvery: 500,
      state: (step) => ({ max_steps: 100 - step }),
    }),
    'a newest state without a log': trainerRun({
      steps: [10, 20, 30],
      state: (step) => (step === 30 ? { log_history: null } : {}),
    }),
    'an older state whose log is none': trainerRun({
      steps: [10, 20, 30],
      state: (step) => (step === 20 ? { log_history: {} } : {}),
    }),
    'no states': plainRun([10, 20]),
    'states that are no JSON': {
      ...plainRun([10, 20]),
      'checkpoint-10/trainer_state.json': 'x',
      'checkpoint-20/trainer_state.json': '[]',
    },
    'two trainings in folders of their own': {
      ...inFolder('a', trainerRun({ steps: [10] })),
      ...inFolder('b', trainerRun({ steps: [20], loss: 3 })),
    },
  },
  found: {
    'a short training over a longer one': {
      files: {
        ...trainerRun({ steps: [10, 20, 30, 40], maxSteps: 40 }),
        ...trainerRun({ steps: [10, 20], maxSteps: 20, loss: 3 }),
      },
      expect: [
        {
          message: 'mixed',
          severity: 'warning',
          path: 'run',
          text: /^The log_history of 2 trainings is in the states here: 30, 40 log one and 10, 20 another\./,
        },
      ],
    },
    'three trainings': {
      files: {
        ...trainerRun({ steps: [30] }),
        ...trainerRun({ steps: [20], loss: 3 }),
        ...trainerRun({ steps: [10], loss: 4 }),
      },
      expect: [
        { message: 'mixed', text: /30 log one, 20 another and 10 another/ },
      ],
    },
  },
});
