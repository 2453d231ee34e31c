import { join } from 'node:path';
import { adapterConfig, adapterWeights } from '../builders/checkpoint.ts';
import { safetensors, safetensorsOf } from '../builders/safetensors.ts';
import { filled, FULL_BYTES, members } from './full.ts';
import { expectSaid, onPosix, put } from './support.ts';
import type { Row } from './support.ts';

const BELOW = 'checkpoint-5';
const CONFIG = `${BELOW}/adapter_config.json`;
const WEIGHTS = `${BELOW}/adapter_model.safetensors`;
const INDEX = `${BELOW}/model.safetensors.index.json`;

const config = { [CONFIG]: adapterConfig() };
const weights = { [WEIGHTS]: adapterWeights() };
const modelConfig = { [`${BELOW}/config.json`]: '{}' };

function names(count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) => `model.layers.of.many.kinds.of.modules.in.it.k${at}`,
  );
}

/** Both matrices of rank 1 of so many modules. */
function pairs(count: number, nameOf: (at: number) => string): Uint8Array {
  const tensors: Record<string, { readonly shape: number[] }> = {};
  for (let at = 0; at < count; at++)
    for (const side of ['A', 'B'])
      tensors[`base_model.model.${nameOf(at)}.lora_${side}.weight`] = {
        shape: [1, 1],
      };
  return safetensors(tensors);
}

