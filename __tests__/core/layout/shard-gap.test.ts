import { expect, test } from '@jest/globals';
import { findShardGap } from '../../../src/core/layout/shard-gap.ts';
import type { CheckpointSubject } from '../../../src/core/layout/subjects.ts';
import { survey } from '../../../src/core/survey.ts';
import type { Source } from '../../../src/core/bytes/reader.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import {
  dcpFiles,
  dcpMetadata,
  rankStates,
  zeroFiles,
} from '../../builders/sharded.ts';
import { sourceOf, withCase } from '../../helpers/corpus.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

async function gapsIn(source: Source): Promise<readonly (string | null)[]> {
  const { runs } = await survey([{ named: 'run', sources: [source] }]);
  const checkpoints = runs.flatMap(
    (run): readonly CheckpointSubject[] => run.checkpoints,
  );
  return Promise.all(checkpoints.map(findShardGap));
}

/** As a library wrote them, or by the names and keys of its source. */
const HEALTHY = [
  'accelerate-deepspeed',
  'dcp-one-process',
  'dcp-two-processes',
  'deepspeed-plain',
  'deepspeed-plain-no-zero',
  'deepspeed-plain-own-tag',
  'deepspeed-trainer-zero1',
  'deepspeed-trainer-zero2',
  'deepspeed-trainer-zero3',
  'fsdp-trainer-sharded',
  'kohya-epochs',
  'kohya-steps',
  'lightning-deepspeed-folder',
  'lightning-fsdp-folder',
  'quiet-zero3-no-gather',
  'trainer-lora',
];

test.each(HEALTHY)('nothing is left open in the shards of %s', async (id) => {
  const gaps = await withCase(id, (laidOut) => gapsIn(sourceOf(laidOut)));
  expect(gaps.filter((gap) => gap !== null)).toEqual([]);
});

const whole = (files: Record<string, string | Uint8Array>) =>
  Object.fromEntries(
    Object.entries(files).map(
      ([path, content]): [string, Uint8Array | string] => [
        path,
        path.endsWith('.pt') ? rankStates({ dp_world_size: 2 }) : content,
      ],
    ),
  );
const ZERO = whole(zeroFiles('checkpoint-4', { ranks: [0, 1] }));
const TAG = 'checkpoint-4/global_step4';
const DCP = dcpFiles('step-10');
const KOHYA = {
  'style-state/model.safetensors': safetensors({ a: { shape: [2] } }),
  'style-state/optimizer.bin': 'x',
  'style-state/random_states_0.pkl': 'x',
  'style-state/train_state.json': '{"current_step": 30}',
};
const listed = (list: Uint8Array | string) => ({
  ...DCP,
  'step-10/.metadata': list,
});
const without = (files: CaseFiles, ...paths: readonly string[]): CaseFiles =>
  Object.fromEntries(
    Object.entries(files).filter(([path]) => !paths.includes(path)),
  );

