import { expect, test } from '@jest/globals';
import { zeroRanksMissing } from '../../../src/core/checks/resumes/zero-ranks-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { rankStates, zeroFiles } from '../../builders/sharded.ts';
import { inspectWith, testCheck } from '../../helpers/test-check.ts';

const withWorld = (ranks: number) => ({
  ...zeroFiles('checkpoint-4', { ranks: [0, 1] }),
  'checkpoint-4/global_step4/mp_rank_00_model_states.pt': rankStates({
    dp_world_size: ranks,
  }),
});

testCheck(zeroRanksMissing, {
  clean: {
    'ZeRO-2 of four ranks': zeroFiles('checkpoint-4', { ranks: [0, 1, 2, 3] }),
    'ZeRO-3 of two ranks': zeroFiles('checkpoint-4', {
      ranks: [0, 1],
      stage: 3,
    }),
    'two tensor-parallel ranks': zeroFiles('checkpoint-4', {
      ranks: [0, 1],
      modelRanks: [0, 1],
    }),
    'a state without ZeRO, which has no files of ranks': {
      'checkpoint-4/global_step4/mp_rank_00_model_states.pt': 'x',
    },
    'experts, whose files follow no count of ranks': {
      ...zeroFiles('checkpoint-4', { ranks: [0] }),
      'checkpoint-4/global_step4/layer_0_expert_3_mp_rank_00_model_states.pt':
        'x',
    },
    'steps of DeepSpeed itself': {
      ...zeroFiles('.', { ranks: [0, 1], tag: 'global_step10' }),
      ...zeroFiles('.', { ranks: [0, 1], tag: 'global_step20' }),
    },
    'an older step of fewer ranks than the next': {
      ...zeroFiles('checkpoint-4', { ranks: [0, 1] }),
      ...adapterFiles('checkpoint-8'),
    },
    'as many ranks as the model states name': withWorld(2),
    'fewer named than there are, for a number of another kind': withWorld(-5),
    'an adapter without any state': adapterFiles('checkpoint-4'),
    'a converter in a folder that is no step': { 'zero_to_fp32.py': '' },
  },
  found: {
    'a rank between two others': {
      files: zeroFiles('checkpoint-4', { ranks: [0, 1, 3] }),
      expect: [
        {
          message: 'missing',
          severity: 'error',
          path: 'run/checkpoint-4/global_step4',
          text: /^global_step4 holds 4 files of ranks; 1 more has to be there by their numbers: bf16_zero_pp_rank_2_mp_rank_00_optim_states\.pt\.$/,
        },
      ],
    },
    'no model states': {
      files: {
        'checkpoint-4/global_step4/zero_pp_rank_0_mp_rank_00_optim_states.pt':
          'x',
      },
      expect: [
        { message: 'missing', text: /: mp_rank_00_model_states\.pt\.$/ },
      ],
    },
    'ZeRO-3 with fewer optimizer states than model states': {
      files: {
        ...zeroFiles('checkpoint-4', { ranks: [0], stage: 3 }),
        'checkpoint-4/global_step4/zero_pp_rank_1_mp_rank_00_model_states.pt':
          'x',
      },
      expect: [
        {
          message: 'missing',
          text: /: bf16_zero_pp_rank_1_mp_rank_00_optim_states\.pt\.$/,
        },
      ],
    },
    'a tensor-parallel rank of which only the optimizer is there': {
      files: {
        ...zeroFiles('checkpoint-4', { ranks: [0] }),
        'checkpoint-4/global_step4/bf16_zero_pp_rank_0_mp_rank_01_optim_states.pt':
          'x',
      },
      expect: [
        { message: 'missing', text: /: mp_rank_01_model_states\.pt\.$/ },
      ],
    },
    'ranks from 8 on': {
      files: zeroFiles('checkpoint-4', { ranks: [8, 9] }),
      expect: [
        { message: 'otherNode', severity: 'warning', text: /rank 8 and up/ },
      ],
    },
    'fewer ranks than the model states name': {
      files: withWorld(4),
      expect: [
        {
          message: 'fewerThanWorld',
          severity: 'warning',
          path: 'run/checkpoint-4/global_step4',
          text: /of 2 ranks; its model states say that there were 4 \(dp_world_size\)\.$/,
        },
      ],
    },
    "fewer ranks than random states of accelerate's": {
      files: {
        ...zeroFiles('checkpoint_0', { ranks: [0], tag: 'pytorch_model' }),
        'checkpoint_0/random_states_0.pkl': 'x',
        'checkpoint_0/random_states_1.pkl': 'x',
      },
      expect: [{ message: 'fewerThanProcesses' }],
    },
    'fewer ranks than at another step': {
      files: {
        ...zeroFiles('checkpoint-4', { ranks: [0, 1, 2, 3] }),
        ...zeroFiles('checkpoint-8', { ranks: [0, 1] }),
      },
      expect: [
        {
          message: 'fewerThanSibling',
          severity: 'warning',
          path: 'run/checkpoint-8/global_step4',
          text: /of 2 ranks, run\/checkpoint-4 of 4\.$/,
        },
      ],
    },
    'fewer ranks than processes that wrote random states': {
      files: {
        ...zeroFiles('checkpoint-4', { ranks: [0] }),
        'checkpoint-4/rng_state_0.pth': 'x',
        'checkpoint-4/rng_state_1.pth': 'x',
      },
      expect: [
        {
          message: 'fewerThanProcesses',
          severity: 'warning',
          text: /of 1 rank; random states of 2 processes/,
        },
      ],
    },
    'what lay beside the state, without it': {
      files: {
        'checkpoint-4/zero_to_fp32.py': '',
        'checkpoint-4/latest': 'global_step4',
      },
      expect: [
        {
          message: 'removed',
          severity: 'error',
          text: /^latest, zero_to_fp32\.py, which DeepSpeed writes/,
        },
      ],
    },
    'an adapter whose state was taken away': {
      files: {
        ...adapterFiles('checkpoint-4'),
        'checkpoint-4/zero_to_fp32.py': '',
      },
      expect: [{ message: 'removedBesideWeights', severity: 'warning' }],
    },
  },
});

test('ranks up to a million, on two axes, are counted and not written out', async () => {
  const files = {
    'checkpoint-4/global_step4/zero_pp_rank_0_mp_rank_00_model_states.pt': 'x',
    'checkpoint-4/global_step4/zero_pp_rank_999999_mp_rank_999999_optim_states.pt':
      'x',
  };
  const { findings } = await inspectWith(zeroRanksMissing, files);
  expect(findings.map(({ data }) => data['missing'])).toEqual([
    2 * 1_000_000 * 1_000_000 - 2,
  ]);
  expect(JSON.stringify(findings).length).toBeLessThan(20_000);
});
