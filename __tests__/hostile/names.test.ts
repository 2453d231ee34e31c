import { expect } from '@jest/globals';
import {
  adapterConfig,
  adapterFiles,
  adapterWeights,
  modelFiles,
  shardIndex,
} from '../builders/checkpoint.ts';
import { safetensors, safetensorsOf } from '../builders/safetensors.ts';
import { HOSTILE } from '../core/render/hostile.ts';
import type { Files } from '../helpers/gate.ts';
import {
  expectHarmless,
  expectPlainMarkdown,
  expectQuietStep,
  newFolder,
  onPosix,
  put,
  runBundle,
} from './support.ts';

/** What no system takes in a name. */
const NAMES = HOSTILE.filter(
  (text) => !/[\0/\p{Cs}]/u.test(text) && text.length < 200,
);
/** In JSON there is nothing that a string cannot hold. */
const TEXTS = HOSTILE;

/** Files that hold a hostile text at one place, and the check that says it. */
const PLACES: readonly (readonly [
  string,
  readonly string[],
  (text: string, below: string) => Files,
])[] = [
  [
    'run folder',
    NAMES,
    (text, below) => adapterFiles(`${below}/${text}/checkpoint-5`),
  ],
  [
    'folder of a checkpoint that is empty',
    NAMES,
    (text, below) => ({ [`${below}/checkpoint-5/${text}/`]: '' }),
  ],
  [
    'file name',
    NAMES,
    (text, below) => ({
      [`${below}/checkpoint-5/${text}`]: '',
      [`${below}/loose/${text}.safetensors`]: 'x',
    }),
  ],
  [
    'tensor name',
    TEXTS,
    (text, below) => ({
      [`${below}/adapter_config.json`]: adapterConfig(),
      [`${below}/adapter_model.safetensors`]: safetensorsOf(
        `{${JSON.stringify(text)}:{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`,
        new Uint8Array(8),
      ),
    }),
  ],
  [
    'dtype',
    TEXTS,
    (text, below) => ({
      [`${below}/adapter_config.json`]: adapterConfig(),
      [`${below}/adapter_model.safetensors`]: safetensors({
        [text]: { dtype: text, shape: [1], bytes: new Uint8Array(4) },
      }),
    }),
  ],
  [
    'metadata',
    TEXTS,
    (text, below) => {
      const key = JSON.stringify(text);
      return {
        [`${below}/adapter_config.json`]: adapterConfig(),
        [`${below}/adapter_model.safetensors`]: safetensorsOf(
          `{"__metadata__":{${key}:${key},${key}:""},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`,
          new Uint8Array(4),
        ),
      };
    },
  ],
  [
    'peft_type',
    TEXTS,
    (text, below) => ({
      [`${below}/adapter_config.json`]: adapterConfig({ peft_type: text }),
      [`${below}/adapter_model.safetensors`]: adapterWeights(),
    }),
  ],
  [
    'rank',
    TEXTS,
    (text, below) => ({
      [`${below}/adapter_config.json`]: adapterConfig({ r: text }),
      [`${below}/adapter_model.safetensors`]: adapterWeights(),
    }),
  ],
  [
    'key of a configuration',
    TEXTS,
    (text, below) => ({
      [`${below}/adapter_config.json`]: `{${JSON.stringify(text)}:1}`,
      [`${below}/adapter_model.safetensors`]: adapterWeights(),
    }),
  ],
  [
    'shard name',
    TEXTS,
    (text, below) => ({
      [`${below}/config.json`]: '{}',
      [`${below}/model.safetensors.index.json`]: `{"metadata":{},"weight_map":{${JSON.stringify(text)}:${JSON.stringify(text)}}}`,
    }),
  ],
  [
    'tensor of an index',
    TEXTS,
    (text, below) => ({
      ...modelFiles(below),
      [`${below}/model.safetensors`]: '',
      [`${below}/two/config.json`]: '{}',
      [`${below}/two/model.safetensors.index.json`]: shardIndex({
        x: 'm.safetensors',
      }).replace('"x"', JSON.stringify(text)),
      [`${below}/two/m.safetensors`]: adapterWeights(),
    }),
  ],
  [
    "DeepSpeed's latest",
    TEXTS,
    (text, below) => ({
      [`${below}/checkpoint-5/latest`]: text,
      [`${below}/checkpoint-5/zero_to_fp32.py`]: '',
      [`${below}/checkpoint-5/global_step5/mp_rank_00_model_states.pt`]: '',
    }),
  ],
  [
    'text in place of weights',
    TEXTS,
    (text, below) => ({
      [`${below}/adapter_config.json`]: adapterConfig(),
      [`${below}/adapter_model.bin`]: text,
      [`${below}/two/adapter_config.json`]: adapterConfig(),
      [`${below}/two/adapter_model.safetensors`]: `<html><title>${text}</title>`,
      [`${below}/three/adapter_config.json`]: adapterConfig(),
      [`${below}/three/adapter_model.bin`]: JSON.stringify({ error: text }),
    }),
  ],
];

interface Seen {
  readonly verdict: string;
  readonly checkpoints: readonly { readonly path: string }[];
}

onPosix.each(PLACES)(
  'no %s becomes a command, markup or a terminal code',
  async (_place, texts, files) => {
    const folder = newFolder();
    for (const [at, text] of texts.entries())
      put(folder, files(text, `runs/${at}`));
    const text = runBundle(['runs'], folder);
    expect(text.err).toBe('');
    expectHarmless(text.out);
    const markdown = runBundle(['runs', '--format', 'markdown'], folder);
    expectPlainMarkdown(markdown.out);
    const json = runBundle(['runs', '--format', 'json'], folder);
    expectHarmless(json.out);
    const report = JSON.parse(json.out) as Seen;
    expect(text.out.toLowerCase().startsWith(report.verdict)).toBe(true);
    expect(report.checkpoints.length).toBeGreaterThanOrEqual(texts.length);
    expect([markdown.exit, json.exit]).toEqual([text.exit, text.exit]);
    const step = await expectQuietStep('runs', folder);
    expect(step.outputs.get('verdict')).toBe(report.verdict);
  },
);

onPosix('no path argument does', () => {
  const folder = newFolder();
  const paths = HOSTILE.filter((text) => !/[\0\p{Cs}]/u.test(text));
  // After `--`, so that none is taken for an option.
  for (const format of ['text', 'markdown', 'json']) {
    const run = runBundle(['--format', format, '--', ...paths], folder);
    expect(run).toMatchObject({ exit: 1, err: '' });
    if (format === 'markdown') expectPlainMarkdown(run.out);
    else expectHarmless(run.out);
  }
});