/** Documents within what is read, and several of them: what is kept of each adds up. */
const ROWS: readonly Row[] = [
  {
    name: 'a peft_type of 24 MB',
    make: (folder) =>
      put(folder, {
        ...weights,
        [CONFIG]: adapterConfig({ peft_type: 'x'.repeat(FULL_BYTES - 300) }),
      }),
    exit: 0,
    words: '1 warning',
  },
  {
    name: 'a peft_type of escapes',
    make: (folder) =>
      put(folder, {
        ...weights,
        [CONFIG]: `{"peft_type":"${filled('\\n')}"}`,
      }),
    exit: 0,
    words: '1 warning',
  },
  {
    name: 'twelve checkpoints, each with a peft_type of 24 MB',
    make: (folder) => {
      for (let step = 1; step <= 12; step++)
        put(join(folder, `checkpoint-${step}`), {
          'adapter_config.json': `{"peft_type":"${'x'.repeat(FULL_BYTES - 100)}"}`,
          'adapter_model.safetensors': adapterWeights(),
        });
    },
    exit: 0,
    words: '12 checkpoints, 0 errors',
  },
  {
    name: 'a header of more tensors than are read',
    make: (folder) =>
      put(folder, {
        ...config,
        [WEIGHTS]: safetensorsOf(
          `{${members((at) => `"t${at}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`)}}`,
        ),
      }),
    exit: 3,
    words: 'up to 24 MiB and 120,000 tensors are read',
  },
  {
    name: 'a header of 24 MB of metadata',
    make: (folder) =>
      put(folder, {
        ...config,
        [WEIGHTS]: safetensorsOf(
          `{"__metadata__":{${members((at) => `"${at}":""`)}}}`,
        ),
      }),
    exit: 3,
    words: 'up to 24 MiB and 120,000 tensors are read',
  },
  {
    name: 'a log of 350,000 entries',
    make: (folder) =>
      put(folder, {
        ...config,
        ...weights,
        [`${BELOW}/trainer_state.json`]: `{"log_history":[${Array.from(
          { length: 350_000 },
          (_, at) => `{"step":${at},"loss":${2 + Math.sin(at)},"epoch":0.5}`,
        ).join(',')}],"global_step":5}`,
      }),
    exit: 0,
    words: '1 checkpoint, 0 errors',
  },
  {
    name: 'a log of more entries than are read, and 60 MB behind them',
    make: (folder) =>
      put(folder, {
        ...config,
        ...weights,
        [`${BELOW}/trainer_state.json`]: `{"log_history":[${'{},'.repeat(20_000_000)}{}]}`,
      }),
    exit: 0,
    words: '1 checkpoint, 0 errors',
  },
  {
    name: 'sixty states, each with a path of 3 MB',
    make: (folder) => {
      for (let step = 1; step <= 60; step++)
        put(join(folder, `checkpoint-${step}`), {
          'adapter_config.json': adapterConfig(),
          'adapter_model.safetensors': adapterWeights(),
          'trainer_state.json': JSON.stringify({
            global_step: step,
            best_model_checkpoint: `${'x'.repeat(3_000_000)}${step}`,
            log_history: [],
          }),
        });
    },
    exit: 0,
    words: '60 checkpoints, 0 errors',
  },
  {
    name: 'six checkpoints, each of which targets 59,000 modules of long names',
    make: (folder) => {
      for (let step = 1; step <= 6; step++)
        put(join(folder, `checkpoint-${step}`), {
          'adapter_config.json': adapterConfig({
            target_modules: Array.from(
              { length: 59_000 },
              (_, at) => `${'k'.repeat(300)}${at}c${step}`,
            ),
          }),
          'adapter_model.safetensors': adapterWeights(),
        });
    },
    exit: 1,
    words: '6 errors on 6 of 6 checkpoints',
  },
  {
    name: 'more names to save than are looked through',
    make: (folder) =>
      put(folder, {
        ...weights,
        [CONFIG]: adapterConfig({ modules_to_save: names(5001) }),
      }),
    exit: 3,
    words:
      'lists 5,001 names in modules_to_save, more than the 5,000 that are looked through',
  },
  {
    name: 'more targets than are looked through',
    make: (folder) =>
      put(folder, {
        ...weights,
        [CONFIG]: adapterConfig({ target_modules: names(190_000) }),
      }),
    exit: 3,
    words:
      'lists 190,000 names in target_modules, more than the 60,000 that are looked through',
  },
  {
    name: 'a configuration of 3 MB beside 30,000 tensors',
    make: (folder) =>
      put(folder, {
        [CONFIG]: adapterConfig({ r: 1, target_modules: names(50_000) }),
        [WEIGHTS]: pairs(15_000, (at) => `model.layers.${at}.q_proj`),
      }),
    exit: 3,
    words: 'loads and trained of 1 checkpoint not checked',
  },
  {
    name: 'a rank for each of 59,000 names, and 2,500 modules',
    make: (folder) =>
      put(folder, {
        [CONFIG]: adapterConfig({
          r: 1,
          rank_pattern: Object.fromEntries(
            names(59_000).map((name) => [name, 1]),
          ),
        }),
        [WEIGHTS]: pairs(2500, (at) => `model.layers.${at}.q_proj`),
      }),
    exit: 0,
    words: '1 checkpoint, 0 errors',
  },
  {
    name: 'a pattern of 160 loops in loops, and 300 modules of long names',
    make: (folder) =>
      put(folder, {
        [CONFIG]: adapterConfig({
          r: 1,
          target_modules: `${'(a*)*'.repeat(160)}q`,
        }),
        [WEIGHTS]: pairs(300, (at) => `${'a'.repeat(950)}${at}q`),
      }),
    exit: 0,
    words: '1 checkpoint, 0 errors',
  },
  {
    name: 'five indexes of 190,000 tensors in one shard',
    make: (folder) => {
      for (let step = 1; step <= 5; step++)
        put(join(folder, `checkpoint-${step}`), {
          'config.json': '{}',
          'a-shard.safetensors': adapterWeights(),
          'model.safetensors.index.json': JSON.stringify({
            metadata: {},
            weight_map: Object.fromEntries(
              Array.from({ length: 190_000 }, (_, at) => [
                `${'t'.repeat(60)}${at}c${step}`,
                'a-shard.safetensors',
              ]),
            ),
          }),
        });
    },
    exit: 1,
    words: '5 errors on 5 of 5 checkpoints',
  },
  {
    name: 'an index of 190,000 shards, none of them there',
    make: (folder) =>
      put(folder, {
        ...modelConfig,
        [INDEX]: JSON.stringify({
          metadata: {},
          weight_map: Object.fromEntries(
            Array.from({ length: 190_000 }, (_, at) => [`t${at}`, `s${at}`]),
          ),
        }),
      }),
    exit: 1,
    words: 'names 190,000 shards, of which 190,000 are missing',
  },
];

onPosix.each(ROWS)('$name', expectSaid);
