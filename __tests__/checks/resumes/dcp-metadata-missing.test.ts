import { dcpMetadataMissing } from '../../../src/core/checks/resumes/dcp-metadata-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { dcpFiles } from '../../builders/sharded.ts';
import { testCheck } from '../../helpers/test-check.ts';

const FSDP = {
  ...dcpFiles('checkpoint-4/pytorch_model_fsdp_0'),
  ...dcpFiles('checkpoint-4/optimizer_0'),
  'checkpoint-4/trainer_state.json': '{}',
};

testCheck(dcpMetadataMissing, {
  clean: {
    'a distributed checkpoint': dcpFiles('step-10'),
    'a Trainer checkpoint with FSDP': FSDP,
    'a temporary beside the list that replaced it': {
      ...dcpFiles('step-10'),
      'step-10/.metadata.tmp': 'x',
    },
    'ranks that keep a list each': {
      'step-10/__0_0.distcp': 'x',
      'step-10/__0.metadata': 'x',
    },
    'shards beside an adapter': {
      ...adapterFiles('checkpoint-4'),
      ...dcpFiles('checkpoint-4/optimizer_0'),
    },
    'a folder that could not be listed': {
      ...FSDP,
      'checkpoint-4/optimizer_1': { unlisted: 'EACCES' },
    },
  },
  found: {
    'no list in what came through an upload': {
      files: { 'step-10/__0_0.distcp': 'x' },
      isUpload: true,
      expect: [{ message: 'missing', why: /the upload left it out/ }],
    },
    'no list of what is where': {
      files: { 'step-10/__0_0.distcp': 'x', 'step-10/__1_0.distcp': 'x' },
      expect: [
        {
          message: 'missing',
          severity: 'error',
          path: 'run/step-10',
          text: /^step-10 holds 2 files of ranks \(__0_0\.distcp, __1_0\.distcp\) and no \.metadata\.$/,
        },
      ],
    },
    'a list under its temporary name': {
      files: { 'step-10/__0_0.distcp': 'x', 'step-10/.metadata.tmp': 'x' },
      expect: [{ message: 'temporary', severity: 'error' }],
    },
    'a list of files that are not there': {
      files: { 'step-10/.metadata': 'x' },
      expect: [{ message: 'dataMissing', severity: 'error' }],
    },
    'an optimizer folder that nobody wrote into': {
      files: {
        ...dcpFiles('checkpoint-4/pytorch_model_fsdp_0'),
        'checkpoint-4/optimizer_0': null,
      },
      expect: [
        {
          message: 'empty',
          severity: 'error',
          path: 'run/checkpoint-4/optimizer_0',
        },
      ],
    },
  },
});
