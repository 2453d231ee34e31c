import { join } from 'node:path';
import { adapterConfig, shardIndex } from '../builders/checkpoint.ts';
import { safetensors } from '../builders/safetensors.ts';
import { expectSaid, onPosix, put } from './support.ts';
import type { Row } from './support.ts';

/** The largest decodes two million tensors for each of three formats. */
const ROW_MAX_MS = 180_000;

const MODEL = 'checkpoint-5';

function tensorOf(layer: number, kind: string): string {
  return `base_model.model.model.layers.${layer}.self_attn.q_proj.${kind}.weight`;
}

/** A file of many tensors of one number. */
function manyTensors(
  count: number,
  nameOf: (at: number) => string,
): Uint8Array {
  return safetensors(
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        nameOf(at),
        { dtype: 'F16', shape: [1, 1] },
      ]),
    ),
  );
}

const ROWS: readonly Row[] = [
  {
    name: 'five checkpoints of 100,000 tensors each',
    make: (folder) => {
      for (let step = 1; step <= 5; step++) {
        const below = join(folder, `checkpoint-${step}`);
        put(below, {
          'adapter_config.json': adapterConfig({ r: 1 }),
          'adapter_model.safetensors': manyTensors(100_000, (at) =>
            tensorOf(at >> 1, at % 2 === 0 ? 'lora_A' : 'lora_B'),
          ),
        });
      }
    },
    exit: 0,
    words: '5 checkpoints, 0 errors',
  },
  {
    name: 'eight shards of 120,000 tensors each, of which the index names 160,000',
    make: (folder) => {
      put(folder, { [`${MODEL}/config.json`]: '{}' });
      const weightMap: Record<string, string> = {};
      for (let at = 1; at <= 8; at++) {
        const shard = `model-0000${at}-of-00008.safetensors`;
        const kind = `part${at}`;
        put(join(folder, MODEL), {
          [shard]: manyTensors(120_000, (layer) => tensorOf(layer, kind)),
        });
        for (let layer = 0; layer < 20_000; layer++)
          weightMap[tensorOf(layer, kind)] = shard;
      }
      put(folder, {
        [`${MODEL}/model.safetensors.index.json`]: shardIndex(weightMap),
      });
    },
    exit: 0,
    words:
      'More than 20,000 tensors in the shards are not in model.safetensors.index.json',
  },
];

onPosix.each(ROWS)('$name', expectSaid, ROW_MAX_MS);
