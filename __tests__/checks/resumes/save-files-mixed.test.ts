import { saveFilesMixed } from '../../../src/core/checks/resumes/save-files-mixed.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { rankStates } from '../../builders/sharded.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const more = (...names: string[]) => ({
  ...trainerSave('checkpoint-4', { step: 4, processes: 2 }),
  ...Object.fromEntries(names.map((name) => [`checkpoint-4/${name}`, 'x'])),
});
const deepSpeed = (tag: string, ranks: number) => ({
  ...trainerSave('checkpoint-4', {
    step: 4,
    processes: 2,
    files: { 'optimizer.pt': null },
  }),
  ...Object.fromEntries(
    Array.from({ length: ranks }, (_, rank) => [
      `checkpoint-4/${tag}/bf16_zero_pp_rank_${rank}_mp_rank_00_optim_states.pt`,
      'x',
    ]),
  ),
});

testCheck(saveFilesMixed, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'one process': trainerSave('checkpoint-4', { step: 4 }),
    'two processes': more(),
    'DeepSpeed on two processes': deepSpeed('global_step4', 2),
    'as many parts as DeepSpeed names, where random states are missing': {
      ...deepSpeed('global_step4', 4),
      'checkpoint-4/global_step4/mp_rank_00_model_states.pt': rankStates({
        dp_world_size: 4,
      }),
    },
    'DeepSpeed that divides among fewer': deepSpeed('global_step4', 1),
    'the tags of two models of accelerate': {
      ...deepSpeed('pytorch_model', 2),
      ...deepSpeed('pytorch_model_1', 2),
    },
  },
  found: {
    'random states of one process and of several': {
      files: more('rng_state.pth'),
      expect: [
        {
          message: 'rng',
          severity: 'warning',
          path: 'run/checkpoint-4',
          text: /beside the random states of 2 processes/,
        },
      ],
    },
    'an optimizer of FSDP and a plain one': {
      files: more('optimizer.bin'),
      expect: [
        {
          message: 'optimizers',
          text: /: optimizer\.pt and optimizer\.bin\.$/,
        },
      ],
    },
    'two states of DeepSpeed': {
      files: {
        ...deepSpeed('global_step2', 2),
        ...deepSpeed('global_step4', 2),
      },
      expect: [
        {
          message: 'tags',
          text: /^2 states .*: global_step2, global_step4\.$/,
        },
      ],
    },
    'more parts of the optimizer than processes': {
      files: deepSpeed('global_step4', 4),
      expect: [
        {
          message: 'ranks',
          path: 'run/checkpoint-4/global_step4',
          text: /of 4 ranks; random states of 2 processes/,
        },
      ],
    },
  },
});
