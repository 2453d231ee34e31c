import { tensorZeroDimension } from '../../../src/core/checks/loads/tensor-zero-dimension.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const weights = safetensors({
  'base_model.model.a.lora_A.weight': { shape: [0] },
  'base_model.model.a.lora_B.weight': { shape: [4, 2] },
});

testCheck(tensorZeroDimension, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'an empty tensor of a full model': {
      'config.json': '{}',
      'model.safetensors': safetensors({ empty: { shape: [0] } }),
    },
  },
  found: {
    "ZeRO-3's empty tensors": {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.safetensors': weights,
      },
      expect: [
        {
          message: 'zero',
          severity: 'error',
          text: /1 tensor of 2 has a dimension of 0: base_model\.model\.a\.lora_A\.weight \[0\]/,
        },
      ],
    },
  },
});
