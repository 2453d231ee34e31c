import { safetensorsOffsetsInvalid } from '../../../src/core/checks/loads/safetensors-offsets-invalid.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensorsOf } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': content,
});
/** Two F32 tensors of one element, with these offsets. */
const offsets = (first: string, second: string, bytes: number) =>
  adapter(
    safetensorsOf(
      `{"a":{"dtype":"F32","shape":[1],"data_offsets":${first}},"b":{"dtype":"F32","shape":[1],"data_offsets":${second}}}`,
      new Uint8Array(bytes),
    ),
  );

testCheck(safetensorsOffsetsInvalid, {
  clean: {
    'a whole file': adapterFiles(),
    'tensors in any order': offsets('[4,8]', '[0,4]', 8),
  },
  found: {
    'a hole': {
      files: offsets('[0,4]', '[8,12]', 12),
      expect: [
        {
          message: 'hole',
          severity: 'error',
          text: /tensor b begins at byte 8 of the data where 4 was due/,
        },
      ],
    },
    'a first tensor that does not begin at 0': {
      files: offsets('[4,8]', '[8,12]', 12),
      expect: [{ message: 'hole', text: /tensor a begins at byte 4/ }],
    },
    'an overlap': {
      files: offsets('[0,4]', '[2,6]', 6),
      expect: [{ message: 'overlap', text: /tensor b begins at byte 2/ }],
    },
    'an end before the beginning': {
      files: offsets('[0,4]', '[4,2]', 4),
      expect: [{ message: 'reversed', text: /ends at byte 2/ }],
    },
  },
});
