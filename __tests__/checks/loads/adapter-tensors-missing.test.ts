import { adapterTensorsMissing } from '../../../src/core/checks/loads/adapter-tensors-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(adapterTensorsMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'adapter-tensors-missing': 'here' },
      expect: [{ message: 'found', text: /adapter-tensors-missing/ }],
    },
  },
});
