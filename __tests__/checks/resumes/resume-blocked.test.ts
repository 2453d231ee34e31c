import { resumeBlocked } from '../../../src/core/checks/resumes/resume-blocked.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(resumeBlocked, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'resume-blocked': 'here' },
      expect: [{ message: 'found', text: /resume-blocked/ }],
    },
  },
});
