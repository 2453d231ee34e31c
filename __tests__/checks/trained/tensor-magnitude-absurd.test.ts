import { tensorMagnitudeAbsurd } from '../../../src/core/checks/trained/tensor-magnitude-absurd.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { filled, floats } from '../../builders/floats.ts';
import { safetensors } from '../../builders/safetensors.ts';
import type { TensorSpec } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const MODULE = 'base_model.model.model.layers.0.self_attn.q_proj';

const adapter = (b: TensorSpec) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': safetensors({
    [`${MODULE}.lora_A.weight`]: { shape: [2, 4] },
    [`${MODULE}.lora_B.weight`]: b,
  }),
});

testCheck(tensorMagnitudeAbsurd, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'numbers just below the bound': adapter(floats([2, 1], [9999, -9999])),
    'a tensor of zeros': adapter(filled([4, 2], 0)),
    'small numbers beside one of an ordinary size': adapter(
      floats([2, 1], [1e-30, 0.01]),
    ),
    'large whole numbers': adapter({
      dtype: 'I32',
      shape: [1],
      bytes: Uint8Array.of(0, 0, 0, 0x7f),
    }),
    'a model with large buffers': {
      'config.json': '{"model_type": "llama"}',
      'model.safetensors': safetensors({ bias: floats([1], [1e30]) }),
    },
  },
  found: {
    'a large number': {
      files: adapter(floats([2, 1], [0.5, -10_000])),
      expect: [
        {
          message: 'large',
          severity: 'warning',
          text: /^In adapter_model\.safetensors, 1 of 2 tensors has numbers up to 1\.0e\+4: .*lora_B\.weight\.$/,
        },
      ],
    },
    'one whose square overflows': {
      files: adapter(floats([2, 1], [0.5, 2e19])),
      expect: [
        { message: 'overflowing', severity: 'error', text: /up to 2\.0e\+19/ },
      ],
    },
    'vectors whose length is 0 in 32 bits': {
      files: {
        'adapter_config.json': adapterConfig({ peft_type: 'HRA' }),
        'adapter_model.safetensors': safetensors({
          [`${MODULE}.hra_u`]: filled([4, 2], 1e-25),
        }),
      },
      expect: [{ message: 'divided', severity: 'error' }],
    },
    'small numbers in every tensor': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.safetensors': safetensors({
          [`${MODULE}.lora_A.weight`]: filled([2, 4], 5e-9),
          [`${MODULE}.lora_B.weight`]: filled([4, 2], 5e-9),
        }),
      },
      expect: [{ message: 'vanishing', text: /^In .*, 2 of 2 tensors have/ }],
    },
    'a large number in a table that is not trained': {
      files: {
        'adapter_config.json': adapterConfig({ peft_type: 'VERA' }),
        'adapter_model.safetensors': safetensors({
          'base_model.vera_A': filled([2, 4], 1e30),
          [`${MODULE}.vera_lambda_b`]: { shape: [4] },
        }),
      },
      expect: [{ message: 'large', severity: 'warning' }],
    },
    'numbers that rounding takes away': {
      files: adapter(floats([2, 1], [1e-20, -3e-21])),
      expect: [
        {
          message: 'faint',
          severity: 'warning',
          text: /1 of 2 tensors has no number above 1\.0e-20: .*lora_B\.weight/,
        },
      ],
    },
  },
});
