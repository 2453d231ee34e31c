import { adapterConfig } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import type { FoundCase } from '../../helpers/test-check.ts';

/** Settings that layers of an adapter do not have, as its tensors show. */
export const UNSUPPORTED: Readonly<Record<string, FoundCase>> = {
  'a start that no convolution has': {
    files: {
      'adapter_config.json': adapterConfig({ init_lora_weights: 'pissa' }),
      'adapter_model.safetensors': safetensors({
        'base_model.model.q_proj.lora_A.weight': { shape: [2, 8, 3, 3] },
        'base_model.model.q_proj.lora_B.weight': { shape: [4, 2, 1, 1] },
      }),
    },
    expect: [
      {
        message: 'unsupported',
        text: /init_lora_weights = "pissa", which PEFT does not have for convolutions \(q_proj\)/,
      },
    ],
  },
  'a dropout that no parameter has': {
    files: {
      'adapter_config.json': adapterConfig({
        lora_dropout: 0.1,
        target_modules: [],
        target_parameters: ['mlp.experts.down_proj'],
      }),
      'adapter_model.safetensors': safetensors({
        'base_model.model.layers.0.mlp.experts.lora_A.weight': {
          shape: [2, 8],
        },
        'base_model.model.layers.0.mlp.experts.lora_B.weight': {
          shape: [4, 2],
        },
      }),
    },
    expect: [
      {
        message: 'unsupported',
        text: /lora_dropout = 0\.1, which PEFT does not have for parameters \(mlp\.experts\.down_proj\)/,
      },
    ],
  },
  'layers that no number can be looked up in': {
    files: {
      'adapter_config.json': adapterConfig({ layers_to_transform: '0' }),
      'adapter_model.safetensors': safetensors({
        'base_model.model.layers.0.q_proj.lora_A.weight': { shape: [2, 8] },
        'base_model.model.layers.0.q_proj.lora_B.weight': { shape: [4, 2] },
      }),
    },
    expect: [{ message: 'fields', text: /layers_to_transform = "0" \(LORA/ }],
  },
  'a bias that no embedding has': {
    files: {
      'adapter_config.json': adapterConfig({ lora_bias: true }),
      'adapter_model.safetensors': safetensors({
        'base_model.model.model.embed_tokens.lora_embedding_A': {
          shape: [2, 8],
        },
        'base_model.model.model.embed_tokens.lora_embedding_B': {
          shape: [4, 2],
        },
      }),
    },
    expect: [
      {
        message: 'unsupported',
        text: /lora_bias = true, which PEFT does not have for embeddings \(model\.embed_tokens\)/,
      },
    ],
  },
  'MiCA for parameters': {
    files: {
      'adapter_config.json': adapterConfig({
        init_lora_weights: 'mica',
        target_parameters: ['mlp.experts.down_proj'],
      }),
      'adapter_model.safetensors': safetensors({
        'base_model.model.model.layers.0.mlp.experts.lora_A.weight': {
          shape: [4, 8],
        },
      }),
    },
    expect: [
      {
        message: 'unsupported',
        severity: 'error',
        text: /"mica", which PEFT does not have for parameters \(mlp\.experts\.down_proj\)/,
      },
    ],
  },
};
