import { torchTrailingData } from '../../../src/core/checks/loads/torch-trailing-data.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { stateDict, tensor } from '../../builders/pickle.ts';
import { concat } from '../../builders/safetensors.ts';
import { buildTorchLegacy } from '../../builders/torch-legacy.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const STATE = stateDict({ 'a.lora_A.weight': tensor({ shape: [2, 4] }) });
const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.bin': content,
});
const zip = (pickle: Uint8Array) =>
  adapter(buildTorchZip({ pickle, storages: [new Uint8Array(32)] }));

testCheck(torchTrailingData, {
  clean: {
    'an adapter in safetensors': adapterFiles(),
    'a torch zip': zip(STATE),
    'a legacy torch file': adapter(buildTorchLegacy()),
    'a pickle that is refused, which is another check': zip(
      concat([STATE.slice(0, -3), STATE]),
    ),
  },
  found: {
    'a second pickle behind the first': {
      files: zip(concat([STATE, STATE])),
      expect: [
        {
          message: 'pickle',
          severity: 'warning',
          text: new RegExp(`${STATE.length} bytes follow the end`),
        },
      ],
    },
    'a second record of a name': {
      files: adapter(
        buildTorchZip({
          pickle: STATE,
          storages: [new Uint8Array(32)],
          extra: [{ name: 'archive/data.pkl', content: STATE }],
        }),
      ),
      expect: [
        {
          message: 'twice',
          severity: 'warning',
          text: /1 name of records stands twice, the first of them archive\/data\.pkl/,
        },
      ],
    },
    'bytes behind the values of a legacy file': {
      files: adapter(concat([buildTorchLegacy(), new Uint8Array(5)])),
      expect: [{ message: 'legacy', text: /5 bytes follow the last values/ }],
    },
  },
});
