import { adapterConfigMissing } from '../../../src/core/checks/loads/adapter-config-missing.ts';
import { adapterFiles, adapterWeights } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(adapterConfigMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'an adapter of diffusers, which has none': {
      'pytorch_lora_weights.safetensors': 'x',
    },
    'an adapter of torchtune, which has none': { 'adapter_model.pt': 'x' },
  },
  found: {
    'weights alone': {
      files: { 'adapter_model.safetensors': adapterWeights() },
      expect: [
        {
          message: 'missing',
          severity: 'error',
          path: 'run',
          text: /adapter_model\.safetensors .* is there, adapter_config\.json is not/,
        },
      ],
    },
    'a named adapter without it': {
      files: {
        ...adapterFiles('checkpoint-6'),
        'checkpoint-6/other/adapter_model.bin': 'x',
      },
      expect: [{ message: 'missing', path: 'run/checkpoint-6/other' }],
    },
  },
});
