import { safetensorsSizeMismatch } from '../../../src/core/checks/loads/safetensors-size-mismatch.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensorsOf } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': content,
});
const tensor = (dtype: string, shape: string, bytes: number) =>
  adapter(
    safetensorsOf(
      `{"t":{"dtype":"${dtype}","shape":${shape},"data_offsets":[0,${bytes}]}}`,
      new Uint8Array(bytes),
    ),
  );

testCheck(safetensorsSizeMismatch, {
  clean: {
    'a whole file': adapterFiles(),
    'a scalar': tensor('F32', '[]', 4),
    'an even number of 4-bit values': tensor('F4', '[4]', 2),
  },
  found: {
    'too few bytes': {
      files: tensor('F32', '[2, 3]', 20),
      expect: [
        {
          message: 'size',
          severity: 'error',
          text: /tensor t of dtype F32 and shape \[2, 3\] takes 24 bytes, but 20/,
        },
      ],
    },
    'a shape beyond 64 bits': {
      files: tensor('F32', '[9223372036854775808, 4]', 4),
      expect: [
        {
          message: 'overflow',
          text: /tensor t has a shape whose size exceeds 64 bits/,
        },
      ],
    },
    'an odd number of 4-bit values': {
      files: tensor('F4', '[3]', 2),
      expect: [{ message: 'misaligned', text: /takes 12 bits/ }],
    },
  },
});