test.each<[string, CaseFiles, RegExp]>([
  ['DeepSpeed', ZERO, /^nothing$/],
  ['DCP', DCP, /^nothing$/],
  ['kohya', KOHYA, /^nothing$/],
  ['an adapter', adapterFiles('checkpoint-4'), /^nothing$/],
  ['no .metadata', without(DCP, 'step-10/.metadata'), /has no \.metadata$/],
  ['a broken .metadata', listed('x'), /could not be read \(opcode-unknown\)/],
  ['.metadata of nothing', listed(dcpMetadata([])), /places no value/],
  [
    'a missing file of a rank',
    without(DCP, 'step-10/__1_0.distcp'),
    /__1_0\.distcp in step-10 is not what/,
  ],
  [
    'a list with a path that leads elsewhere',
    listed(dcpMetadata([{ name: '../x', length: 1 }])),
    /lies where this version cannot say/,
  ],
  [
    'lists of ranks',
    { ...DCP, 'step-10/__0.metadata': 'x' },
    /the lists that each rank kept/,
  ],
  [
    'more files than are opened',
    listed(
      dcpMetadata(
        Array.from({ length: 2049 }, (_, at) => ({
          name: `__${at}_0.distcp`,
          length: 0,
        })),
      ),
    ),
    /more than the 2,048 files/,
  ],
  [
    'a state of a rank that was cut',
    { ...ZERO, [`${TAG}/mp_rank_00_model_states.pt`]: 'x' },
    /mp_rank_00_model_states\.pt could not be read/,
  ],
  [
    'a state in the legacy format',
    {
      ...ZERO,
      [`${TAG}/mp_rank_00_model_states.pt`]: Uint8Array.of(
        0x80,
        2,
        0x8a,
        10,
        0x6c,
        0xfc,
        0x9c,
        0x46,
        0xf9,
        0x20,
        0x6a,
        0xa8,
        0x50,
        0x19,
        0x2e,
      ),
    },
    /it is a torch file of the legacy/,
  ],
  ['no latest', without(ZERO, 'checkpoint-4/latest'), /no file latest names/],
  [
    'states of experts',
    {
      ...ZERO,
      [`${TAG}/layer_0_expert_0_mp_rank_00_model_states.pt`]: rankStates({}),
    },
    /states of experts or layers/,
  ],
  [
    'no model states',
    without(ZERO, `${TAG}/mp_rank_00_model_states.pt`),
    /holds no model states/,
  ],
  [
    'no optimizer states',
    {
      'checkpoint-4/latest': 'global_step4',
      [`${TAG}/mp_rank_00_model_states.pt`]: rankStates({}),
    },
    /holds no optimizer states/,
  ],
  [
    'the optimizer in the model states',
    {
      'checkpoint-4/latest': 'global_step4',
      [`${TAG}/mp_rank_00_model_states.pt`]: rankStates({ optimizer: 1 }),
    },
    /^nothing$/,
  ],
  [
    'tensors on a disk of their own',
    { ...ZERO, 'checkpoint-4/offloaded_tensors/rank0/x.swp': 'x' },
    /offloaded_tensors are not examined/,
  ],
  [
    'FSDP without an optimizer',
    {
      ...dcpFiles('checkpoint-4/pytorch_model_fsdp_0'),
      'checkpoint-4/trainer_state.json': '{}',
    },
    /no shards of the optimizer/,
  ],
  [
    'FSDP without a model',
    {
      ...dcpFiles('checkpoint-4/optimizer_0'),
      'checkpoint-4/trainer_state.json': '{}',
    },
    /no shards of the model/,
  ],
  [
    'FSDP with a file a rank',
    {
      'checkpoint-4/pytorch_model_fsdp_rank0.bin': rankStates({}),
      'checkpoint-4/optimizer_rank0.bin': rankStates({}),
      'checkpoint-4/trainer_state.json': '{}',
    },
    /^nothing$/,
  ],
  [
    'Lightning without meta.pt',
    dcpFiles('step=4.ckpt'),
    /no meta\.pt is there/,
  ],
  [
    'Lightning with files of XLA',
    { 'step=4.ckpt/checkpoint_rank-00000000-of-00000002.pth': 'x' },
    /in a format of their own/,
  ],
  [
    'a folder that could not be listed',
    { ...ZERO, 'checkpoint-4/other': { unlisted: 'EACCES' } },
    /EACCES/,
  ],
  [
    'Megatron',
    { ...dcpFiles('iter_0000100'), 'iter_0000100/metadata.json': '{}' },
    /of Megatron-LM is not examined/,
  ],
  [
    'kohya without a step',
    { ...KOHYA, 'style-state/train_state.json': '{"current_step": null}' },
    /names no step to go on from/,
  ],
  [
    'kohya with a broken state',
    { ...KOHYA, 'style-state/train_state.json': '{' },
    /train_state\.json could not be used/,
  ],
  [
    'kohya with a broken network',
    { ...KOHYA, 'style-state/model.safetensors': 'x' },
    /model\.safetensors could not be read/,
  ],
])('what is left open: %s', async (_name, files, expected) => {
  const gaps = await gapsIn(memorySource('run', files));
  expect(gaps.map((gap) => gap ?? 'nothing')).toEqual([
    expect.stringMatching(expected),
  ]);
});
