import { adapterTensorsMissing } from '../../../src/core/checks/loads/adapter-tensors-missing.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const PREFIX = 'base_model.model.';
const module = (layer: number, name = 'q_proj') =>
  `${PREFIX}model.layers.${layer}.self_attn.${name}`;

const adapter = (
  keys: readonly string[],
  config: Readonly<Record<string, unknown>> = {},
) => ({
  'adapter_config.json': adapterConfig(config),
  'adapter_model.safetensors': safetensors(
    Object.fromEntries(keys.map((key) => [key, { shape: [2, 2] }])),
  ),
});
const pair = (path: string) => [
  `${path}.lora_A.weight`,
  `${path}.lora_B.weight`,
];
const layers = (...numbers: readonly number[]) =>
  numbers.flatMap((layer) => pair(module(layer)));
const both = (...numbers: readonly number[]) =>
  numbers.flatMap((layer) => [
    ...pair(module(layer)),
    ...pair(module(layer, 'v_proj')),
  ]);
const TWO = { target_modules: ['q_proj', 'v_proj'] };

testCheck(adapterTensorsMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'layers that are chosen': adapter(layers(0, 2, 3), {
      layers_to_transform: [0, 2, 3],
    }),
    'the last layers without, which the base may not have': adapter(
      layers(0, 1),
    ),
    'several layers in a row without, as some architectures have it': adapter(
      layers(0, 1, 4, 5),
    ),
    'every other layer': adapter(layers(0, 2, 4)),
    'a pattern that is not followed': adapter(
      [...both(0, 2), ...pair(module(1))],
      { target_modules: String.raw`(?!x).*` },
    ),
    'a pattern that leaves a layer of one kind out': adapter(
      [...both(0, 2), ...pair(module(1))],
      { target_modules: String.raw`.*(?:q_proj|layers\.[02]\..*v_proj)` },
    ),
    'a head that is there': adapter(
      [...layers(0, 1), `${PREFIX}lm_head.weight`],
      { modules_to_save: ['lm_head'] },
    ),
    'the head of a task, which another check looks for': adapter(layers(0, 1), {
      task_type: 'SEQ_CLS',
      modules_to_save: ['classifier', 'score'],
    }),
    'MiCA, whose B is not saved': adapter([`${module(0)}.lora_A.weight`], {
      init_lora_weights: 'mica',
    }),
    'VeRA that saves no tables': adapter(
      [`${module(0)}.vera_lambda_b`, `${module(0)}.vera_lambda_d`],
      { peft_type: 'VERA', save_projection: false },
    ),
    'a type that the table lacks': adapter(['any.key'], {
      peft_type: 'XLORA',
    }),
  },
  found: {
    'only A': {
      files: adapter([
        `${module(0)}.lora_A.weight`,
        `${module(1)}.lora_A.weight`,
      ]),
      expect: [
        {
          message: 'partner',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /^lora_B\.weight is missing in 2 of 2 modules, which have the other half: /,
        },
      ],
    },
    'A here, B there': {
      files: adapter([
        ...layers(0),
        `${module(1)}.lora_A.weight`,
        `${module(2)}.lora_B.weight`,
      ]),
      expect: [
        { message: 'partner', text: /^lora_A\.weight is missing in 1 of 3/ },
        { message: 'partner', text: /^lora_B\.weight is missing in 1 of 3/ },
      ],
    },
    'DoRA without its vectors': {
      files: adapter(layers(0, 1), { use_dora: true }),
      expect: [
        {
          message: 'partner',
          text: /^lora_magnitude_vector is missing in 2 of 2 modules/,
        },
      ],
    },
    'biases that the configuration asks for': {
      files: adapter(layers(0, 1), { lora_bias: true }),
      expect: [
        {
          message: 'addend',
          severity: 'warning',
          text: /^lora_B\.bias is missing in 2 of 2 modules, and the configuration asks for it: /,
        },
      ],
    },
    'a part of numbered parameters': {
      files: adapter(
        ['adamss_A.0', 'adamss_A.1', 'adamss_B.0'].map(
          (end) => `${module(0)}.${end}`,
        ),
        { peft_type: 'ADAMSS' },
      ),
      expect: [
        { message: 'partner', text: /^adamss_B\.# is missing in 1 of 1/ },
      ],
    },
    'one vector of PSOFT': {
      files: adapter(
        ['psoft_R.weight', 'psoft_R.vector_a'].map(
          (end) => `${module(0)}.${end}`,
        ),
        { peft_type: 'PSOFT' },
      ),
      expect: [{ message: 'partner', text: /^psoft_R\.vector_b is missing/ }],
    },
    'one half of a path of GLoRA': {
      files: adapter([`${module(0)}.glora_A.Xd`, `${module(0)}.glora_B.X`], {
        peft_type: 'GLORA',
      }),
      expect: [{ message: 'partner', text: /^glora_A\.Xu is missing/ }],
    },
    'fewer prompts than layers that are to have one': {
      files: adapter(
        [`${module(0)}.adaption_gate`, `${module(0)}.adaption_prompt`],
        { peft_type: 'ADAPTION_PROMPT', adapter_layers: 2 },
      ),
      expect: [
        {
          message: 'promptLayers',
          severity: 'warning',
          text: /^adapter_layers says 2, and 1 module has a prompt\.$/,
        },
      ],
    },
    'a module in one of the layers that are chosen': {
      files: adapter([...both(0, 2), ...pair(module(5))], {
        ...TWO,
        layers_to_transform: [0, 2, 5],
      }),
      expect: [{ message: 'gap', text: /^Layer 5 of .*v_proj has no tensor/ }],
    },
    'the tables of VeRA': {
      files: adapter(
        [`${module(0)}.vera_lambda_b`, `${module(0)}.vera_lambda_d`],
        { peft_type: 'VERA' },
      ),
      expect: [
        {
          message: 'table',
          severity: 'error',
          text: /^The tables that all modules share are missing: vera_A\.$/,
        },
      ],
    },
    'a prompt': {
      files: adapter(['other'], { peft_type: 'PROMPT_TUNING' }),
      expect: [
        {
          message: 'prompt',
          severity: 'error',
          text: /no tensor is named prompt_embeddings\.$/,
        },
      ],
    },
    'a head that a decoder has': {
      files: adapter(layers(0, 1), { modules_to_save: ['lm_head'] }),
      expect: [
        {
          message: 'promised',
          severity: 'error',
          text: /^The configuration says that lm_head is saved with the adapter/,
        },
      ],
    },
    'a head of decoders on a base for another task': {
      files: adapter(layers(0, 1), {
        modules_to_save: ['lm_head'],
        task_type: 'FEATURE_EXTRACTION',
      }),
      expect: [{ message: 'perhaps', severity: 'warning' }],
    },
    'embeddings that a decoder has': {
      files: adapter(layers(0, 1), { modules_to_save: ['embed_tokens'] }),
      expect: [{ message: 'promised', severity: 'error' }],
    },
    'tokens that were trained': {
      files: adapter(layers(0, 1), { trainable_token_indices: [1] }),
      expect: [
        { message: 'promised', text: /trainable_tokens_delta is saved/ },
      ],
    },
    'a module that the base may have': {
      files: adapter(layers(0, 1), { modules_to_save: ['my_head'] }),
      expect: [{ message: 'perhaps', severity: 'warning', text: /my_head/ }],
    },
    'a layer among others': {
      files: adapter(layers(0, 2, 3)),
      expect: [
        {
          message: 'gap',
          severity: 'warning',
          text: /^Layer 1 of model\.layers\.# has no tensor, the others have\.$/,
        },
      ],
    },
    'one kind of module in one layer': {
      files: adapter([...both(0, 2), ...pair(module(1))], TWO),
      expect: [
        {
          message: 'gap',
          text: /^Layer 1 of model\.layers\.#\.self_attn\.v_proj has no tensor/,
        },
      ],
    },
    'layers that were copied': {
      files: adapter(layers(0, 1), {
        layer_replication: [
          [0, 2],
          [1, 3],
        ],
      }),
      expect: [
        {
          message: 'replicated',
          severity: 'warning',
          text: /^layer_replication makes a model of 4 layers, and the last layer with a tensor is number 1, counted from 0\.$/,
        },
      ],
    },
    'a target without any tensor': {
      files: adapter(layers(0, 1), TWO),
      expect: [
        {
          message: 'target',
          severity: 'warning',
          text: /^target_modules names v_proj, and the file has no tensor for it\.$/,
        },
      ],
    },
  },
});
