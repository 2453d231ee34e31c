import { tensorConstant } from '../../../src/core/checks/trained/tensor-constant.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { filled, floats } from '../../builders/floats.ts';
import { safetensors } from '../../builders/safetensors.ts';
import type { TensorSpec } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const module = (layer: number) =>
  `base_model.model.model.layers.${layer}.self_attn.q_proj`;

/** A LoRA adapter, with a second layer that is as it should be. */
const adapter = (
  tensors: Readonly<Record<string, TensorSpec>>,
  config: Readonly<Record<string, unknown>> = {},
) => ({
  'adapter_config.json': adapterConfig(config),
  'adapter_model.safetensors': safetensors({
    [`${module(1)}.lora_A.weight`]: { shape: [2, 4] },
    [`${module(1)}.lora_B.weight`]: { shape: [4, 2] },
    ...tensors,
  }),
});
const A = `${module(0)}.lora_A.weight`;
const B = `${module(0)}.lora_B.weight`;
const EIGHT = floats([4, 2], [1, 2, 3, 4, 5, 6, 7, 8]);

/** Numbers, and zeros from one of them on. */
function cut(elements: number, from: number): TensorSpec {
  return floats(
    [2, elements / 2],
    Array.from({ length: elements }, (_, at) => (at < from ? 1 + at : 0)),
  );
}

testCheck(tensorConstant, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a B of zeros, with which training starts': adapter({
      [A]: { shape: [2, 4] },
      [B]: filled([4, 2], 0),
    }),
    'every B of zeros: that is the word of another check': {
      'adapter_config.json': adapterConfig(),
      'adapter_model.safetensors': safetensors({
        [A]: filled([2, 4], 0),
        [B]: filled([4, 2], 0),
      }),
    },
    'a bias of zeros': adapter(
      {
        [A]: { shape: [2, 4] },
        [B]: { shape: [4, 2] },
        [`${module(0)}.lora_B.bias`]: filled([4], 0),
      },
      { lora_bias: true },
    ),
    'factors of IA3 at 1': {
      'adapter_config.json': adapterConfig({ peft_type: 'IA3' }),
      'adapter_model.safetensors': safetensors({
        'base_model.model.model.layers.0.self_attn.q_proj.ia3_l': filled(
          [4, 1],
          1,
        ),
        'base_model.model.model.layers.1.self_attn.q_proj.ia3_l': filled(
          [4, 1],
          1,
        ),
      }),
    },
    'three equal numbers, which may be chance': adapter({
      [A]: filled([1, 3], 0.5),
      [B]: { shape: [4, 1] },
    }),
    'few zeros at the end': adapter({
      [A]: { shape: [2, 4] },
      [B]: cut(1200, 200),
    }),
    'a model, of which buffers are zero': {
      'config.json': '{"model_type": "llama"}',
      'model.safetensors': safetensors({
        a: filled([8], 0),
        b: { shape: [4] },
      }),
    },
  },
  found: {
    'copies of one parameter that differ': {
      files: {
        'adapter_config.json': adapterConfig({ peft_type: 'LILY' }),
        'adapter_model.safetensors': safetensors(
          Object.fromEntries(
            [0, 1].flatMap((layer) => [
              [
                `${module(layer)}.lily_A.weight`,
                floats([1, 4], [1, 2, 3, layer]),
              ],
              [
                `${module(layer)}.lily_B.weight`,
                floats([1, 4], [4, 5, 6, layer]),
              ],
              [
                `${module(layer)}.lily_router.weight`,
                floats([1, 1], [layer + 1]),
              ],
            ]),
          ),
        ),
      },
      expect: [
        {
          message: 'apart',
          severity: 'warning',
          text: /1 of 6 tensors is a copy .* other numbers than the last copy: .*layers\.0\.self_attn\.q_proj\.lily_B\.weight/,
        },
      ],
    },
    'a file of zeros': {
      files: {
        'config.json': '{"model_type": "llama"}',
        'model.safetensors': safetensors({
          a: filled([8], 0),
          b: filled([4], 0),
        }),
      },
      options: { depth: 'values' },
      expect: [
        {
          message: 'all',
          severity: 'error',
          text: /^All 2 tensors of model\.safetensors are zero throughout\.$/,
        },
      ],
    },
    'a file of one tensor, of zeros': {
      files: { 'model.safetensors': safetensors({ a: filled([8], 0) }) },
      options: { depth: 'values' },
      expect: [
        { message: 'all', text: /^The one tensor of model\.safetensors is/ },
      ],
    },
    'an A of zeros': {
      files: adapter({ [A]: filled([2, 4], 0), [B]: { shape: [4, 2] } }),
      expect: [
        {
          message: 'some',
          severity: 'warning',
          text: /1 of 4 tensors is zero throughout, .*layers\.0\.self_attn\.q_proj\.lora_A\.weight\.$/,
        },
      ],
    },
    'vectors that are divided by their length': {
      files: {
        'adapter_config.json': adapterConfig({ peft_type: 'HRA' }),
        'adapter_model.safetensors': safetensors({
          [`${module(0)}.hra_u`]: filled([4, 2], 0),
          [`${module(1)}.hra_u`]: { shape: [4, 2] },
        }),
      },
      expect: [{ message: 'divided', severity: 'error' }],
    },
    'factors of IA3 at another number than 1': {
      files: {
        'adapter_config.json': adapterConfig({ peft_type: 'IA3' }),
        'adapter_model.safetensors': safetensors({
          [`${module(0)}.ia3_l`]: filled([4, 1], 0.5),
          [`${module(1)}.ia3_l`]: { shape: [4, 1] },
        }),
      },
      expect: [{ message: 'constant' }],
    },
    'one number throughout': {
      files: adapter({ [A]: filled([2, 4], 0.5), [B]: { shape: [4, 2] } }),
      expect: [
        {
          message: 'constant',
          severity: 'warning',
          text: /1 of 4 tensors is one and the same number throughout: /,
        },
      ],
    },
    'a module with the numbers of another': {
      files: adapter({
        [A]: { shape: [2, 4] },
        [B]: EIGHT,
        [`${module(2)}.lora_A.weight`]: { shape: [2, 4] },
        [`${module(2)}.lora_B.weight`]: EIGHT,
      }),
      expect: [
        {
          message: 'copies',
          severity: 'warning',
          text: /1 of 6 tensors is a copy of another one in the file: .*layers\.2\./,
        },
      ],
    },
    'pages that repeat': {
      files: adapter({
        [A]: { shape: [2, 4] },
        [B]: floats(
          [4, 1024],
          Array.from({ length: 4096 }, (_, at) => 1 + (at % 1024)),
        ),
      }),
      expect: [
        {
          message: 'pages',
          severity: 'warning',
          text: /^In adapter_model\.safetensors, 3 pages of 4 KiB repeat the page before: .*lora_B\.weight\.$/,
        },
      ],
    },
    'pages that were never written': {
      files: adapter({ [A]: { shape: [2, 4] }, [B]: cut(2400, 200) }),
      expect: [
        {
          message: 'tail',
          severity: 'warning',
          text: /^The last 8\.6 KiB of adapter_model\.safetensors are zero, from within .*lora_B\.weight on\.$/,
        },
      ],
    },
  },
});
