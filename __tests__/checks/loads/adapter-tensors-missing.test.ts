import { adapterTensorsMissing } from '../../../src/core/checks/loads/adapter-tensors-missing.ts';
import { adapterOfKeys, loraKeys, PREFIX } from '../../builders/adapter.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { PROMISES } from '../cases/promises.ts';
import { testCheck } from '../../helpers/test-check.ts';

const module = (layer: number, name = 'q_proj') =>
  `${PREFIX}model.layers.${layer}.self_attn.${name}`;

const layers = (...numbers: readonly number[]) =>
  numbers.flatMap((layer) => loraKeys(module(layer)));
const both = (...numbers: readonly number[]) =>
  numbers.flatMap((layer) => [
    ...loraKeys(module(layer)),
    ...loraKeys(module(layer, 'v_proj')),
  ]);
const TWO = { target_modules: ['q_proj', 'v_proj'] };

testCheck(adapterTensorsMissing, {
  clean: {
    'a copy of what the modules of a kind share': adapterOfKeys(
      [
        `${module(0)}.lily_A.weight`,
        `${module(0)}.lily_B.weight`,
        `${module(0)}.lily_router.weight`,
        `${module(1)}.lily_A.weight`,
        `${module(1)}.lily_router.weight`,
      ],
      { peft_type: 'LILY' },
    ),
    'a target that is excluded wherever it may be': adapterOfKeys(layers(0), {
      ...TWO,
      exclude_modules: ['layers.0.self_attn.v_proj'],
    }),
    'a healthy adapter': adapterFiles(),
    'layers that are chosen': adapterOfKeys(layers(0, 2, 3), {
      layers_to_transform: [0, 2, 3],
    }),
    'the last layers without, which the base may not have': adapterOfKeys(
      layers(0, 1),
    ),
    'several layers in a row without, as some architectures have it':
      adapterOfKeys(layers(0, 1, 4, 5)),
    'every other layer': adapterOfKeys(layers(0, 2, 4)),
    'a pattern that is not followed': adapterOfKeys(
      [...both(0, 2), ...loraKeys(module(1))],
      { target_modules: String.raw`(?!x).*` },
    ),
    'a pattern that leaves a layer of one kind out': adapterOfKeys(
      [...both(0, 2), ...loraKeys(module(1))],
      { target_modules: String.raw`.*(?:q_proj|layers\.[02]\..*v_proj)` },
    ),
    'a head that is there': adapterOfKeys(
      [...layers(0, 1), `${PREFIX}lm_head.weight`],
      { modules_to_save: ['lm_head'] },
    ),
    'the head of a task, which another check looks for': adapterOfKeys(
      layers(0, 1),
      {
        task_type: 'SEQ_CLS',
        modules_to_save: ['classifier', 'score'],
      },
    ),
    'MiCA, whose B is not saved': adapterOfKeys(
      [`${module(0)}.lora_A.weight`],
      {
        init_lora_weights: 'mica',
      },
    ),
    'VeRA that saves no tables': adapterOfKeys(
      [`${module(0)}.vera_lambda_b`, `${module(0)}.vera_lambda_d`],
      { peft_type: 'VERA', save_projection: false },
    ),
    'a type that the table lacks': adapterOfKeys(['any.key'], {
      peft_type: 'XLORA',
    }),
  },
  found: {
    ...PROMISES,
    'two linear modules where all are targeted': {
      files: adapterOfKeys(both(0, 1), { target_modules: 'all-linear' }),
      expect: [
        {
          message: 'linear',
          severity: 'warning',
          text: /^target_modules is all-linear, and the layers have tensors of model\.layers\.#\.self_attn\.q_proj, .*v_proj alone\.$/,
        },
      ],
    },
    'a parameter that is targeted': {
      files: adapterOfKeys(layers(0), {
        target_parameters: ['mlp.experts.down_proj'],
      }),
      expect: [{ message: 'target', text: /names mlp\.experts\.down_proj/ }],
    },
    'a bias of one layer': {
      files: adapterOfKeys(
        [...layers(0, 1), `${PREFIX}model.layers.0.mlp.up_proj.bias`],
        { bias: 'all' },
      ),
      expect: [{ message: 'gap', text: /Layer 1 of model\.layers\.#\.mlp/ }],
    },
    'only A': {
      files: adapterOfKeys([
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
      files: adapterOfKeys([
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
      files: adapterOfKeys(layers(0, 1), { use_dora: true }),
      expect: [
        {
          message: 'partner',
          text: /^lora_magnitude_vector is missing in 2 of 2 modules/,
        },
      ],
    },
    'biases that the configuration asks for': {
      files: adapterOfKeys(layers(0, 1), { lora_bias: true }),
      expect: [
        {
          message: 'addend',
          severity: 'warning',
          text: /^lora_B\.bias is missing in 2 of 2 modules, and the configuration asks for it: /,
        },
      ],
    },
    'a part of numbered parameters': {
      files: adapterOfKeys(
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
      files: adapterOfKeys(
        ['psoft_R.weight', 'psoft_R.vector_a'].map(
          (end) => `${module(0)}.${end}`,
        ),
        { peft_type: 'PSOFT' },
      ),
      expect: [{ message: 'partner', text: /^psoft_R\.vector_b is missing/ }],
    },
    'one half of a path of GLoRA': {
      files: adapterOfKeys(
        [`${module(0)}.glora_A.Xd`, `${module(0)}.glora_B.X`],
        {
          peft_type: 'GLORA',
        },
      ),
      expect: [{ message: 'partner', text: /^glora_A\.Xu is missing/ }],
    },
    'fewer prompts than layers that are to have one': {
      files: adapterOfKeys(
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
      files: adapterOfKeys([...both(0, 2), ...loraKeys(module(5))], {
        ...TWO,
        layers_to_transform: [0, 2, 5],
      }),
      expect: [{ message: 'gap', text: /^Layer 5 of .*v_proj has no tensor/ }],
    },
    'the tables of VeRA': {
      files: adapterOfKeys(
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
      files: adapterOfKeys(['other'], { peft_type: 'PROMPT_TUNING' }),
      expect: [
        {
          message: 'prompt',
          severity: 'error',
          text: /no tensor is named prompt_embeddings\.$/,
        },
      ],
    },
    'a layer among others': {
      files: adapterOfKeys(layers(0, 2, 3)),
      expect: [
        {
          message: 'gap',
          severity: 'warning',
          text: /^Layer 1 of model\.layers\.# has no tensor, the others have\.$/,
        },
      ],
    },
    'one kind of module in one layer': {
      files: adapterOfKeys([...both(0, 2), ...loraKeys(module(1))], TWO),
      expect: [
        {
          message: 'gap',
          text: /^Layer 1 of model\.layers\.#\.self_attn\.v_proj has no tensor/,
        },
      ],
    },
    'layers that were copied': {
      files: adapterOfKeys(layers(0, 1), {
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
      files: adapterOfKeys(layers(0, 1), TWO),
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
