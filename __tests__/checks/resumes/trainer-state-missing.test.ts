import { trainerStateMissing } from '../../../src/core/checks/resumes/trainer-state-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const state = (step: number, ...names: string[]) => ({
  ...adapterFiles(`checkpoint-${step}`),
  ...Object.fromEntries(
    names.map((name) => [`checkpoint-${step}/${name}`, 'x']),
  ),
});

testCheck(trainerStateMissing, {
  clean: {
    'a whole checkpoint': state(4, 'optimizer.pt', 'trainer_state.json'),
    'an adapter alone': state(4),
    'what save_model leaves': state(4, 'training_args.bin'),
    'an output root': { ...adapterFiles(), 'optimizer.pt': 'x' },
    'what a rotation of old checkpoints left': {
      'checkpoint-2/rng_state.pth': 'x',
    },
    'the state of accelerate': state(4, 'optimizer.bin', 'scaler.pt'),
  },
  found: {
    'a save that was cut off at its end': {
      files: state(4, 'optimizer.pt', 'rng_state.pth', 'scheduler.pt'),
      expect: [
        {
          message: 'missing',
          severity: 'error',
          path: 'run/checkpoint-4',
          text: /^Training state is there \(optimizer\.pt, rng_state\.pth, scheduler\.pt\), trainer_state\.json is not\.$/,
        },
      ],
    },
    'one whose sibling shows that a Trainer wrote it': {
      files: {
        ...state(2, 'optimizer.pt', 'trainer_state.json'),
        ...state(4, 'optimizer.pt'),
      },
      expect: [{ message: 'missing', severity: 'error' }],
    },
    'an older one than a resume takes': {
      files: {
        ...state(2, 'rng_state_0.pth'),
        ...state(4, 'optimizer.pt', 'trainer_state.json'),
      },
      expect: [
        {
          message: 'overtaken',
          severity: 'warning',
          path: 'run/checkpoint-2',
          text: /run\/checkpoint-4 is newer/,
        },
      ],
    },
    "the Trainer's own mark of a save that did not end": {
      files: state(4, 'checkpoint-is-incomplete.txt', 'trainer_state.json'),
      expect: [{ message: 'sentinel', severity: 'error' }],
    },
    'the state of a loop that may be no Trainer': {
      files: state(4, 'optimizer.pt'),
      expect: [{ message: 'perhaps', severity: 'warning' }],
    },
  },
});
