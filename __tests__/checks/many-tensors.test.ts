import { expect, test } from '@jest/globals';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import { adapterConfig } from '../builders/checkpoint.ts';
import { filled } from '../builders/floats.ts';
import { safetensors } from '../builders/safetensors.ts';
import type { TensorSpec } from '../builders/safetensors.ts';
import { memorySource } from '../helpers/memory-source.ts';

/** Modules of an adapter; each has two tensors. */
const MODULES = 2500;

/** A finding has to fit an annotation and a line of a table. */
const MOST_CHARACTERS = 400;
const MOST_FINDINGS = 5;

interface Built {
  /** Before the path of every module. */
  readonly prefix?: string;
  readonly a?: (layer: number) => TensorSpec;
  readonly b?: (layer: number) => TensorSpec;
  readonly config?: Readonly<Record<string, unknown>>;
  /** After `lora_A` and `lora_B`. */
  readonly suffix?: string;
}

const WHOLE_A: TensorSpec = { shape: [2, 4] };
const WHOLE_B: TensorSpec = { shape: [4, 2] };

async function findingsOf({
  prefix = 'base_model.model.model.',
  suffix = '.weight',
  a = () => WHOLE_A,
  b = () => WHOLE_B,
  config = {},
}: Built) {
  const tensors = Array.from({ length: MODULES }, (_, layer) => {
    const module = `${prefix}layers.${layer}.self_attn.q_proj`;
    return [
      [`${module}.lora_A${suffix}`, a(layer)],
      [`${module}.lora_B${suffix}`, b(layer)],
    ] as const;
  });
  const source = memorySource('run', {
    'adapter_config.json': adapterConfig(config),
    'adapter_model.safetensors': safetensors(
      Object.fromEntries(tensors.flat()),
    ),
  });
  const { findings } = await inspect({
    targets: [{ named: 'run', sources: [source] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  return findings;
}

test('5,000 tensors without a fault lead to no finding', async () => {
  const findings = await findingsOf({});
  expect(findings.map(({ text }) => text)).toEqual([]);
});

test.each([
  [
    'a NaN in each',
    { a: () => filled([2, 4], NaN), b: () => filled([4, 2], NaN) },
    'tensor-not-finite',
  ],
  ['a wrong prefix in each', { prefix: 'model.' }, 'adapter-keys-ignored'],
  [
    'the name of a wrapper in each',
    { prefix: '_orig_mod.base_model.model.model.' },
    'adapter-keys-ignored',
  ],
  [
    'the name of the adapter in each',
    { suffix: '.other.weight' },
    'adapter-keys-ignored',
  ],
  [
    'no name that PEFT knows in each',
    { suffix: '.kernel' },
    'adapter-keys-ignored',
  ],
  ['another rank in each', { config: { r: 3 } }, 'adapter-shape-mismatch'],
  [
    'another rank in each, of 100 ranks',
    {
      a: (layer) => ({ shape: [3 + (layer % 100), 1] }),
      b: (layer) => ({ shape: [1, 3 + (layer % 100)] }),
    },
    'adapter-shape-mismatch',
  ],
  [
    'another rank in each than its pattern gives it',
    {
      config: {
        rank_pattern: Object.fromEntries(
          Array.from({ length: 50 }, (_, layer) => [
            `layers.${layer}.self_attn.q_proj`,
            3 + layer,
          ]),
        ),
      },
    },
    'adapter-shape-mismatch',
  ],
  [
    'halves of different rank in each',
    { a: () => ({ shape: [3, 4] }) },
    'adapter-shape-mismatch',
  ],
  [
    'a dimension too few in each',
    { a: () => ({ shape: [8] }), b: () => ({ shape: [8] }) },
    'adapter-shape-mismatch',
  ],
  [
    'no elements in each',
    { a: () => ({ shape: [0, 4] }), b: () => ({ shape: [4, 0] }) },
    'tensor-zero-dimension',
  ],
  ['a B of zeros in each', { b: () => filled([4, 2], 0) }, 'adapter-untrained'],
  [
    'zeros in all',
    { a: () => filled([2, 4], 0), b: () => filled([4, 2], 0) },
    'adapter-untrained',
  ],
  ['an A of zeros in each', { a: () => filled([2, 4], 0) }, 'tensor-constant'],
  [
    'one number in each',
    { a: (layer) => filled([2, 4], 1 + layer / 1e4) },
    'tensor-constant',
  ],
  [
    'large numbers in each',
    { b: (layer) => filled([4, 2], 20_000 + layer) },
    'tensor-magnitude-absurd',
  ],
  [
    'vanishing numbers in each',
    { b: (layer) => filled([4, 2], 1e-30 + layer * 1e-34) },
    'tensor-magnitude-absurd',
  ],
  [
    'layers that are not targeted',
    { config: { target_modules: ['v_proj'] } },
    'adapter-keys-ignored',
  ],
] satisfies readonly (readonly [string, Built, string])[])(
  'of 5,000 tensors %s ends in a few short findings',
  async (_name, built, check) => {
    const findings = await findingsOf(built);
    expect(findings.map((one) => one.check)).toContain(check);
    expect(findings.length).toBeLessThanOrEqual(MOST_FINDINGS);
    for (const { text } of findings)
      expect(text.length).toBeLessThan(MOST_CHARACTERS);
  },
);
