import { archiveCompressed } from '../../../src/core/checks/progress/archive-compressed.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { buildZip } from '../../builders/zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const MIB = 1024 * 1024;

/** At level 0 deflate adds 5 bytes to each 64 KiB, and is quick. */
const optimizer = (sizeBytes: number, level?: 0) => ({
  name: 'checkpoint-2/optimizer.pt',
  content: new Uint8Array(sizeBytes),
  ...(level === undefined ? {} : { level }),
});

testCheck(archiveCompressed, {
  clean: {
    'a folder': adapterFiles(),
    'a small archive that is compressed': buildZip([optimizer(MIB, 0)]),
    'a large archive of stored files': buildZip([optimizer(33 * MIB)]),
  },
  found: {
    'a large archive that is compressed': {
      files: buildZip([optimizer(33 * MIB, 0)]),
      expect: [
        {
          message: 'compressed',
          severity: 'notice',
          path: 'run',
          text: /^1 file of the archive is compressed, 33 MiB in all\.$/,
        },
      ],
    },
  },
});
