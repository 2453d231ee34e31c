import { torchRecordDamaged } from '../../../src/core/checks/loads/torch-record-damaged.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { stateDict, tensor } from '../../builders/pickle.ts';
import { buildTorchLegacy } from '../../builders/torch-legacy.ts';
import { lightningFile } from '../../builders/lightning.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { buildTorchZip, withoutHeader } from '../../builders/torch-zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const WHOLE = buildTorchZip({
  pickle: stateDict({
    a: tensor({ shape: [2, 4] }),
    b: tensor({ shape: [2, 4], key: '1' }),
  }),
  storages: [new Uint8Array(32).fill(0xaa), new Uint8Array(32).fill(0xbb)],
});
const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.bin': content,
});

/** The file with another byte at each place. */
function changed(...places: readonly number[]): Uint8Array {
  const bytes = WHOLE.slice();
  for (const at of places) bytes[at] = (bytes[at] ?? 0) ^ 0x40;
  return bytes;
}

/** Every checksum of the directory 0, as `set_crc32_options(False)` leaves them. */
function withoutSums(bytes: Uint8Array): Uint8Array {
  const without = bytes.slice();
  const view = new DataView(without.buffer);
  for (let at = 0; at + 46 <= without.length; at += 1)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 16, 0);
  return without;
}

const FIRST = WHOLE.indexOf(0xaa);
const SECOND = WHOLE.indexOf(0xbb);

testCheck(torchRecordDamaged, {
  clean: {
    'a whole torch file': adapter(WHOLE),
    'a file without checksums, whatever it holds': adapter(
      withoutSums(changed(FIRST)),
    ),
    'a change in the padding between records': adapter(changed(FIRST - 1)),
    'an adapter in safetensors': adapterFiles(),
    'a legacy file, which has no checksums': adapter(buildTorchLegacy()),
    'an older file of Lightning, whose local headers are not read': {
      'epoch=0-step=2.ckpt': withoutHeader(lightningFile(), 'data/1'),
      'epoch=1-step=4.ckpt': lightningFile({ step: 4 }),
    },
    'a model, whose values are not read': {
      'config.json': '{"model_type": "llama"}',
      'pytorch_model.bin': changed(FIRST),
    },
  },
  found: {
    'a record without its local header': {
      files: adapter(withoutHeader(WHOLE, 'data/1')),
      expect: [
        {
          message: 'headless',
          severity: 'error',
          text: /^In adapter_model\.bin, 1 record has no sound local header: data\/1\.$/,
        },
      ],
    },
    'two of a file without checksums': {
      files: adapter(
        withoutSums(
          withoutHeader(withoutHeader(WHOLE, 'data/0'), '.format_version'),
        ),
      ),
      expect: [
        {
          message: 'headless',
          text: /2 records have no sound local header: \.format_version, data\/0\.$/,
        },
      ],
    },
    'a local header that leads elsewhere': {
      files: adapter(withoutHeader(WHOLE, 'data/1', new Uint8Array(2), 26)),
      expect: [{ message: 'damaged', text: /: data\/1 / }],
    },
    'the newest file of Lightning, and the copy that carries no step': {
      files: {
        'epoch=0-step=2.ckpt': lightningFile(),
        'epoch=1-step=4.ckpt': withoutHeader(
          lightningFile({ step: 4 }),
          'data/1',
        ),
        'last.ckpt': withoutHeader(lightningFile({ step: 4 }), 'data/2'),
      },
      expect: [
        { message: 'headless', text: /: data\/1\.$/ },
        { message: 'headless', text: /: data\/2\.$/ },
      ],
    },
    'a model in the newest checkpoint of a Trainer': {
      files: trainerSave('checkpoint-2', {
        files: {
          'adapter_config.json': null,
          'adapter_model.safetensors': null,
          'config.json': '{"model_type": "llama"}',
          'pytorch_model.bin': withoutHeader(WHOLE, 'data/1'),
        },
      }),
      expect: [{ message: 'headless', text: /^In pytorch_model\.bin, / }],
    },
    'one byte of the values changed': {
      files: adapter(changed(SECOND + 31)),
      expect: [
        {
          message: 'damaged',
          severity: 'error',
          text: /^In adapter_model\.bin, 1 record of 8 does not match its CRC-32: data\/1 \(32 bytes\)\.$/,
        },
      ],
    },
    'a byte in each of both': {
      files: adapter(changed(FIRST, SECOND)),
      expect: [
        {
          message: 'damaged',
          text: /2 records of 8 do not match their CRC-32: data\/0, data\/1 \(64 bytes\)/,
        },
      ],
    },
  },
});
