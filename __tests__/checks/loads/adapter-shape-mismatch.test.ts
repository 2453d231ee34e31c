import { adapterShapeMismatch } from '../../../src/core/checks/loads/adapter-shape-mismatch.ts';
import { adapterOf } from '../../builders/adapter.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import type { TensorSpec } from '../../builders/safetensors.ts';
import { PROMPT_SHAPES } from '../cases/prompt-shapes.ts';
import { SAVED_SHAPES } from '../cases/saved-shapes.ts';
import { testCheck } from '../../helpers/test-check.ts';

type Shape = readonly number[];

const module = (layer: number, name = 'q_proj') =>
  `base_model.model.model.layers.${layer}.self_attn.${name}`;
const pair = (path: string, a: Shape, b: Shape) => ({
  [`${path}.lora_A.weight`]: { shape: a },
  [`${path}.lora_B.weight`]: { shape: b },
});
const layers = (...shapes: readonly (readonly [Shape, Shape])[]) =>
  Object.assign(
    {},
    ...shapes.map(([a, b], layer) => pair(module(layer), a, b)),
  ) as Record<string, TensorSpec>;
/** A and B of rank 2. */
const RANK_2: readonly [Shape, Shape] = [
  [2, 4],
  [4, 2],
];
const prompt = (shape: Shape, config: Readonly<Record<string, unknown>>) =>
  adapterOf({ prompt_embeddings: { shape } }, config);

