import { trainerStateInvalid } from '../../../src/core/checks/resumes/trainer-state-invalid.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { stateFields, trainerState } from '../../builders/trainer-state.ts';
import { testCheck } from '../../helpers/test-check.ts';
import type { CaseFiles, FoundCase } from '../../helpers/test-check.ts';

const saved = (step: number, state: string | Uint8Array): CaseFiles => ({
  ...adapterFiles(`checkpoint-${step}`),
  [`checkpoint-${step}/trainer_state.json`]: state,
});

const PATH = 'run/checkpoint-4/trainer_state.json';

const found = (
  state: string | Uint8Array,
  message: string,
  text: RegExp,
): FoundCase => ({
  files: saved(4, state),
  expect: [
    {
      message,
      severity: ['stepUnset', 'fieldUnknown'].includes(message)
        ? 'warning'
        : 'error',
      path: PATH,
      text,
    },
  ],
});

const withField = (name: string, value: string) =>
  trainerState(4, { [name]: '@' }).replace('"@"', value);

testCheck(trainerStateInvalid, {
  clean: {
    'what a Trainer writes': saved(4, trainerState(4)),
    'NaN and Infinity': saved(
      4,
      trainerState(4)
        .replace(/4\.15\d+/, 'NaN')
        .replace(/"epoch": 0\.04/, '"epoch": -Infinity'),
    ),
    'a state of an early version': saved(
      4,
      '{"global_step": 4, "max_steps": 8, "log_history": [{"loss": "4.18", "step": 4}]}',
    ),
    'null for the log and the callbacks': saved(
      4,
      '{"global_step": 4, "log_history": null, "stateful_callbacks": null}',
    ),
    'empty callbacks': saved(4, withField('stateful_callbacks', '[]')),
    'a step that comes twice': saved(
      4,
      '{"global_step": null, "global_step": 4}',
    ),
    'an older state without train_batch_size': saved(
      4,
      '{"global_step": 4, "log_history": []}',
    ),
    'numbers of any kind where a Trainer only counts with them': saved(
      4,
      JSON.stringify(
        stateFields(4, { total_flos: 0.5, save_steps: true, eval_steps: 0.1 }),
      ),
    ),
    'a whole number as a float, which depends on where it resumes': saved(
      4,
      withField('global_step', '4.0'),
    ),
    // Python reads it, this tool does not: it is not checked.
    'a log nested deeper than is read': saved(
      4,
      withField('trial_params', '['.repeat(200) + ']'.repeat(200)),
    ),
    'a checkpoint without one': adapterFiles('checkpoint-4'),
    'a large one': saved(2000, trainerState(2000)),
  },
  found: {
    'a file of zeros': {
      files: saved(4, '\0'.repeat(1500)),
      expect: [
        {
          message: 'placeholder',
          text: /zeros/,
          fix: /^The file was given its size and never filled: .*full disk/,
        },
      ],
    },
    'an empty one': found('', 'notJson', /^trainer_state\.json is empty\.$/),
    'one of blanks': found(' \n', 'notJson', /is empty/),
    'one that is cut': found(
      trainerState(4).slice(0, 300),
      'notJson',
      /ends in the middle of a value, at byte 300/,
    ),
    'a large one that is cut': found(
      trainerState(2000).slice(0, -30),
      'notJson',
      /ends in the middle of a value/,
    ),
    'a byte order mark': found(
      `\ufeff${trainerState(4)}`,
      'notJson',
      /begins with a byte order mark/,
    ),
    'bytes that are no UTF-8': found(
      new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      'notJson',
      /not valid JSON at byte 2 \(invalid-utf8\)/,
    ),
    'two of them': found(trainerState(4).repeat(2), 'notJson', /\(trailing\)/),
    'a pointer of Git LFS': found(
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a2146'.repeat(8)}\nsize 1615\n`,
      'placeholder',
      /Git LFS pointer/,
    ),
    'a list': found('[]', 'notAnObject', /as `list`/),
    'a number': found('5', 'notAnObject', /as `int`/),
    'a text as the step': found(
      withField('global_step', '"4"'),
      'fieldInvalid',
      /`global_step` of trainer_state\.json is a text/,
    ),
    'null as the step': found(
      withField('global_step', 'null'),
      'fieldInvalid',
      /is null/,
    ),
    'NaN as the step': found(
      withField('global_step', 'NaN'),
      'fieldInvalid',
      /is not a finite number/,
    ),
    'a step beyond all sense': found(
      withField('global_step', '9'.repeat(400)),
      'fieldInvalid',
      /`global_step` .* is not a finite number/,
    ),
    'half a step': found(
      withField('global_step', '4.5'),
      'fieldInvalid',
      /`global_step` .* is no whole number/,
    ),
    'a text for the steps between logs': found(
      withField('logging_steps', '"10"'),
      'fieldInvalid',
      /`logging_steps` .* is a text/,
    ),
    'null for the steps between saves': found(
      withField('save_steps', 'null'),
      'fieldInvalid',
      /`save_steps` .* is null/,
    ),
    'a text for a sum': found(
      withField('total_flos', '"0"'),
      'fieldInvalid',
      /`total_flos` .* is a text/,
    ),
    'a sum that is no number': found(
      withField('total_flos', '9'.repeat(400)),
      'fieldInvalid',
      /`total_flos` .* is not a finite number/,
    ),
    'a list for the batch size': found(
      withField('train_batch_size', '[8]'),
      'fieldInvalid',
      /`train_batch_size` .* is a list/,
    ),
    'no batch size, where a newer version wrote the file': found(
      '{"global_step": 4, "log_history": [], "stateful_callbacks": {}}',
      'fieldInvalid',
      /^trainer_state\.json has no `train_batch_size`, without which/,
    ),
    'a number for a path': found(
      withField('best_model_checkpoint', '0.5'),
      'fieldInvalid',
      /`best_model_checkpoint` .* is no whole number/,
    ),
    'a log that is no list': found(
      withField('log_history', '{}'),
      'fieldInvalid',
      /`log_history` .* is an object/,
    ),
    'callbacks in a list': found(
      withField('stateful_callbacks', '[1]'),
      'fieldInvalid',
      /a list/,
    ),
    'callbacks that are a number': found(
      withField('stateful_callbacks', '5'),
      'fieldInvalid',
      /a number/,
    ),
    'no step': found(
      '{"log_history": []}',
      'stepUnset',
      /has no `global_step`/,
    ),
    'a field that no version has': found(
      JSON.stringify(stateFields(4, { loss_scale: 1 })),
      'fieldUnknown',
      /has no field loss_scale/,
    ),
    'more such fields than are kept': found(
      JSON.stringify(
        stateFields(
          4,
          Object.fromEntries(
            Array.from({ length: 500 }, (_, at) => [`k${at}`, 1]),
          ),
        ),
      ),
      'fieldUnknown',
      /has no field k0, k1, k2 and more than 17 others, of which/,
    ),
    'an older one that a resume does not take': {
      files: { ...saved(4, ''), ...saved(8, trainerState(8)) },
      expect: [{ message: 'notJson', severity: 'warning', path: PATH }],
    },
    'a large older one that is cut': {
      files: {
        ...saved(4, trainerState(2000).slice(0, -30)),
        ...saved(8, trainerState(8)),
      },
      expect: [{ message: 'notJson', severity: 'warning', path: PATH }],
    },
  },
});
