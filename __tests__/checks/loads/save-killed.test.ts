import { saveKilled } from '../../../src/core/checks/loads/save-killed.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(saveKilled, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a temporary beside whole weights': {
      ...adapterFiles(),
      '.tmpAbC123': 'x',
    },
    'a hidden file of another name': { 'checkpoint-6/.tmp': 'x' },
  },
  found: {
    'a temporary without weights': {
      files: {
        'checkpoint-6/.tmpAbC123': 'half of it',
        'checkpoint-6/README.md': '',
      },
      expect: [
        {
          message: 'killed',
          severity: 'error',
          path: 'run/checkpoint-6',
          text: /\.tmpAbC123 \(10 bytes\)/,
        },
      ],
    },
    'a temporary in a folder of any name': {
      files: { '.tmpAbC123': 'x', 'README.md': '' },
      expect: [{ message: 'killed', path: 'run' }],
    },
  },
});
