import { dcpMetadataInvalid } from '../../../src/core/checks/resumes/dcp-metadata-invalid.ts';
import { pickle, text } from '../../builders/pickle.ts';
import { dcpFiles, dcpMetadata } from '../../builders/sharded.ts';
import { testCheck } from '../../helpers/test-check.ts';

const HEALTHY = dcpFiles('step-10');
const METADATA = dcpMetadata([{ name: '__0_0.distcp', length: 10 }]);
const withList = (list: Uint8Array | string) => ({
  ...HEALTHY,
  'step-10/.metadata': list,
});

testCheck(dcpMetadataInvalid, {
  clean: {
    'a distributed checkpoint': HEALTHY,
    'no list, which is another check': { 'step-10/__0_0.distcp': 'x' },
    'bytes behind the pickle, which Python does not look at': withList(
      pickle(METADATA, [1, 2, 3]),
    ),
    'a broken list beside those of the ranks, which torch takes then': {
      ...withList('x'),
      'step-10/__0.metadata': 'x',
    },
    'an object of a class that is not known': withList(
      pickle([0x63], new TextEncoder().encode('a\nB\n'), [0x29, 0x81, 0x2e]),
    ),
    'storage data of a kind that is not known': withList(
      dcpMetadata([], { storage_data: text('elsewhere') }),
    ),
    'a number that this version does not decode': withList(
      pickle([0x80, 4, 0x8b, 0x2c, 1, 0, 0], new Uint8Array(300)),
    ),
  },
  found: {
    'an empty list': {
      files: withList(''),
      expect: [
        {
          message: 'cut',
          severity: 'error',
          path: 'run/step-10/.metadata',
          text: /^\.metadata in step-10 is empty\.$/,
        },
      ],
    },
    'a list that was cut': {
      files: withList(METADATA.slice(0, 100)),
      expect: [{ message: 'cut', text: /ends after 100 bytes in the middle/ }],
    },
    'another text in its place': {
      files: withList('version https://git-lfs.github.com/spec/v1'),
      expect: [{ message: 'damaged', text: /byte 0 makes no sense/ }],
    },
    'a pickle that takes what was never put there': {
      files: withList(pickle([0x80, 4, 0x68, 9, 0x2e])),
      expect: [{ message: 'damaged', text: /byte 2 makes no sense/ }],
    },
    'a pickle that takes more than there is': {
      files: withList(pickle([0x80, 4, 0x52, 0x2e])),
      expect: [{ message: 'damaged' }],
    },
    'a pickle of a dict': {
      files: withList(pickle([0x80, 4, 0x7d, 0x2e])),
      expect: [{ message: 'other', text: /holds a dict of Python/ }],
    },
    'no places of values': {
      files: withList(dcpMetadata([], { storage_data: [0x4e] })),
      expect: [{ message: 'noStorage', severity: 'error' }],
    },
  },
});
