import { latestTagMissing } from '../../../src/core/checks/resumes/latest-tag-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { zeroFiles } from '../../builders/sharded.ts';
import { testCheck } from '../../helpers/test-check.ts';

const without = (files: Record<string, string>, name: string) =>
  Object.fromEntries(
    Object.entries(files).filter(([path]) => !path.endsWith(name)),
  );
const TRAINERS = zeroFiles('checkpoint-4', { ranks: [0, 1] });
const STEPS = {
  ...zeroFiles('.', { ranks: [0], tag: 'global_step10' }),
  ...zeroFiles('.', { ranks: [0], tag: 'global_step20' }),
};

testCheck(latestTagMissing, {
  clean: {
    'a Trainer checkpoint with DeepSpeed': TRAINERS,
    'a tag with a line end behind it': {
      ...TRAINERS,
      'checkpoint-4/latest': 'global_step4\n',
    },
    'steps of DeepSpeed itself, of which latest names the newest': STEPS,
    "accelerate's, which passes the tag": without(
      {
        ...zeroFiles('checkpoint_0', { ranks: [0], tag: 'pytorch_model' }),
        'checkpoint_0/random_states_0.pkl': 'x',
      },
      'latest',
    ),
    'no state of DeepSpeed': {
      ...adapterFiles('checkpoint-4'),
      'checkpoint-4/latest': 'whatever',
    },
  },
  found: {
    'the tag of another step': {
      files: zeroFiles('checkpoint-8', { ranks: [0, 1] }),
      expect: [
        {
          message: 'otherStep',
          severity: 'notice',
          path: 'run/checkpoint-8/latest',
          text: /^The file latest names 'global_step4' in a checkpoint of step 8\.$/,
        },
      ],
    },
    'no latest in a Trainer checkpoint': {
      files: without(TRAINERS, 'latest'),
      expect: [
        {
          message: 'absent',
          severity: 'error',
          path: 'run/checkpoint-4',
          text: /^The state folder global_step4 is there/,
        },
      ],
    },
    'no latest beside the steps of DeepSpeed itself': {
      files: without(STEPS, 'latest'),
      expect: [
        {
          message: 'absentOfEngine',
          severity: 'warning',
          path: 'run/global_step20',
        },
      ],
    },
    'no latest in a folder of Lightning': {
      files: without(
        zeroFiles('last.ckpt', { ranks: [0], tag: 'checkpoint' }),
        'latest',
      ),
      expect: [{ message: 'absent', severity: 'error' }],
    },
    'a tag that is not there': {
      files: { ...TRAINERS, 'checkpoint-4/latest': 'global_step8' },
      expect: [
        {
          message: 'other',
          severity: 'error',
          path: 'run/checkpoint-4/latest',
          text: /names 'global_step8', .* only global_step4\.$/,
        },
      ],
    },
    'an older step of DeepSpeed than the newest': {
      files: { ...STEPS, latest: 'global_step10' },
      expect: [
        {
          message: 'overtaken',
          severity: 'warning',
          path: 'run/latest',
          text: /names 'global_step10', and global_step20 is newer\.$/,
        },
      ],
    },
    'a tag of ten thousand characters': {
      files: { ...TRAINERS, 'checkpoint-4/latest': 'x'.repeat(10_000) },
      expect: [{ message: 'other', text: /^.{90,200}$/ }],
    },
    'an empty latest': {
      files: { ...TRAINERS, 'checkpoint-4/latest': ' \n' },
      expect: [{ message: 'empty', severity: 'error' }],
    },
  },
});
