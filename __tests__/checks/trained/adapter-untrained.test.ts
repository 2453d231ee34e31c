import { adapterUntrained } from '../../../src/core/checks/trained/adapter-untrained.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { filled, floats } from '../../builders/floats.ts';
import { stateDict, tensor } from '../../builders/pickle.ts';
import { safetensors } from '../../builders/safetensors.ts';
import type { TensorSpec } from '../../builders/safetensors.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

type Tensors = Readonly<Record<string, TensorSpec>>;
type Config = Readonly<Record<string, unknown>>;

const module = (layer: number) =>
  `base_model.model.model.layers.${layer}.self_attn.q_proj`;
const ZERO_B = filled([4, 2], 0);
const pair = (layer: number, b: TensorSpec = ZERO_B): Tensors => ({
  [`${module(layer)}.lora_A.weight`]: { shape: [2, 4] },
  [`${module(layer)}.lora_B.weight`]: b,
});
const adapter = (tensors: Tensors, config: Config = {}, folder = '') => ({
  [`${folder}adapter_config.json`]: adapterConfig(config),
  [`${folder}adapter_model.safetensors`]: safetensors(tensors),
});
const UNTRAINED = { ...pair(0), ...pair(1) };

/** A checkpoint with what its Trainer logged. */
const step = (at: number, ...rates: readonly unknown[]) => ({
  ...adapter(UNTRAINED, {}, `checkpoint-${at}/`),
  [`checkpoint-${at}/trainer_state.json`]: JSON.stringify({
    global_step: at,
    log_history: rates.map((learning_rate) => ({ learning_rate })),
  }),
});
const one = (peft_type: string, tensors: Tensors) =>
  adapter(
    Object.fromEntries(
      Object.entries(tensors).map(([suffix, spec]) => [
        `${module(0)}.${suffix}`,
        spec,
      ]),
    ),
    { peft_type },
  );

