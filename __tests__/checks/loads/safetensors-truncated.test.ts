import { safetensorsTruncated } from '../../../src/core/checks/loads/safetensors-truncated.ts';
import {
  adapterConfig,
  adapterFiles,
  adapterWeights,
} from '../../builders/checkpoint.ts';
import { concat } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': content,
});
const WHOLE = adapterWeights();

testCheck(safetensorsTruncated, {
  clean: {
    'a whole file': adapterFiles(),
    'a file with bytes too many, which is another check': adapter(
      concat([WHOLE, new Uint8Array(4)]),
    ),
    'a text': { ...adapterFiles(), 'adapter_model.safetensors': 'text' },
  },
  found: {
    'a file without its last byte': {
      files: adapter(WHOLE.slice(0, -1)),
      expect: [
        {
          message: 'data',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: new RegExp(
            `has ${WHOLE.length - 1} of ${WHOLE.length} bytes: 1 byte `,
          ),
        },
      ],
    },
    'a file cut in its header': {
      files: adapter(WHOLE.slice(0, 60)),
      expect: [{ message: 'header', text: /has 60 bytes, its header alone/ }],
    },
    'a file of 5 bytes': {
      files: adapter(new Uint8Array([0xfe, 1, 0, 0, 0])),
      expect: [{ message: 'start', text: /has 5 bytes/ }],
    },
  },
});
