import { rngStateMissing } from '../../../src/core/checks/resumes/rng-state-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(rngStateMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'rng-state-missing': 'here' },
      expect: [{ message: 'found', text: /rng-state-missing/ }],
    },
  },
});
