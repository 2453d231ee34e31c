import { rngStateMissing } from '../../../src/core/checks/resumes/rng-state-missing.ts';
import { NOTHING_DECLARED } from '../../../src/core/types.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const save = (step: number, processes = 1, ...lacking: string[]) =>
  trainerSave(`checkpoint-${step}`, {
    step,
    processes,
    files: Object.fromEntries(lacking.map((name) => [name, null])),
  });

testCheck(rngStateMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'one process': { ...save(2), ...save(4) },
    'four processes': { ...save(2, 4), ...save(4, 4) },
    'a run that goes on with fewer': { ...save(2, 4), ...save(4, 2) },
    'a run that goes on with more': { ...save(2, 2), ...save(4, 4) },
    'a run that goes on with one': { ...save(2, 4), ...save(4, 1) },
    'weights alone, by save_only_model': save(
      4,
      1,
      'optimizer.pt',
      'scheduler.pt',
      'rng_state.pth',
    ),
    'a save that did not end': save(
      4,
      4,
      'rng_state_2.pth',
      'trainer_state.json',
    ),
    'a name that claims a rank of any size': {
      ...save(4, 2),
      'checkpoint-4/rng_state_9999999.pth': 'x',
      'checkpoint-4/rng_state_999999.pth': 'x',
    },
  },
  found: {
    'a rank in the middle': {
      files: { ...save(2, 4), ...save(4, 4, 'rng_state_2.pth') },
      expect: [
        {
          message: 'gap',
          severity: 'warning',
          path: 'run/checkpoint-4',
          text: /^3 files of random states are there; by their numbers 1 more has to be: rng_state_2\.pth\.$/,
        },
      ],
    },
    'fewer than before and after': {
      files: { ...save(2, 4), ...save(4, 2), ...save(6, 4) },
      expect: [
        {
          message: 'fewer',
          path: 'run/checkpoint-4',
          text: /of 2 processes .* run\/checkpoint-2 and in run\/checkpoint-6/,
        },
      ],
    },
    'of fewer processes than are declared': {
      files: { ...save(2, 4), ...save(4, 8) },
      options: { declared: { ...NOTHING_DECLARED, worldSize: 8 } },
      expect: [
        {
          message: 'declared',
          severity: 'warning',
          path: 'run/checkpoint-2',
          text: /^The random states of 4 processes are there; 8 are declared \(world-size\)\.$/,
        },
      ],
    },
    'none beside the other states': {
      files: save(4, 1, 'rng_state.pth'),
      expect: [{ message: 'absent', severity: 'warning' }],
    },
  },
});
