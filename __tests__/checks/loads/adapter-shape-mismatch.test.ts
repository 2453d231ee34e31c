import { adapterShapeMismatch } from '../../../src/core/checks/loads/adapter-shape-mismatch.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(adapterShapeMismatch, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'adapter-shape-mismatch': 'here' },
      expect: [{ message: 'found', text: /adapter-shape-mismatch/ }],
    },
  },
});
