import { mlxConfigInvalid } from '../../../src/core/checks/loads/mlx-config-invalid.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const WEIGHTS = {
  'adapters.safetensors': safetensors({ 'layers.0.lora_a': { shape: [4, 2] } }),
};
const config = (fields: Readonly<Record<string, unknown>>) => ({
  ...WEIGHTS,
  'adapter_config.json': JSON.stringify(fields),
});
const PARAMETERS = { rank: 8, scale: 20, dropout: 0 };
const LORA = {
  fine_tune_type: 'lora',
  num_layers: 2,
  lora_parameters: PARAMETERS,
};

testCheck(mlxConfigInvalid, {
  clean: {
    'an adapter of mlx_lm': config(LORA),
    'a full fine-tune, which names no layers': config({
      fine_tune_type: 'full',
    }),
    'an adapter of mlx_vlm': config({ rank: 8, alpha: 16, dropout: 0 }),
    'an adapter of PEFT': adapterFiles(),
  },
  found: {
    'no configuration': {
      files: WEIGHTS,
      expect: [{ message: 'missing', severity: 'error', path: 'run' }],
    },
    'a cut configuration': {
      files: { ...WEIGHTS, 'adapter_config.json': '{"num_layers": 2,' },
      expect: [
        {
          message: 'notJson',
          path: 'run/adapter_config.json',
          text: /ends in the middle of a value/,
        },
      ],
    },
    'an error page': {
      files: { ...WEIGHTS, 'adapter_config.json': '<html></html>' },
      expect: [{ message: 'placeholder', severity: 'error' }],
    },
    'a list': {
      files: { ...WEIGHTS, 'adapter_config.json': '[]' },
      expect: [{ message: 'notAnObject', severity: 'error' }],
    },
    "PEFT's configuration": {
      files: { ...WEIGHTS, 'adapter_config.json': adapterConfig() },
      expect: [{ message: 'ofPeft', severity: 'error', text: /"LORA"/ }],
    },
    'no layers named': {
      files: config({ fine_tune_type: 'lora', lora_parameters: PARAMETERS }),
      expect: [
        {
          message: 'fields',
          severity: 'warning',
          text: /^adapter_config\.json lacks num_layers\.$/,
        },
      ],
    },
    'parameters without a rate of dropout': {
      files: config({ num_layers: 2, lora_parameters: { rank: 8, scale: 20 } }),
      expect: [
        { message: 'fields', text: /lacks lora_parameters\.dropout\.$/ },
      ],
    },
  },
});
