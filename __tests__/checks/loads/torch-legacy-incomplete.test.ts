import { torchLegacyIncomplete } from '../../../src/core/checks/loads/torch-legacy-incomplete.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { buildTorchLegacy } from '../../builders/torch-legacy.ts';
import { concat } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const WHOLE = buildTorchLegacy();
const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.bin': content,
});

testCheck(torchLegacyIncomplete, {
  clean: {
    'an adapter in safetensors': adapterFiles(),
    'a whole legacy file': adapter(WHOLE),
    'bytes behind the values, which torch does not read': adapter(
      concat([WHOLE, new Uint8Array(9)]),
    ),
    'a file cut in its pickles, which is another check': adapter(
      WHOLE.slice(0, 60),
    ),
  },
  found: {
    'a file cut among its values': {
      files: adapter(WHOLE.slice(0, -30)),
      expect: [
        {
          message: 'cut',
          severity: 'error',
          text: new RegExp(
            `after ${WHOLE.length - 30} bytes of ${WHOLE.length} bytes: the values of 1 of 2 storages`,
          ),
        },
      ],
    },
    'another number of elements before the values': {
      files: adapter(buildTorchLegacy({ counts: [8, 9] })),
      expect: [{ message: 'count', text: /storage 1 is followed by 9 / }],
    },
    'values for no tensor': {
      files: adapter(buildTorchLegacy({ keys: ['0', '7'] })),
      expect: [{ message: 'key', text: /storage 7/ }],
    },
    'a protocol that was never there': {
      files: adapter(buildTorchLegacy({ protocol: 1002 })),
      expect: [{ message: 'protocol', text: /protocol 1002/ }],
    },
  },
});
