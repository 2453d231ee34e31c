import { safetensorsTrailingBytes } from '../../../src/core/checks/loads/safetensors-trailing-bytes.ts';
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

testCheck(safetensorsTrailingBytes, {
  clean: {
    'a whole file': adapterFiles(),
    'a cut file, which is another check': adapter(WHOLE.slice(0, -1)),
  },
  found: {
    'a file with 16 bytes too many': {
      files: adapter(concat([WHOLE, new Uint8Array(16)])),
      expect: [
        {
          message: 'trailing',
          severity: 'error',
          text: new RegExp(`byte ${WHOLE.length} and goes on for 16 bytes`),
        },
      ],
    },
  },
});
