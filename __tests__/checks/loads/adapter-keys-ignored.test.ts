import { adapterKeysIgnored } from '../../../src/core/checks/loads/adapter-keys-ignored.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(adapterKeysIgnored, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'adapter-keys-ignored': 'here' },
      expect: [{ message: 'found', text: /adapter-keys-ignored/ }],
    },
  },
});
