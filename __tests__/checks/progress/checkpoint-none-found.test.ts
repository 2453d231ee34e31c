import { checkpointNoneFound } from '../../../src/core/checks/progress/checkpoint-none-found.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(checkpointNoneFound, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a checkpoint that is broken': { 'checkpoint-6': null },
    'a folder that could not be listed': { deep: { unlisted: 'EACCES' } },
  },
  found: {
    'a path where nothing is': {
      files: null,
      expect: [
        {
          message: 'absent',
          severity: 'error',
          path: 'run',
          text: /^Nothing exists at run/,
        },
      ],
    },
    'a name that no artifact has': {
      files: null,
      there: ['logs', 'lora-r16'],
      expect: [
        {
          message: 'absentArtifact',
          severity: 'error',
          text: /^No artifact is named run, or matches it\. There are: logs.*lora-r16\.$/,
        },
      ],
    },
    'a name where there is no artifact at all': {
      files: null,
      there: [],
      expect: [
        { message: 'absentArtifact', text: /named run: there is none at all/ },
      ],
    },
    'an artifact without a checkpoint': {
      files: { 'train.log': '' },
      isUpload: true,
      expect: [{ message: 'none', why: /include-hidden-files: true/ }],
    },
    'an empty folder': {
      files: {},
      expect: [{ message: 'none', text: /no file at this path/ }],
    },
    'files of other kinds': {
      files: { 'train.log': '', 'tokenizer.json': '{}' },
      expect: [{ message: 'none', text: /None of the 2 files/ }],
    },
    'weights under a name of their own': {
      files: { 'my_model.pt': 'x' },
      expect: [{ message: 'unknownWeights', text: /my_model\.pt/ }],
    },
    'a staging folder only': {
      files: adapterFiles('tmp-checkpoint-8'),
      expect: [{ message: 'leftovers', text: /run\/tmp-checkpoint-8/ }],
    },
  },
});