testCheck(adapterShapeMismatch, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'ranks by module': adapterOf(
      {
        ...pair(module(0), [2, 4], [4, 2]),
        ...pair(module(1), [8, 4], [4, 8]),
      },
      { rank_pattern: { 'layers.1.self_attn.q_proj': 8 } },
    ),
    'a pattern in rank_pattern, which is not followed': adapterOf(
      layers([
        [16, 4],
        [4, 16],
      ]),
      { rank_pattern: { '.*q_proj': 16 } },
    ),
    convolutions: adapterOf(pair(module(0), [2, 4, 3, 3], [8, 2, 1, 1])),
    'embeddings, which lie the other way': adapterOf(
      {
        'base_model.model.model.embed_tokens.lora_embedding_A': {
          shape: [2, 32],
        },
        'base_model.model.model.embed_tokens.lora_embedding_B': {
          shape: [8, 2],
        },
      },
      { target_modules: ['embed_tokens'] },
    ),
    'parameters of all experts at once': adapterOf(
      pair('base_model.model.model.layers.0.mlp.experts', [8, 4], [4, 8]),
      { target_modules: [], target_parameters: ['mlp.experts.up_proj'] },
    ),
    'layers of different widths': adapterOf(
      layers(RANK_2, [
        [2, 8],
        [8, 2],
      ]),
    ),
    'a prompt': prompt([4, 8], {
      peft_type: 'PROMPT_TUNING',
      num_virtual_tokens: 4,
      token_dim: 8,
    }),
    'a prompt of an encoder and a decoder': prompt([8, 8], {
      peft_type: 'PROMPT_TUNING',
      num_virtual_tokens: 4,
      token_dim: 8,
      num_transformer_submodules: 2,
    }),
    'IA3 without a word on feedforward modules': adapterOf(
      {
        [`${module(0)}.ia3_l`]: { shape: [8, 1] },
        [`${module(0, 'down_proj')}.ia3_l`]: { shape: [1, 8] },
      },
      { peft_type: 'IA3' },
    ),
    'MiSS in blocks': adapterOf(
      { [`${module(0)}.miss_block`]: { shape: [4, 2, 2] } },
      { peft_type: 'MISS', r: 2, init_weights: 'bat' },
    ),
    'r that is true, which is 1': adapterOf(
      { [`${module(0)}.hra_u`]: { shape: [8, 1] } },
      { peft_type: 'HRA', r: true },
    ),
    'a type that the table lacks': adapterOf(
      { any: { shape: [1] } },
      { peft_type: 'XLORA' },
    ),
  },
  found: {
    ...PROMPT_SHAPES,
    ...SAVED_SHAPES,
    'groups that do not divide the output of RoAd': {
      files: adapterOf(
        {
          [`${module(0)}.road_theta`]: { shape: [8] },
          [`${module(0)}.road_alpha`]: { shape: [8] },
        },
        { peft_type: 'ROAD', group_size: 64 },
      ),
      expect: [
        {
          message: 'derived',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /^In 1 of 1 module a tensor is not as PEFT works it out .* \(a multiple of 32\): .*road_theta \[8\]/,
        },
      ],
    },
    'another rank in the configuration': {
      files: adapterOf(layers(RANK_2, RANK_2), { r: 16 }),
      expect: [
        {
          message: 'rank',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /^The configuration gives 2 modules rank 16, the tensors have 2: .*lora_A\.weight \[2, 4\]/,
        },
      ],
    },
    'A and B of different ranks': {
      files: adapterOf(
        layers([
          [2, 4],
          [4, 3],
        ]),
      ),
      expect: [
        {
          message: 'rank',
          text: /^The configuration gives 1 module rank 2, the tensors have 3: .*lora_B\.weight \[4, 3\]/,
        },
      ],
    },
    'more ranks than are told apart': {
      files: adapterOf(layers(RANK_2, RANK_2, RANK_2, RANK_2), {
        rank_pattern: {
          'layers.0.self_attn.q_proj': 8,
          'layers.1.self_attn.q_proj': 16,
          'layers.2.self_attn.q_proj': 32,
          'layers.3.self_attn.q_proj': 64,
        },
      }),
      expect: [
        {
          message: 'ranks',
          severity: 'error',
          text: /^The configuration gives 4 modules 4 different ranks \(8, 16, 32 and 1 more\), the tensors have others \(2\): .*lora_A\.weight \[2, 4\], .* and 1 more\.$/,
        },
      ],
    },
    'a tensor of another number of dimensions': {
      files: adapterOf(layers(RANK_2, [[2, 4], [8]])),
      expect: [
        {
          message: 'shape',
          severity: 'error',
          text: /^In 1 of 2 modules a tensor is of another shape than/,
        },
      ],
    },
    'DoRA of another width than B': {
      files: adapterOf(
        {
          ...pair(module(0), [2, 4], [4, 2]),
          [`${module(0)}.lora_magnitude_vector`]: { shape: [5] },
        },
        { use_dora: true },
      ),
      expect: [{ message: 'shape', text: /lora_magnitude_vector \[5\]/ }],
    },
    'a convolution whose B is that of a linear layer': {
      files: adapterOf(pair(module(0), [2, 4, 3, 3], [8, 2])),
      expect: [{ message: 'shape' }],
    },
    'a bias of another width than B': {
      files: adapterOf(
        {
          ...pair(module(0), [2, 4], [4, 2]),
          [`${module(0)}.lora_B.bias`]: { shape: [5] },
        },
        { lora_bias: true },
      ),
      expect: [{ message: 'shape', text: /lora_B\.bias \[5\]/ }],
    },
    'products and sums of the rank': {
      files: adapterOf(
        {
          [`${module(0)}.psoft_R.weight`]: { shape: [3] },
          [`${module(0)}.psoft_R.vector_a`]: { shape: [3] },
          [`${module(0)}.psoft_R.vector_b`]: { shape: [3] },
          [`${module(1)}.psoft_R.weight`]: { shape: [5] },
        },
        { peft_type: 'PSOFT', r: 3 },
      ),
      expect: [
        {
          message: 'shape',
          text: /^In 1 of 2 modules a tensor is of another shape than \[r\(r-1\)\/2\] and .*layers\.1\..*psoft_R\.weight \[5\]/,
        },
      ],
    },
    'a product of two fields': {
      files: adapterOf(
        {
          [`${module(0)}.lily_A.weight`]: { shape: [2, 8] },
          [`${module(0)}.lily_B.weight`]: { shape: [5, 8] },
          [`${module(0)}.lily_router.weight`]: { shape: [2, 2] },
        },
        { peft_type: 'LILY', r: 2, num_B: 2 },
      ),
      expect: [{ message: 'shape', text: /than \[n·r, out\] and/ }],
    },
    'factors of IA3 that lie the other way': {
      files: adapterOf(
        {
          [`${module(0)}.ia3_l`]: { shape: [8, 1] },
          [`${module(0, 'down_proj')}.ia3_l`]: { shape: [8, 1] },
        },
        {
          peft_type: 'IA3',
          target_modules: ['q_proj', 'down_proj'],
          feedforward_modules: ['down_proj'],
        },
      ),
      expect: [{ message: 'shape', text: /than \[1, in\] and .*down_proj/ }],
    },
    'a head of whole numbers': {
      files: adapterOf({
        ...pair(module(0), [2, 4], [4, 2]),
        'base_model.model.score.weight': { dtype: 'I32', shape: [2, 4] },
      }),
      expect: [{ message: 'dtype' }],
    },
    'another number of trained tokens': {
      files: adapterOf(
        {
          ...pair(module(0), [2, 4], [4, 2]),
          'base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta':
            { shape: [3, 4] },
        },
        { trainable_token_indices: [1, 2] },
      ),
      expect: [{ message: 'prompt', text: /trainable_token_indices 2\.$/ }],
    },
    'whole numbers': {
      files: adapterOf({
        [`${module(0)}.lora_A.weight`]: { dtype: 'I32', shape: [2, 4] },
        [`${module(0)}.lora_B.weight`]: { shape: [4, 2] },
      }),
      expect: [
        {
          message: 'dtype',
          severity: 'error',
          text: /^1 of 2 tensors is stored as I32: /,
        },
      ],
    },
    'one layer of another width': {
      files: adapterOf(
        layers(
          RANK_2,
          [
            [2, 6],
            [4, 2],
          ],
          RANK_2,
        ),
      ),
      expect: [
        {
          message: 'odd',
          severity: 'warning',
          text: /has another shape than the rest, which are \[2, 4\]: .*layers\.1\..*\[2, 6\]/,
        },
      ],
    },
  },
});
