import { saveFilesMixed } from '../../../src/core/checks/resumes/save-files-mixed.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(saveFilesMixed, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), 'save-files-mixed': 'here' },
      expect: [{ message: 'found', text: /save-files-mixed/ }],
    },
  },
});
