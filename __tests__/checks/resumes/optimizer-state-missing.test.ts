import { optimizerStateMissing } from '../../../src/core/checks/resumes/optimizer-state-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(optimizerStateMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'optimizer-state-missing': 'here' },
      expect: [{ message: 'found', text: /optimizer-state-missing/ }],
    },
  },
});
