import { trainStateInvalid } from '../../../src/core/checks/resumes/train-state-invalid.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const stateWith = (trainState: string) => ({
  'style-state/model.safetensors': safetensors({ a: { shape: [2] } }),
  'style-state/optimizer.bin': 'x',
  'style-state/random_states_0.pkl': 'x',
  'style-state/train_state.json': trainState,
});

testCheck(trainStateInvalid, {
  clean: {
    'a state of sd-scripts': stateWith(
      '{"current_epoch": 3, "current_step": 30}',
    ),
    'no epoch, which is never read': stateWith('{"current_step": 30}'),
    'a step that is written as a float': stateWith('{"current_step": 30.0}'),
    'a step beyond all numbers': stateWith('{"current_step": Infinity}'),
    'a file of the name that somebody else wrote': {
      'checkpoint-4/train_state.json': '[]',
      'checkpoint-4/adapter_config.json': '{}',
    },
    'a document that is deeper than is read': stateWith('['.repeat(5000)),
  },
  found: {
    'a file that was cut': {
      files: stateWith('{"current_epoch": 3, "curr'),
      expect: [
        {
          message: 'notJson',
          severity: 'error',
          path: 'run/style-state/train_state.json',
          text: /^train_state\.json ends in the middle of a value, at byte 26\.$/,
        },
      ],
    },
    'an empty file': {
      files: stateWith(''),
      expect: [{ message: 'notJson', text: /is empty/ }],
    },
    'a list': {
      files: stateWith('[30]'),
      expect: [{ message: 'notObject', severity: 'error' }],
    },
    'no step': {
      files: stateWith('{"current_epoch": 3}'),
      expect: [{ message: 'noStep', severity: 'error' }],
    },
    'a step that is a text': {
      files: stateWith('{"current_step": "30"}'),
      expect: [{ message: 'notNumber', text: /a str of Python/ }],
    },
    'a step that is null': {
      files: stateWith('{"current_step": null}'),
      expect: [{ message: 'startsOver', severity: 'warning', text: /is null/ }],
    },
    'a step below 0': {
      files: stateWith('{"current_step": -1}'),
      expect: [{ message: 'startsOver', text: /is -1/ }],
    },
  },
});
