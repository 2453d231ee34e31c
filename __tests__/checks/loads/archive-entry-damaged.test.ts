import { archiveEntryDamaged } from '../../../src/core/checks/loads/archive-entry-damaged.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { buildZip, type ZipFile } from '../../builders/zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const WEIGHTS = 'checkpoint-2/adapter_model.safetensors';
const CONFIG = 'checkpoint-2/adapter_config.json';

/** A healthy adapter in an archive, but for fields of one of its files. */
function zipWith(path: string, fields: Partial<ZipFile>): Uint8Array {
  return buildZip(
    Object.entries(adapterFiles('checkpoint-2')).flatMap(([name, content]) =>
      typeof content === 'string' || content instanceof Uint8Array
        ? [{ name, content, ...(name === path ? fields : {}) }]
        : [],
    ),
  );
}

const wrongSum = { directory: { crc32: 1 } };
const headers =
  /^adapter_model\.safetensors cannot be unpacked whole: its header /;

testCheck(archiveEntryDamaged, {
  clean: {
    'a folder': adapterFiles(),
    'stored files': zipWith('', {}),
    'deflated files': zipWith(WEIGHTS, { level: 6 }),
    'damage of a file that no loader reads': buildZip([
      { name: 'notes.txt', content: 'x', ...wrongSum },
    ]),
  },
  found: {
    'a header that contradicts the directory': {
      files: zipWith(WEIGHTS, wrongSum),
      expect: [
        {
          message: 'damaged',
          severity: 'error',
          path: `run/${WEIGHTS}`,
          text: headers,
        },
      ],
    },
    'a configuration under another name': {
      files: zipWith(CONFIG, { localName: 'checkpoint-2/adapter_confiG.json' }),
      expect: [
        { message: 'damaged', path: `run/${CONFIG}`, text: /has another name/ },
      ],
    },
    'weights that cannot be decompressed': {
      files: zipWith(WEIGHTS, { method: 8 }),
      expect: [{ message: 'damaged', text: /its content cannot be decompre/ }],
    },
    'weights that are shorter than stated': {
      files: zipWith(WEIGHTS, {
        level: 6,
        flags: 8,
        directory: { sizeBytes: 2000 },
      }),
      expect: [{ message: 'damaged', text: /ends after|header states/ }],
    },
  },
});