testCheck(adapterUntrained, {
  clean: {
    'a trained adapter': adapterFiles(),
    'a B of all but zero': adapter(pair(0, filled([4, 2], 1e-8))),
    'PiSSA before training, whose B is not zero': adapter(
      pair(0, { shape: [4, 2] }),
      { init_lora_weights: 'pissa' },
    ),
    ...Object.fromEntries(
      ['olora', 'loftq', 'corda', 'eva', 'orthogonal', false].map((start) => [
        `values of a start of init_lora_weights ${start}`,
        adapter(pair(0, { shape: [4, 2] }), { init_lora_weights: start }),
      ]),
    ),
    'a B of no elements': adapter(pair(0, { shape: [0, 2] })),
    'a B of NaN': adapter(pair(0, filled([4, 2], NaN))),
    'one number of B that is not zero': adapter(
      pair(0, floats([4, 2], [0, 0, 0, 0, 0, 0, 0, 1e-45])),
    ),
    'biases of zeros beside a B that moved': adapter(
      {
        ...pair(0, { shape: [4, 2] }),
        [`${module(0)}.lora_B.bias`]: filled([4], 0),
      },
      { lora_bias: true },
    ),
    'names of diffusers': {
      'pytorch_lora_weights.safetensors': safetensors({
        'unet.down.to_q.lora.up.weight': ZERO_B,
        'unet.down.to_q.lora.down.weight': { shape: [2, 4] },
      }),
    },
    'names of kohya': {
      'last.safetensors': safetensors({
        'lora_unet_down_to_q.lora_up.weight': ZERO_B,
        'lora_unet_down_to_q.lora_down.weight': { shape: [2, 4] },
        'lora_unet_down_to_q.alpha': filled([], 8),
      }),
    },
    'reflections of HRA that moved': one('HRA', {
      hra_u: floats([3, 2], [1, 1, 2, 2, -3, -2.99]),
    }),
    'factors of IA3 that moved': one('IA3', { ia3_l: filled([4, 1], 1.5) }),
    'a prompt, which starts anywhere': adapter(
      { prompt_embeddings: filled([4, 8], 0) },
      { peft_type: 'PROMPT_TUNING' },
    ),
    'the weights before training': adapter(UNTRAINED, {}, 'pissa_init/'),
    'tensors that PEFT has no place for': adapter({
      'model.layers.0.q_proj.lora_B.weight': ZERO_B,
    }),
  },
  found: {
    'every B of LoRA at zero': {
      files: adapter(UNTRAINED),
      expect: [
        {
          message: 'all',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /^Not one of 2 modules has an effect: lora_B\.weight is 0 throughout in each\.$/,
        },
      ],
    },
    'one module': {
      files: adapter(pair(0)),
      expect: [
        {
          message: 'all',
          text: /^The one module has no effect: lora_B\.weight is 0 throughout\.$/,
        },
      ],
    },
    'zeros that are negative, in bfloat16': {
      files: adapter(
        pair(0, {
          dtype: 'BF16',
          shape: [4, 2],
          bytes: Uint8Array.from({ length: 16 }, (_, at) => (at % 2) * 0x80),
        }),
      ),
      expect: [{ message: 'all', severity: 'error' }],
    },
    'an A of zeros, with which B is nothing': {
      files: adapter({
        [`${module(0)}.lora_A.weight`]: filled([2, 4], 0),
        [`${module(0)}.lora_B.weight`]: { shape: [4, 2] },
      }),
      expect: [
        {
          message: 'all',
          text: /has no effect: lora_A\.weight is 0 throughout/,
        },
      ],
    },
    'zeros of both signs in float8': {
      files: adapter(
        pair(0, {
          dtype: 'F8_E4M3',
          shape: [4, 2],
          bytes: Uint8Array.of(0, 0x80, 0, 0x80, 0, 0, 0, 0x80),
        }),
      ),
      expect: [{ message: 'all', severity: 'error' }],
    },
    'a B of zeros of a type that 4 bits would hold': {
      files: adapter(
        pair(0, {
          dtype: 'F4',
          shape: [4, 2],
          bytes: Uint8Array.of(0, 8, 0, 128),
        }),
      ),
      expect: [{ message: 'all' }],
    },
    'a torch file': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.bin': buildTorchZip({
          pickle: stateDict({
            [`${module(0)}.lora_A.weight`]: tensor({ shape: [2, 4] }),
            [`${module(0)}.lora_B.weight`]: tensor({
              shape: [4, 2],
              key: '1',
            }),
          }),
          storages: [new Uint8Array(32).fill(0x3c), new Uint8Array(32)],
        }),
      },
      expect: [{ message: 'all', path: 'run/adapter_model.bin' }],
    },
    'factors of IA3 at 1': {
      files: one('IA3', { ia3_l: filled([4, 1], 1) }),
      expect: [{ message: 'all', text: /ia3_l is 1 throughout/ }],
    },
    'E of AdaLoRA at zero': {
      files: one('ADALORA', {
        lora_A: { shape: [2, 4] },
        lora_B: { shape: [4, 2] },
        lora_E: filled([2, 1], 0),
      }),
      expect: [{ message: 'all', text: /lora_E is 0 throughout/ }],
    },
    'vectors of VeRA': {
      files: one('VERA', {
        vera_lambda_b: filled([4], 0),
        vera_lambda_d: filled([2], 0.1),
      }),
      expect: [{ message: 'all', text: /vera_lambda_b is 0 throughout/ }],
    },
    'reflections of HRA at equal pairs of vectors': {
      files: one('HRA', { hra_u: floats([3, 2], [1, 1, 2, 2, -3, -3]) }),
      expect: [
        {
          message: 'all',
          text: /^The one module has no effect: the columns of hra_u are equal in pairs\.$/,
        },
      ],
    },
    'rotations of OFT': {
      files: one('OFT', { 'oft_R.weight': filled([2, 6], 0) }),
      expect: [{ message: 'all', text: /oft_R\.weight is 0 throughout/ }],
    },
    'a step of a warm-up: every rate logged is 0': {
      files: step(1, 0, 0.0),
      expect: [
        {
          message: 'rateZero',
          severity: 'notice',
          text: /no effect|has an effect yet/,
        },
      ],
    },
    'rates that are texts': {
      files: step(5, '0.0'),
      expect: [{ message: 'rateZero' }],
    },
    'a later step of which rates above 0 are logged': {
      files: step(2, 0, 1e-5),
      expect: [{ message: 'all', severity: 'error' }],
    },
    'the first step of a run that logs no rate': {
      files: step(1),
      expect: [
        {
          message: 'firstStep',
          severity: 'warning',
          text: /It is of step 1 or before, and no learning rate is logged\.$/,
        },
      ],
    },
    'step 0 of a run that logs no rate': {
      files: step(0),
      expect: [{ message: 'firstStep', severity: 'warning' }],
    },
    'step 1 of which a rate above 0 is logged': {
      files: step(1, 1e-4),
      expect: [{ message: 'all', severity: 'error' }],
    },
    'a log of a rate that is no number, at a later step': {
      files: step(5, 'constant'),
      expect: [{ message: 'all', severity: 'error' }],
    },
    'an adapter without a step and a log': {
      files: adapter(UNTRAINED, {}, 'out/'),
      expect: [{ message: 'all', severity: 'error' }],
    },
    'the second step of a run that logs no rate': {
      files: step(2),
      expect: [{ message: 'all', severity: 'error' }],
    },
    'some modules of several': {
      files: adapter({ ...UNTRAINED, ...pair(2, { shape: [4, 2] }) }),
      expect: [
        {
          message: 'some',
          severity: 'warning',
          text: /^2 of 3 modules have no effect: lora_B\.weight is 0 throughout in each, e\.g\. model\.layers\.0/,
        },
      ],
    },
  },
});
