import { describe, expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import type { Target } from '../../../src/core/survey.ts';
import { adapterFiles, modelFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

const inspectTargets = (targets: readonly Target[]) =>
  inspect({
    targets,
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });

const inspectFiles = (label: string, files: CaseFiles) =>
  inspectTargets([{ named: label, sources: [memorySource(label, files)] }]);

/** `run > path step holds producer`, a row each. */
async function rowsOf(files: CaseFiles, label = 'run'): Promise<string[]> {
  const { checkpoints } = await inspectFiles(label, files);
  return checkpoints.map(
    ({ run, path, step, holds, producer }) =>
      `${run} > ${path} ${step ?? '-'} ${holds} ${producer}`,
  );
}

const LORA = {
  'pytorch_lora_weights.safetensors': safetensors({ x: { shape: [1] } }),
};
const KOHYA = safetensors({ 'lora_unet_a.lora_down.weight': { shape: [1] } });
const NAMED = safetensors({ 'a.lora_A.weight': { shape: [1] } });

describe('runs and checkpoints', () => {
  test.each<[string, CaseFiles, string[]]>([
    [
      'a Trainer run with its output root',
      {
        ...adapterFiles('checkpoint-10'),
        ...adapterFiles('checkpoint-9'),
        'checkpoint-9/trainer_state.json': '{}',
        ...adapterFiles(),
      },
      [
        'run > run/checkpoint-9 9 adapter transformers Trainer',
        'run > run/checkpoint-10 10 adapter PEFT',
        'run > run - adapter PEFT',
      ],
    ],
    [
      'runs at several depths',
      {
        ...adapterFiles('a/checkpoint-2'),
        ...modelFiles('b/c/run-1/checkpoint-2'),
      },
      [
        'run/a > run/a/checkpoint-2 2 adapter PEFT',
        'run/b/c/run-1 > run/b/c/run-1/checkpoint-2 2 model transformers',
      ],
    ],
    [
      'a final folder beside step folders',
      { ...adapterFiles('final'), ...adapterFiles('checkpoint-2') },
      [
        'run > run/checkpoint-2 2 adapter PEFT',
        'run > run/final - adapter PEFT',
      ],
    ],
    [
      'adapters that are saves of their own',
      { ...adapterFiles('a'), ...adapterFiles('b') },
      ['run/a > run/a - adapter PEFT', 'run/b > run/b - adapter PEFT'],
    ],
    [
      'a model inside of a step folder that only wraps it',
      modelFiles('checkpoint-4/merged'),
      ['run > run/checkpoint-4/merged 4 model transformers'],
    ],
    [
      'a model inside of a step folder with weights of its own',
      { ...adapterFiles('checkpoint-4'), ...modelFiles('checkpoint-4/merged') },
      [
        'run > run/checkpoint-4 4 adapter PEFT',
        'run > run/checkpoint-4/merged 4 model transformers',
      ],
    ],
    [
      'adapters of a model beside its merged weights',
      { ...adapterFiles(), ...modelFiles() },
      ['run > run - adapter PEFT'],
    ],
    [
      'initial weights, kept by design',
      { ...adapterFiles(), ...adapterFiles('pissa_init') },
      [
        'run > run - adapter PEFT',
        'run/pissa_init > run/pissa_init - adapter PEFT',
      ],
    ],
    [
      'a model that Mistral saved in both its formats',
      { ...modelFiles(), 'consolidated.safetensors': 'x' },
      ['run > run - model transformers'],
    ],
    [
      'a Trainer checkpoint of DeepSpeed that gathered its weights',
      {
        ...modelFiles('checkpoint-4'),
        'checkpoint-4/global_step4/mp_rank_00_model_states.pt': 'x',
      },
      ['run > run/checkpoint-4 4 model transformers'],
    ],
    [
      'a Trainer checkpoint of DeepSpeed that did not',
      {
        'checkpoint-4/trainer_state.json': '{}',
        'checkpoint-4/global_step4/zero_pp_rank_0_mp_rank_00_model_states.pt':
          'x',
      },
      ['run > run/checkpoint-4 4 shards DeepSpeed ZeRO'],
    ],
    [
      "accelerate's state, whose model.safetensors is its own",
      {
        ...modelFiles('checkpoint_0'),
        'checkpoint_0/random_states_0.pkl': 'x',
      },
      ['run > run/checkpoint_0 0 model accelerate'],
    ],
    [
      'an adapter of diffusers',
      { ...LORA, 'checkpoint-500/pytorch_lora_weights.safetensors': 'x' },
      [
        'run > run/checkpoint-500 500 adapter diffusers LoRA',
        'run > run - adapter diffusers LoRA',
      ],
    ],
    [
      'a pipeline of diffusers, with its models',
      {
        'model_index.json': '{}',
        ...modelFiles('text_encoder'),
        'unet/diffusion_pytorch_model.safetensors': 'x',
      },
      ['run > run - model diffusers'],
    ],
    [
      'files that are checkpoints by themselves',
      {
        'epoch=1-step=20.ckpt': 'x',
        'style-000002.safetensors': KOHYA,
        'mine.safetensors': NAMED,
        'adapter.gguf': 'x',
        'dataset.safetensors': safetensors({ ids: { shape: [1] } }),
        'notes.pt': 'x',
      },
      [
        'run > run/style-000002.safetensors 2 adapter kohya',
        'run > run/epoch=1-step=20.ckpt 20 model Lightning',
        'run > run/adapter.gguf - unknown GGUF',
        'run > run/mine.safetensors - adapter unknown',
      ],
    ],
    ['a staging folder', adapterFiles('tmp-checkpoint-8'), []],
    ['a configuration of who knows what', { 'config.json': '{}' }, []],
  ])('%s', async (_name, files, rows) => {
    expect(await rowsOf(files)).toEqual(rows);
  });

  test('a named step folder belongs to the run above it', async () => {
    expect(await rowsOf(adapterFiles(), 'out/checkpoint-7')).toEqual([
      'out > out/checkpoint-7 7 adapter PEFT',
    ]);
    expect(await rowsOf(adapterFiles(), 'checkpoint-7')).toEqual([
      '. > checkpoint-7 7 adapter PEFT',
    ]);
  });

  test('below `.` and a label that ends in a slash names stay short', async () => {
    expect(await rowsOf(adapterFiles('checkpoint-7'), '.')).toEqual([
      '. > checkpoint-7 7 adapter PEFT',
    ]);
    expect(await rowsOf(adapterFiles('checkpoint-7'), 'out/')).toEqual([
      'out > out/checkpoint-7 7 adapter PEFT',
    ]);
  });

  test('targets that overlap, or are of one run, are put together', async () => {
    const one = (label: string) => ({
      named: label,
      sources: [memorySource(label, adapterFiles())],
    });
    const whole = {
      named: 'out',
      sources: [memorySource('out', adapterFiles('checkpoint-1'))],
    };
    const report = await inspectTargets([
      one('out/checkpoint-2'),
      whole,
      one('out/checkpoint-1'),
    ]);
    expect(
      report.runs.map(({ path, checkpoints }) => [path, checkpoints]),
    ).toEqual([['out', 2]]);
  });
});

describe('a single file that is named', () => {
  test.each([
    ['whole weights', 'adapter_model.safetensors', NAMED, 'yes', 'pass'],
    ['cut weights', 'x.safetensors', NAMED.slice(0, -1), 'no', 'fail'],
    ['a torch file', 'x.pt', 'text', 'no', 'fail'],
    ['a checkpoint of Lightning', 'x.ckpt', 'x', 'not checked', 'inconclusive'],
  ])('%s', async (_name, label, content, loads, verdict) => {
    const report = await inspectFiles(label, { '': content });
    expect(report.verdict).toBe(verdict);
    expect(
      report.checkpoints.map(({ path, answers }) => [
        path,
        answers.loads.value,
      ]),
    ).toEqual([[label, loads]]);
  });

  test('that is no weights is no checkpoint', async () => {
    const report = await inspectFiles('README.md', { '': 'text' });
    expect(report.findings.map(({ check }) => check)).toEqual([
      'checkpoint-none-found',
    ]);
  });
});

test('a lone file that cannot be read leaves the verdict open', async () => {
  const report = await inspectFiles('run', {
    'mine.safetensors': { error: 'EIO' },
  });
  expect(report.verdict).toBe('inconclusive');
  expect(report.skipped).toEqual([
    {
      where: { path: 'run/mine.safetensors' },
      cause: 'io',
      reason:
        'it could not be read to tell what it is (EIO: refused by the test)',
    },
  ]);
});
