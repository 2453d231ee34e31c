import { adapterSliced } from '../../../src/core/checks/loads/adapter-sliced.ts';
import { adapterConfig } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const MODULE = 'base_model.model.model.layers.0.self_attn.q_proj';

/** An adapter of one pair, of these rows and columns. */
const step = (
  at: number,
  a: readonly number[],
  b: readonly number[],
  ...more: string[]
) => ({
  [`checkpoint-${at}/adapter_config.json`]: adapterConfig(),
  [`checkpoint-${at}/adapter_model.safetensors`]: safetensors({
    [`${MODULE}.lora_A.weight`]: { shape: a },
    [`${MODULE}.lora_B.weight`]: { shape: b },
    ...Object.fromEntries(more.map((name) => [name, { shape: [4] }])),
  }),
});

const vectors = (at: number, ...rows: readonly number[]) => ({
  [`checkpoint-${at}/adapter_config.json`]: adapterConfig({
    peft_type: 'IA3',
  }),
  [`checkpoint-${at}/adapter_model.safetensors`]: safetensors(
    Object.fromEntries(
      rows.map((length, index) => [
        `base_model.model.layers.${index}.k_proj.ia3_l`,
        { shape: [length, 1] },
      ]),
    ),
  ),
});

testCheck(adapterSliced, {
  clean: {
    'a run of whole adapters': {
      ...step(1, [8, 16], [16, 8]),
      ...step(2, [8, 16], [16, 8]),
    },
    'two ranks, of which the columns differ': {
      ...step(1, [8, 16], [16, 8]),
      ...step(2, [4, 16], [16, 4]),
    },
    'other tensors': {
      ...step(1, [8, 16], [16, 8], `${MODULE}.lora_B.bias`),
      ...step(2, [4, 16], [8, 8], `${MODULE}.other`),
    },
    'more tensors': {
      ...step(1, [8, 16], [16, 8], `${MODULE}.lora_B.bias`),
      ...step(2, [4, 16], [8, 8]),
    },
    'shares of two numbers of processes': {
      ...step(1, [8, 16], [16, 8]),
      ...step(2, [4, 16], [4, 8]),
    },
    'one tensor alone with fewer rows': {
      ...step(1, [8, 16], [16, 8]),
      ...step(2, [8, 16], [8, 8]),
    },
    'a header that cannot be read, which another check reports': {
      ...step(1, [8, 16], [16, 8]),
      ...step(2, [8, 16], [16, 8]),
      'checkpoint-2/adapter_model.safetensors': 'text',
    },
    'a single checkpoint': step(1, [4, 16], [8, 8]),
  },
  found: {
    'half of the rows': {
      files: {
        ...step(1, [8, 16], [16, 8]),
        ...step(2, [4, 16], [8, 8]),
        ...step(3, [8, 16], [16, 8]),
      },
      expect: [
        {
          message: 'refused',
          severity: 'error',
          path: 'run/checkpoint-2/adapter_model.safetensors',
          text: /2 tensors have 1\/2 of the rows that run\/checkpoint-1 has, .*lora_A\.weight is \[4, 16\], there \[8, 16\]/,
        },
      ],
    },
    'half of the rows of tensors that are no pairs': {
      files: { ...vectors(1, 8, 16), ...vectors(2, 4, 8) },
      expect: [
        {
          message: 'slice',
          severity: 'warning',
          path: 'run/checkpoint-2/adapter_model.safetensors',
          text: /1\/2 of the rows that run\/checkpoint-1 has: .*k_proj\.ia3_l is \[4, 1\], there \[8, 1\]/,
        },
      ],
    },
    'a share that is rounded up, of more processes than rows': {
      files: {
        ...step(1, [2, 16], [4, 2], `${MODULE}.lora_B.bias`),
        ...step(2, [8, 16], [16, 8], `${MODULE}.lora_B.bias`),
        ...step(3, [1, 16], [2, 8], `${MODULE}.lora_B.bias`),
        'checkpoint-3/adapter_model.safetensors': safetensors({
          [`${MODULE}.lora_A.weight`]: { shape: [1, 16] },
          [`${MODULE}.lora_B.weight`]: { shape: [1, 8] },
          [`${MODULE}.lora_B.bias`]: { shape: [1] },
        }),
      },
      expect: [
        {
          message: 'refused',
          path: 'run/checkpoint-3/adapter_model.safetensors',
          text: /1\/16 of the rows that run\/checkpoint-2 has/,
        },
      ],
    },
  },
});
