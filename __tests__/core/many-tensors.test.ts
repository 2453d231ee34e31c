import { expect, test } from '@jest/globals';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import { adapterConfig } from '../builders/checkpoint.ts';
import { filled } from '../builders/floats.ts';
import { safetensors } from '../builders/safetensors.ts';
import type { TensorSpec } from '../builders/safetensors.ts';
import { memorySource } from '../helpers/memory-source.ts';

const LAYERS = 2500;
/** As much as a person reads. */
const MOST_FINDINGS = 5;
const MOST_CHARACTERS = 500;

type Pair = (layer: number) => readonly [a: TensorSpec, b: TensorSpec];

const healthy: Pair = () => [{ shape: [2, 4] }, { shape: [4, 2] }];

function adapter(
  pair: Pair,
  nameOf: (layer: number, end: string) => string = (layer, end) =>
    `base_model.model.model.layers.${layer}.self_attn.q_proj.${end}.weight`,
) {
  const tensors: Record<string, TensorSpec> = {};
  for (let layer = 0; layer < LAYERS; layer++) {
    const [a, b] = pair(layer);
    tensors[nameOf(layer, 'lora_A')] = a;
    tensors[nameOf(layer, 'lora_B')] = b;
  }
  return safetensors(tensors);
}

const bare = (layer: number, end: string) => `layers.${layer}.${end}.weight`;
const own = (layer: number, end: string) =>
  `base_model.model.model.layers.${layer}.q_proj.${end}.mine${layer}.weight`;

test.each<[string, Uint8Array, number]>([
  ['healthy', adapter(healthy), 0],
  ['untrained', adapter(() => [{ shape: [2, 4] }, filled([4, 2], 0)]), 1],
  [
    'NaN in every tensor',
    adapter(() => [filled([2, 4], NaN), filled([4, 2], NaN)]),
    1,
  ],
  [
    'absurd and zero by turns',
    adapter((layer) =>
      layer % 2 === 0
        ? [filled([2, 4], 1e20), filled([4, 2], 1e5)]
        : [filled([2, 4], 0), { shape: [4, 2] }],
    ),
    3,
  ],
  ['keys without their prefix', adapter(healthy, bare), 1],
  ['an adapter name of its own in every key', adapter(healthy, own), 1],
  [
    'every layer of another rank',
    adapter((layer) => [
      { shape: [3 + (layer % 50), 4] },
      { shape: [4, 3 + (layer % 50)] },
    ]),
    1,
  ],
])(
  '5,000 tensors, %s: a report that is read',
  async (_name, weights, least) => {
    const { findings } = await inspect({
      targets: [
        {
          named: 'run',
          sources: [
            memorySource('run', {
              'adapter_config.json': adapterConfig(),
              'adapter_model.safetensors': weights,
            }),
          ],
        },
      ],
      options: { expect: 'auto', require: 'all' },
      checks: CHECKS,
    });
    expect(findings.length).toBeGreaterThanOrEqual(least);
    expect(findings.length).toBeLessThanOrEqual(
      least === 0 ? 0 : MOST_FINDINGS,
    );
    for (const { text } of findings)
      expect(text.length).toBeLessThan(MOST_CHARACTERS);
  },
);
