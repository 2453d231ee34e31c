import { sideWeightsMissing } from '../../../src/core/checks/loads/side-weights-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const step = (at: number, ...names: string[]) => ({
  ...adapterFiles(`checkpoint-${at}`),
  ...Object.fromEntries(
    names.map((name) => [`checkpoint-${at}/${name}`, 'weights']),
  ),
});

testCheck(sideWeightsMissing, {
  clean: {
    'a run without': { ...step(1), ...step(2) },
    'a run in which all have it': {
      ...step(1, 'value_head.safetensors'),
      ...step(2, 'value_head.safetensors'),
    },
    'the same in another format': {
      ...step(1, 'value_head.bin'),
      ...step(2, 'value_head.safetensors'),
    },
    'what the root alone has': {
      ...adapterFiles(),
      ...step(1),
      'non_lora_trainables.bin': 'weights',
    },
    'what the root alone lacks': {
      ...adapterFiles(),
      ...step(1, 'value_head.bin'),
    },
    'a folder without weights, which another check reports': {
      ...step(1, 'value_head.bin'),
      'checkpoint-2/trainer_state.json': '{}',
    },
  },
  found: {
    'a value head that the newest lacks': {
      files: { ...step(1, 'value_head.safetensors'), ...step(2) },
      expect: [
        {
          message: 'missing',
          severity: 'warning',
          path: 'run/checkpoint-2',
          text: /value_head\.safetensors is not there, though run\/checkpoint-1 has it/,
        },
      ],
    },
    'two files, and a checkpoint in the middle': {
      files: {
        ...step(1, 'value_head.bin', 'non_lora_state_dict.bin'),
        ...step(2),
        ...step(3, 'value_head.bin', 'non_lora_state_dict.bin'),
      },
      expect: [
        {
          message: 'missing',
          path: 'run/checkpoint-2',
          text: /non_lora_state_dict\.bin, value_head\.bin are not there, though run\/checkpoint-3 has them/,
        },
      ],
    },
  },
});
