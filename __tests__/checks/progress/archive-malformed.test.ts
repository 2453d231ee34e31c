import { archiveMalformed } from '../../../src/core/checks/progress/archive-malformed.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { buildZip } from '../../builders/zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const WHOLE = Object.entries(adapterFiles('checkpoint-2')).flatMap(
  ([name, content]) =>
    typeof content === 'string' || content instanceof Uint8Array
      ? [{ name, content }]
      : [],
);
const zip = buildZip(WHOLE);
const FIRST = { name: 'a.txt', content: 'one' };

testCheck(archiveMalformed, {
  clean: {
    'a folder': adapterFiles(),
    'an archive of stored files': zip,
    'an archive as the uploader writes it': buildZip(
      WHOLE.map((file) => ({ ...file, level: 6 })),
      { hasDescriptors: true },
    ),
    'an archive without files': buildZip([]),
    'folders that are named twice': buildZip([
      { name: 'run/' },
      { name: 'run/' },
      ...WHOLE,
    ]),
  },
  found: {
    'an archive that was cut': {
      files: zip.slice(0, -100),
      expect: [
        {
          message: 'unlistable',
          severity: 'error',
          path: 'run',
          text: /^The archive has [\d,]+ bytes and no directory at their end, .*: it was cut\.$/,
        },
      ],
    },
    'a file that is no archive': {
      files: new TextEncoder().encode('<html>404</html>'),
      expect: [{ message: 'unlistable', text: /is no zip file: its 16 bytes/ }],
    },
    'names that lead out of the folder': {
      files: buildZip([{ name: '../../evil.txt' }, { name: 'C:/x' }, ...WHOLE]),
      expect: [{ message: 'unsafeNames', text: /^2 names .*evil\.txt/ }],
    },
    'one name with two contents': {
      files: buildZip([FIRST, { ...FIRST, content: 'two' }]),
      expect: [
        { message: 'differingDuplicates', severity: 'error', text: /a\.txt/ },
      ],
    },
    'one name with one content': {
      files: buildZip([FIRST, { ...FIRST, name: './a.txt' }]),
      expect: [{ message: 'duplicates', severity: 'warning', text: /a\.txt/ }],
    },
    'files that share bytes': {
      files: buildZip([
        FIRST,
        { ...FIRST, name: 'b.txt', directory: { localHeaderOffset: 4 } },
      ]),
      expect: [{ message: 'overlaps', severity: 'error', text: /b\.txt/ }],
    },
    'a file that is a folder': {
      files: buildZip([FIRST, { name: 'a.txt/b' }]),
      expect: [{ message: 'fileAndFolder', severity: 'error' }],
    },
    'a size that deflate cannot reach': {
      files: buildZip([
        { ...FIRST, level: 6, directory: { sizeBytes: 1_000_000_000 } },
      ]),
      expect: [{ message: 'absurdRatios', severity: 'error', text: /1,032/ }],
    },
    'an encrypted file': {
      files: buildZip([{ ...FIRST, flags: 1 }]),
      expect: [{ message: 'encrypted', severity: 'warning' }],
    },
    'a file packed by bzip2': {
      files: buildZip([{ ...FIRST, method: 12 }]),
      expect: [{ message: 'unknownMethods', severity: 'warning' }],
    },
    'a file that reaches into the directory': {
      files: buildZip([
        FIRST,
        { ...FIRST, name: 'b.txt', directory: { localHeaderOffset: 40 } },
      ]),
      expect: [{ message: 'beyondDirectory', severity: 'warning' }],
    },
    'stored files of two sizes': {
      files: buildZip([{ ...FIRST, directory: { sizeBytes: 2 } }]),
      expect: [
        { message: 'inconsistent', severity: 'warning', text: /1 place, at a/ },
      ],
    },
  },
});
