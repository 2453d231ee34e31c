import { rngStateMissing } from '../../../src/core/checks/resumes/rng-state-missing.ts';
import { NOTHING_DECLARED } from '../../../src/core/types.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { dcpFiles, rankStates, zeroFiles } from '../../builders/sharded.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const save = (step: number, processes = 1, ...lacking: string[]) =>
  trainerSave(`checkpoint-${step}`, {
    step,
    processes,
    files: Object.fromEntries(lacking.map((name) => [name, null])),
  });

/** The state of DeepSpeed in a step, whose model states name so many ranks. */
const zero = (step: number, world: number) => ({
  ...zeroFiles(`checkpoint-${step}`, {
    ranks: Array.from({ length: world }, (_, rank) => rank),
    tag: `global_step${step}`,
  }),
  [`checkpoint-${step}/global_step${step}/mp_rank_00_model_states.pt`]:
    rankStates({ dp_world_size: world }),
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
    'as many as the state of DeepSpeed names': {
      ...save(2, 2),
      ...zero(2, 2),
    },
    'more than the state of DeepSpeed names, as with pipelines': {
      ...save(2, 4),
      ...zero(2, 2),
    },
    'as many as the shards of FSDP': {
      ...save(2, 2),
      ...dcpFiles('checkpoint-2/optimizer_0'),
    },
    'shards of an earlier save that .metadata does not list': {
      ...save(2, 2),
      ...dcpFiles('checkpoint-2/optimizer_0'),
      'checkpoint-2/optimizer_0/__3_0.distcp': 'x',
    },
    'a number of processes that no training had': {
      ...save(2, 2),
      ...zero(2, 2),
      'checkpoint-2/global_step2/mp_rank_00_model_states.pt': rankStates({
        dp_world_size: 2_000_000_000,
      }),
    },
    'one process, whose file has no number': {
      ...save(2, 1),
      ...dcpFiles('checkpoint-2/optimizer_0'),
    },
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
    'fewer than the state of DeepSpeed names': {
      files: { ...save(2, 4), ...zero(2, 4), ...save(4, 2), ...zero(4, 4) },
      expect: [
        {
          message: 'world',
          severity: 'warning',
          path: 'run/checkpoint-4',
          text: /^2 files of random states are there; by what global_step4 holds, at least 4 processes wrote this checkpoint, and 2 more have to be: rng_state_2\.pth, rng_state_3\.pth\.$/,
        },
      ],
    },
    'fewer than the shards of FSDP': {
      files: { ...save(2, 2), ...dcpFiles('checkpoint-2/optimizer_0', 3) },
      expect: [{ message: 'world', text: /1 more has to be: rng_state_2/ }],
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
