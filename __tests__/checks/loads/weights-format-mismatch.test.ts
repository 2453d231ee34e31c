import { weightsFormatMismatch } from '../../../src/core/checks/loads/weights-format-mismatch.ts';
import {
  adapterConfig,
  adapterFiles,
  adapterWeights,
} from '../../builders/checkpoint.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const adapter = (name: string, content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  [name]: content,
});
const ZIP = new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0]);
const GZIP = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]);
const TAR = new Uint8Array(512).fill(1, 0, 9);
TAR.set(new TextEncoder().encode('ustar'), 257);
const NOTHING_KNOWN = new Uint8Array([0xfa, 0xfb, 1, 2, 3, 4, 5, 6, 7, 8]);

testCheck(weightsFormatMismatch, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a torch file': adapter('adapter_model.bin', buildTorchZip()),
    'a broken zip, which is another check': adapter('adapter_model.bin', ZIP),
    'a text, which is another check': {
      ...adapterFiles(),
      'adapter_model.safetensors': 'text',
    },
    'a broken safetensors header, which is another check': adapter(
      'adapter_model.safetensors',
      NOTHING_KNOWN,
    ),
  },
  found: {
    'a torch file named .safetensors': {
      files: adapter('adapter_model.safetensors', ZIP),
      expect: [
        {
          message: 'other',
          severity: 'error',
          text: /a zip archive, which the safetensors reader does not read/,
        },
      ],
    },
    'a safetensors file named .bin': {
      files: adapter('adapter_model.bin', adapterWeights()),
      expect: [
        { message: 'other', text: /a safetensors file, which torch\.load/ },
      ],
    },
    'a gzip archive': {
      files: adapter('adapter_model.bin', GZIP),
      expect: [{ message: 'other', text: /a gzip archive/ }],
    },
    'a tar archive': {
      files: adapter('adapter_model.bin', TAR),
      expect: [{ message: 'torchTar', severity: 'error' }],
    },
    'a TorchScript archive': {
      files: adapter(
        'adapter_model.bin',
        buildTorchZip({ records: { 'constants.pkl': 'x' } }),
      ),
      expect: [
        {
          message: 'torchScript',
          severity: 'error',
          text: /^adapter_model\.bin is a TorchScript archive/,
        },
      ],
    },
    'content of no known format': {
      files: adapter('adapter_model.bin', NOTHING_KNOWN),
      expect: [{ message: 'other', text: /first bytes fa fb 01/ }],
    },
  },
});
