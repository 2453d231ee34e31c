import { tensorZeroDimension } from '../../../src/core/checks/loads/tensor-zero-dimension.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const weights = safetensors({
  'base_model.model.a.lora_A.weight': { shape: [0] },
  'base_model.model.a.lora_B.weight': { shape: [4, 2] },
});

/** AdaLoRA names its tensors without `.weight`. */
const adalora = (firstRank: number, rankPattern: unknown) => ({
  'adapter_config.json': adapterConfig({
    peft_type: 'ADALORA',
    rank_pattern: rankPattern,
  }),
  'adapter_model.safetensors': safetensors({
    'base_model.model.a.lora_A': { shape: [0, 4] },
    'base_model.model.b.lora_A': { shape: [firstRank, 4] },
  }),
});
const PATTERN = { 'a.lora_E': [false], 'b.lora_E': [true] };

testCheck(tensorZeroDimension, {
  clean: {
    'a module from which AdaLoRA took all ranks': adalora(2, PATTERN),
    'a healthy adapter': adapterFiles(),
    'a scalar, which has no dimension': {
      ...adapterFiles(),
      'adapter_model.safetensors': safetensors({ alpha: { shape: [] } }),
    },
    'a torch file, which is not read for it': {
      'adapter_config.json': adapterConfig(),
      'adapter_model.bin': 'x',
    },
    'an empty tensor of a full model': {
      'config.json': '{}',
      'model.safetensors': safetensors({ empty: { shape: [0] } }),
    },
  },
  found: {
    'an AdaLoRA adapter without a rank pattern': {
      files: adalora(2, null),
      expect: [{ message: 'zero', text: /1 tensor of 2/ }],
    },
    'an AdaLoRA adapter without any value': {
      files: adalora(0, PATTERN),
      expect: [{ message: 'zero', text: /2 tensors of 2/ }],
    },
    'matrices with an empty side in a LoRA adapter': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.safetensors': safetensors({
          'a.lora_A.weight': { shape: [0, 4] },
          'a.lora_B.weight': { shape: [4, 0] },
        }),
      },
      expect: [
        {
          message: 'zero',
          path: 'run/adapter_model.safetensors',
          text: /2 tensors of 2 have a dimension of 0: a\.lora_A\.weight \[0, 4\], a\.lora_B\.weight \[4, 0\]/,
        },
      ],
    },
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
