import { saveUnfinished } from '../../../src/core/checks/resumes/save-unfinished.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(saveUnfinished, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'save-unfinished': 'here' },
      expect: [{ message: 'found', text: /save-unfinished/ }],
    },
  },
});
