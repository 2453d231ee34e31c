import { torchZipIncomplete } from '../../../src/core/checks/loads/torch-zip-incomplete.ts';
import {
  adapterConfig,
  adapterFiles,
  adapterWeights,
} from '../../builders/checkpoint.ts';
import { stateDict, tensor } from '../../builders/pickle.ts';
import { concat } from '../../builders/safetensors.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { buildZip } from '../../builders/zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const WHOLE = buildTorchZip();
const PLAIN = buildTorchZip({ options: { isZip64: false } });
const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.bin': content,
});
const TWO_TENSORS = buildTorchZip({
  pickle: stateDict({
    a: tensor({ shape: [2, 4] }),
    b: tensor({ shape: [2, 4], key: '1' }),
  }),
  storages: [new Uint8Array(32).fill(0xaa), new Uint8Array(32).fill(0xbb)],
});
const half = WHOLE.length >> 1;

testCheck(torchZipIncomplete, {
  clean: {
    'a whole torch file': adapter(WHOLE),
    'a whole torch file with a byte too many': adapter(
      concat([WHOLE, new Uint8Array([1])]),
    ),
    'a file without its beginning, which is another check': adapter(
      WHOLE.slice(1000),
    ),
    'a broken .bin beside the safetensors file': {
      ...adapterFiles(),
      'adapter_model.bin': WHOLE.slice(0, half),
    },
    'a safetensors file named .bin': adapter(adapterWeights()),
  },
  found: {
    'a file cut in half': {
      files: adapter(WHOLE.slice(0, half)),
      expect: [
        {
          message: 'cut',
          severity: 'error',
          text: new RegExp(`after ${half}`),
        },
      ],
    },
    'a file cut behind the first of two tensors': {
      files: adapter(TWO_TENSORS.slice(0, TWO_TENSORS.indexOf(0xbb) + 4)),
      expect: [
        {
          message: 'cut',
          text: /The values of 1 of 2 storages are complete \(50 % of their bytes\); the first tensor that is lost is b\.$/,
        },
      ],
    },
    'a file whose directory alone is lost': {
      files: adapter(TWO_TENSORS.slice(0, -300)),
      expect: [
        { message: 'cut', text: /2 of 2 storages .*: no tensor is lost\.$/ },
      ],
    },
    'a file whose end is zero': {
      files: adapter(concat([WHOLE.slice(0, half), new Uint8Array(5000)])),
      expect: [{ message: 'zeroTail', text: /last 4,096 bytes or more/ }],
    },
    'a directory that points beyond the file': {
      files: adapter(withDirectoryOffset(PLAIN, 0x7fffffff)),
      expect: [
        {
          message: 'damaged',
          text: /contradicts itself or the file \(directory-/,
        },
      ],
    },
    'a zip archive of other things': {
      files: adapter(buildZip([{ name: 'notes.txt', content: 'hello' }])),
      expect: [
        {
          message: 'notTorch',
          text: /is a zip archive but not one that torch\.save wrote \([a-z-]+\)/,
        },
      ],
    },
  },
});

/** The end record's offset of the directory: bytes 16 to 19 of the last 22. */
function withDirectoryOffset(zip: Uint8Array, offset: number): Uint8Array {
  const changed = zip.slice();
  new DataView(changed.buffer).setUint32(changed.length - 6, offset, true);
  return changed;
}
