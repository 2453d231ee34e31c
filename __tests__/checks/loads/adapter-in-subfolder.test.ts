import { adapterInSubfolder } from '../../../src/core/checks/loads/adapter-in-subfolder.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(adapterInSubfolder, {
  clean: {
    'an adapter in the folder itself': adapterFiles('checkpoint-6'),
    'a second adapter beside the default': {
      ...adapterFiles('checkpoint-6'),
      ...adapterFiles('checkpoint-6/other'),
    },
    'two saves of their own': { ...adapterFiles('a'), ...adapterFiles('b') },
  },
  found: {
    'a named adapter': {
      files: adapterFiles('checkpoint-6/mine'),
      expect: [
        {
          message: 'only',
          severity: 'notice',
          path: 'run/checkpoint-6',
          text: /run\/checkpoint-6\/mine/,
        },
      ],
    },
    'a named adapter in a folder of any name': {
      files: { 'README.md': '', ...adapterFiles('mine') },
      expect: [{ message: 'only', path: 'run' }],
    },
  },
});
