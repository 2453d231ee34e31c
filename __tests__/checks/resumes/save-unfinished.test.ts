import { saveUnfinished } from '../../../src/core/checks/resumes/save-unfinished.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const SENTINEL = 'checkpoint-is-incomplete.txt';
const marked = (step: number) => ({
  ...trainerSave(`checkpoint-${step}`, {
    step,
    files: { 'trainer_state.json': null },
  }),
  [`checkpoint-${step}/${SENTINEL}`]: 'x',
});
const whole = (step: number, name = `checkpoint-${step}`) =>
  trainerSave(name, { step });

testCheck(saveUnfinished, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a healthy run': { ...whole(2), ...whole(4), ...adapterFiles() },
    'a folder of another name': { ...whole(2), 'tmp/notes.txt': 'x' },
    'a staging folder that is all there is': whole(2, 'tmp-checkpoint-2'),
    'a run of another folder': {
      'a/checkpoint-2/adapter_model.bin': 'x',
      'b/tmp-checkpoint-4/adapter_model.bin': 'x',
    },
  },
  found: {
    'the mark in the newest checkpoint': {
      files: { ...whole(2), ...marked(4) },
      expect: [
        {
          message: 'sentinel',
          severity: 'error',
          path: 'run/checkpoint-4',
          text: /checkpoint-is-incomplete\.txt is there.* begun rng_state\.pth/,
        },
      ],
    },
    'the mark in an older one': {
      files: { ...marked(2), ...whole(4) },
      expect: [
        {
          message: 'overtaken',
          severity: 'warning',
          path: 'run/checkpoint-2',
          text: /A resume takes run\/checkpoint-4, not this\.$/,
        },
      ],
    },
    'the mark beside the last file': {
      files: { ...whole(2), ...whole(4), [`checkpoint-4/${SENTINEL}`]: 'x' },
      expect: [{ message: 'sentinelAtEnd', severity: 'warning' }],
    },
    'the mark in a folder where nothing else is': {
      files: { ...whole(2), [`checkpoint-4/${SENTINEL}`]: 'x' },
      expect: [{ message: 'sentinel', text: /trainer_state\.json is not\.$/ }],
    },
    'a staging folder of a later step': {
      files: { ...whole(2), ...whole(4, 'tmp-checkpoint-4') },
      expect: [
        {
          message: 'staging',
          severity: 'warning',
          path: 'run/tmp-checkpoint-4',
          text: /newer than run\/checkpoint-2/,
        },
      ],
    },
    'one whose name tells no step': {
      files: { ...whole(2), ...whole(4, 'tmp-checkpoint-a1b2') },
      expect: [{ message: 'staging', severity: 'warning' }],
    },
    'one beside a run that has no steps': {
      files: {
        ...adapterFiles(),
        'model-step_4-unfinished/notes.txt': 'x',
      },
      expect: [
        { message: 'staging', text: /^model-step_4-unfinished was left/ },
      ],
    },
    'one of a step that was saved all the same': {
      files: { ...whole(4), ...whole(4, 'tmp-checkpoint-4') },
      expect: [{ message: 'stagingOld', severity: 'notice' }],
    },
  },
});
