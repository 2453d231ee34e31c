import { adapterConfigMissing } from '../../../src/core/checks/loads/adapter-config-missing.ts';
import { adapterFiles, adapterWeights } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(adapterConfigMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'an adapter of diffusers, which has none': {
      'pytorch_lora_weights.safetensors': 'x',
    },
    'a configuration behind a link that is not followed': {
      'adapter_config.json': { link: '/elsewhere' },
      'adapter_model.safetensors': adapterWeights(),
    },
    'an adapter of kohya, which has none': {
      'style.safetensors': safetensors({
        'lora_unet_a.lora_down.weight': { shape: [2, 4] },
      }),
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
