import { bestCheckpointMissing } from '../../../src/core/checks/resumes/best-checkpoint-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(bestCheckpointMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'best-checkpoint-missing': 'here' },
      expect: [{ message: 'found', text: /best-checkpoint-missing/ }],
    },
  },
});
