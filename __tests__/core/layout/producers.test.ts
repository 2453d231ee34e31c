import { expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { adapterFiles, modelFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { dcpFiles, STATES, zeroFiles } from '../../builders/sharded.ts';
import {
  optimizerFile,
  randomStatesFile,
  scalerFile,
} from '../../builders/state.ts';
import { besideEngine, besideFsdp } from '../../builders/engine-save.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

/** `path step holds producer: loads`, a row each, and the ids of all findings. */
async function said(files: CaseFiles): Promise<readonly string[]> {
  const { checkpoints, findings } = await inspect({
    targets: [{ named: 'run', sources: [memorySource('run', files)] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  return [
    ...checkpoints.map(
      ({ path, step, holds, producer, answers }) =>
        `${path} ${step ?? '-'} ${holds} ${producer}: ${answers.loads.value}`,
    ),
    ...findings.map(({ severity, check }) => `${severity} ${check}`),
  ];
}

const MODEL = safetensors({ 'layer.weight': { shape: [2, 2] } });
const LORA = safetensors({ 'unet.a.lora_A.weight': { shape: [2, 2] } });
const kohya = () =>
  safetensors({ 'lora_unet_a.lora_down.weight': { shape: [2] } });
const KOHYA = kohya();
const MLX = safetensors({ 'layers.0.lora_a': { shape: [2, 2] } });
const MLX_CONFIG =
  '{"num_layers": 2, "lora_parameters": {"rank": 8, "scale": 20, "dropout": 0}}';

test.each<[string, CaseFiles, string[]]>([
  [
    'states of accelerate, with a second model',
    {
      'checkpoint_0/model.safetensors': MODEL,
      'checkpoint_0/model_1.safetensors': MODEL,
      'checkpoint_0/optimizer.bin': optimizerFile(),
      'checkpoint_0/scaler.pt': scalerFile(),
      'checkpoint_0/random_states_0.pkl': randomStatesFile(),
    },
    ['run/checkpoint_0 0 model accelerate: yes'],
  ],
  [
    'a state of accelerate whose second model was cut',
    {
      'checkpoint_0/model.safetensors': MODEL,
      'checkpoint_0/model_1.safetensors': MODEL.slice(0, -1),
      'checkpoint_0/random_states_0.pkl': randomStatesFile(),
    },
    ['run/checkpoint_0 0 model accelerate: no', 'error safetensors-truncated'],
  ],
  [
    'a state of accelerate without a model',
    {
      'checkpoint_0/random_states_0.pkl': randomStatesFile(),
      'checkpoint_0/optimizer.bin': optimizerFile(),
    },
    ['run/checkpoint_0 0 nothing accelerate: no', 'error weights-missing'],
  ],
  [
    'a state of accelerate beside weights that a hook saved below it',
    {
      'checkpoint-500/random_states_0.pkl': randomStatesFile(),
      'checkpoint-500/optimizer.bin': optimizerFile(),
      'checkpoint-500/unet/diffusion_pytorch_model.safetensors': MODEL,
    },
    ['run/checkpoint-500/unet 500 model diffusers: not checked'],
  ],
  [
    'a LoRA training of diffusers',
    {
      'pytorch_lora_weights.safetensors': LORA,
      'checkpoint-500/pytorch_lora_weights.safetensors': LORA,
      'checkpoint-500/optimizer.bin': optimizerFile(),
      'checkpoint-500/random_states_0.pkl': randomStatesFile(),
    },
    [
      'run/checkpoint-500 500 adapter diffusers LoRA: yes',
      'run - adapter diffusers LoRA: yes',
    ],
  ],
  [
    'a LoRA of diffusers that was cut',
    { 'pytorch_lora_weights.safetensors': LORA.slice(0, -1) },
    ['run - adapter diffusers LoRA: no', 'error safetensors-truncated'],
  ],
  [
    'epochs of kohya, one of them cut in its data, one in its header',
    {
      'style-000001.safetensors': KOHYA,
      'style-000002.safetensors': KOHYA.slice(0, -1),
      'style-step00000300.safetensors': KOHYA.slice(0, 20),
      'style.safetensors': kohya(),
      'dataset.safetensors': 'not one of them',
    },
    [
      'run/style-000001.safetensors 1 adapter kohya: yes',
      'run/style-000002.safetensors 2 adapter kohya: no',
      'run/style-step00000300.safetensors 300 adapter kohya: no',
      'run/style.safetensors 300 adapter kohya: yes',
      'error safetensors-truncated',
      'error safetensors-truncated',
    ],
  ],
  [
    'states of kohya beside its files',
    {
      'style-000001.safetensors': KOHYA,
      'style-000001-state/model.safetensors': KOHYA,
      'style-000001-state/random_states_0.pkl': randomStatesFile(),
      'style-000001-state/train_state.json': '{"current_step": 10}',
    },
    [
      'run/style-000001-state 1 adapter kohya state: yes',
      'run/style-000001.safetensors 1 adapter kohya: yes',
    ],
  ],
  [
    'an adapter of MLX with an earlier save',
    {
      'adapters.safetensors': MLX,
      '0000100_adapters.safetensors': MLX,
      'adapter_config.json': MLX_CONFIG,
    },
    [
      'run/0000100_adapters.safetensors 100 adapter MLX: yes',
      'run 100 adapter MLX: yes',
    ],
  ],
  [
    'earlier saves of MLX without the last',
    {
      '0000100_adapters.safetensors': MLX,
      'adapter_config.json': MLX_CONFIG,
    },
    [
      'run/0000100_adapters.safetensors 100 adapter MLX: yes',
      'run 100 adapter MLX: no',
      'error weights-missing',
    ],
  ],
  [
    'steps of DeepSpeed itself',
    {
      ...zeroFiles('.', { ranks: [0, 1], tag: 'global_step10' }),
      ...zeroFiles('.', { ranks: [0, 1], tag: 'global_step20' }),
    },
    [
      'run/global_step10 10 shards DeepSpeed ZeRO: not applicable',
      'run/global_step20 20 shards DeepSpeed ZeRO: not applicable',
    ],
  ],
  [
    'tags of DeepSpeed that the user names',
    {
      ...zeroFiles('.', { ranks: [0], tag: 'epoch-1' }),
      ...zeroFiles('.', { ranks: [0], tag: 'epoch-2' }),
    },
    [
      'run/epoch-1 - shards DeepSpeed ZeRO: not applicable',
      'run/epoch-2 - shards DeepSpeed ZeRO: not applicable',
    ],
  ],
  [
    'a Trainer checkpoint with an adapter and the state of DeepSpeed',
    {
      ...adapterFiles('checkpoint-4'),
      ...zeroFiles('checkpoint-4', { ranks: [0, 1], stage: 3 }),
      ...besideEngine('checkpoint-4', 2),
    },
    ['run/checkpoint-4 4 adapter transformers Trainer: yes'],
  ],
  [
    'the same with the file of a rank missing',
    {
      ...adapterFiles('checkpoint-4'),
      ...zeroFiles('checkpoint-4', { ranks: [0, 2], stage: 3 }),
      ...besideEngine('checkpoint-4', 3),
    },
    [
      'run/checkpoint-4 4 adapter transformers Trainer: yes',
      'error zero-ranks-missing',
    ],
  ],
  [
    "FSDP's shards and its whole state dict",
    {
      ...dcpFiles('checkpoint-4/pytorch_model_fsdp_0', 1),
      ...besideFsdp('checkpoint-4'),
      ...besideFsdp('checkpoint-8'),
      ...besideFsdp('checkpoint-12'),
      'checkpoint-8/pytorch_model_fsdp.bin': { error: 'EIO' },
      'checkpoint-12/pytorch_model_fsdp_rank0.bin': STATES,
    },
    [
      'run/checkpoint-4 4 shards FSDP: not applicable',
      'run/checkpoint-8 8 model FSDP: not checked',
      'run/checkpoint-12 12 shards FSDP: not applicable',
    ],
  ],
  [
    'folders of Lightning',
    {
      ...dcpFiles('epoch=1-step=20.ckpt'),
      'epoch=1-step=20.ckpt/meta.pt': STATES,
      ...zeroFiles('last.ckpt', { ranks: [0], tag: 'checkpoint' }),
    },
    [
      'run/epoch=1-step=20.ckpt 20 shards Lightning: not applicable',
      'run/last.ckpt - shards Lightning: not applicable',
    ],
  ],
  [
    'trainers that save as PEFT does',
    {
      ...adapterFiles('a/v0-20250101-120000/checkpoint-4'),
      'a/v0-20250101-120000/checkpoint-4/args.json': '{}',
      'a/v0-20250101-120000/logging.jsonl': '',
      ...adapterFiles('b/checkpoint-4'),
      'b/checkpoint-4/tokens_state.json': '{}',
      ...adapterFiles('c/checkpoint-4'),
      'c/trainer_log.jsonl': '',
    },
    [
      'run/a/v0-20250101-120000/checkpoint-4 4 adapter ms-swift: yes',
      'run/b/checkpoint-4 4 adapter axolotl: yes',
      'run/c/checkpoint-4 4 adapter LLaMA-Factory: yes',
    ],
  ],
  [
    'checkpoints of tools that are not known here',
    {
      'checkpoint-5/model.keras': 'x',
      'checkpoint_6/model_state.pdparams': 'x',
      ...besideFsdp('checkpoint_6'),
      'checkpoint-7/ckpt-1.data-00000-of-00001': 'x',
      'checkpoint-8/archive.tar.gz': 'x',
    },
    [
      'run/checkpoint-5 5 unknown unknown: not checked',
      'run/checkpoint_6 6 unknown transformers Trainer: not checked',
      'run/checkpoint-7 7 unknown unknown: not checked',
      'run/checkpoint-8 8 unknown unknown: not checked',
    ],
  ],
  [
    'a module inside of a model of sentence-transformers',
    {
      ...modelFiles('checkpoint-5'),
      'checkpoint-5/modules.json': '[]',
      ...modelFiles('checkpoint-5/2_Dense'),
    },
    ['run/checkpoint-5 5 model transformers: yes'],
  ],
  [
    'an export of merged weights beside the steps',
    { ...adapterFiles('checkpoint-4'), ...modelFiles('merged_16bit') },
    [
      'run/checkpoint-4 4 adapter PEFT: yes',
      'run/merged_16bit - model transformers: yes',
    ],
  ],
  [
    "kohya's files that end without a step, of which the last was cut",
    {
      'style-000001.safetensors': KOHYA,
      'style.safetensors': KOHYA.slice(0, -1),
    },
    [
      'run/style-000001.safetensors 1 adapter kohya: yes',
      'run/style.safetensors 1 adapter kohya: no',
      'error safetensors-truncated',
    ],
  ],
])('%s', async (_name, files, rows) => {
  expect(await said(files)).toEqual(rows);
});
