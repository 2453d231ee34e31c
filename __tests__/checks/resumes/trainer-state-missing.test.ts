import { trainerStateMissing } from '../../../src/core/checks/resumes/trainer-state-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const state = (step: number, ...names: string[]) => ({
  ...adapterFiles(`checkpoint-${step}`),
  ...Object.fromEntries(
    names.map((name) => [`checkpoint-${step}/${name}`, 'x']),
  ),
});
const whole = (step: number) => trainerSave(`checkpoint-${step}`, { step });

testCheck(trainerStateMissing, {
  clean: {
    'a whole checkpoint': state(4, 'optimizer.pt', 'trainer_state.json'),
    'an adapter alone': state(4),
    'what save_model leaves': state(4, 'training_args.bin'),
    'an output root': { ...adapterFiles(), 'optimizer.pt': 'x' },
    'the output root of a run': { ...whole(2), ...adapterFiles() },
    'weights beside the steps of a run': {
      ...whole(2),
      ...adapterFiles('best'),
    },
    'what a rotation of old checkpoints left': {
      'checkpoint-2/rng_state.pth': 'x',
    },
    'the state of accelerate': state(4, 'optimizer.bin', 'scaler.pt'),
    'a save with the mark of one that did not end, which another check tells':
      state(4, 'checkpoint-is-incomplete.txt', 'optimizer.pt'),
    'an empty folder in a run': { ...whole(2), 'checkpoint-4': null },
  },
  found: {
    'a save that was cut off behind one that was not': {
      files: { ...whole(2), ...state(4, 'optimizer.pt') },
      expect: [
        {
          message: 'missing',
          fix: /^Resume from run\/checkpoint-2, and move this folder away/,
        },
      ],
    },
    'a save that was cut off at its end': {
      files: state(4, 'optimizer.pt', 'rng_state.pth', 'scheduler.pt'),
      expect: [
        {
          message: 'missing',
          severity: 'error',
          path: 'run/checkpoint-4',
          text: /^Training cannot go on from here: optimizer\.pt, rng_state\.pth, scheduler\.pt are there, trainer_state\.json is not; the save died after it had begun rng_state\.pth and before it began trainer_state\.json\.$/,
          fix: /^No older checkpoint here has a trainer_state\.json .* keep them/,
        },
      ],
    },
    'one that died in a file, which is empty': {
      files: {
        ...state(4, 'rng_state_1.pth'),
        'checkpoint-4/optimizer.pt': '',
      },
      expect: [
        {
          message: 'missing',
          text: /the save died while writing optimizer\.pt \(0 bytes\)\.$/,
        },
      ],
    },
    'one of a run that keeps a scaler': {
      files: {
        ...trainerSave('checkpoint-2', { step: 2, hasScaler: true }),
        ...state(4, 'training_args.bin', 'optimizer.pt', 'scheduler.pt'),
      },
      expect: [{ message: 'missing', text: /before it began scaler\.pt/ }],
    },
    'one whose sibling shows that a Trainer wrote it': {
      files: {
        ...state(2, 'optimizer.pt', 'trainer_state.json'),
        ...state(4, 'optimizer.pt'),
      },
      expect: [{ message: 'missing', severity: 'error' }],
    },
    'one that died before its state, after training_args.bin': {
      files: { ...whole(2), ...state(4, 'training_args.bin') },
      expect: [
        {
          message: 'missing',
          severity: 'error',
          text: /begun training_args\.bin and before it began optimizer\.pt/,
        },
      ],
    },
    'weights alone as the newest step of a Trainer': {
      files: { ...whole(2), ...state(4) },
      expect: [
        {
          message: 'weightsOnly',
          severity: 'warning',
          text: /begun adapter_config\.json and before it began training_args\.bin/,
        },
      ],
    },
    'weights alone as an older step, as when the state was taken away': {
      files: { ...state(2), ...whole(4) },
      expect: [{ message: 'weightsKept', severity: 'notice' }],
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
          text: /A resume takes run\/checkpoint-4, not this\.$/,
        },
      ],
    },
    'a folder in its place': {
      files: {
        ...state(4, 'optimizer.pt', 'rng_state.pth'),
        'checkpoint-4/trainer_state.json/x': 'x',
      },
      expect: [
        {
          message: 'folder',
          severity: 'error',
          text: /trainer_state\.json is a folder/,
        },
      ],
    },
    'the state of a loop that may be no Trainer': {
      files: state(4, 'optimizer.pt'),
      expect: [{ message: 'perhaps', severity: 'warning' }],
    },
  },
});
