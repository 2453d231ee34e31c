import { lightningFolderIncomplete } from '../../../src/core/checks/resumes/lightning-folder-incomplete.ts';
import { dcpFiles, zeroFiles } from '../../builders/sharded.ts';
import { testCheck } from '../../helpers/test-check.ts';

const NAME = 'epoch=1-step=20.ckpt';

testCheck(lightningFolderIncomplete, {
  clean: {
    'the folder of FSDP': { ...dcpFiles(NAME), [`${NAME}/meta.pt`]: 'x' },
    'the folder of DeepSpeed': zeroFiles(NAME, {
      ranks: [0, 1],
      tag: 'checkpoint',
    }),
    'the folder of XLA, which has a file a rank': {
      [`${NAME}/checkpoint_rank-00000000-of-00000002.pth`]: 'x',
    },
    'a distributed checkpoint of torch alone': dcpFiles('step-10'),
    'a folder that could not be listed': { [NAME]: { unlisted: 'EACCES' } },
  },
  found: {
    'shards without the rest of the state': {
      files: dcpFiles(NAME),
      expect: [
        {
          message: 'metaMissing',
          severity: 'error',
          path: `run/${NAME}`,
          text: /^2 files of shards are there, meta\.pt is not\.$/,
        },
      ],
    },
    'what lies beside the state of DeepSpeed alone': {
      files: { [`${NAME}/latest`]: 'checkpoint' },
      expect: [
        {
          message: 'statesMissing',
          severity: 'error',
          text: /^latest, which DeepSpeed writes beside its state, is there/,
        },
      ],
    },
    'an empty folder': {
      files: { [NAME]: null },
      expect: [{ message: 'empty', severity: 'error' }],
    },
  },
});
