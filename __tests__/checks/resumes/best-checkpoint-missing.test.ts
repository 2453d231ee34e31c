import { bestCheckpointMissing } from '../../../src/core/checks/resumes/best-checkpoint-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const save = (step: number, best: string | null, folder = 'run') =>
  trainerSave(`${folder}/checkpoint-${step}`, {
    step,
    state: { best_model_checkpoint: best },
  });

testCheck(bestCheckpointMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a run without a best one': { ...save(2, null), ...save(4, null) },
    'a best one that is there': {
      ...save(2, null),
      ...save(4, '/mnt/out/run/checkpoint-2'),
    },
    'a best one on a system with other paths': {
      ...save(2, null),
      ...save(4, 'D:\\out\\run\\checkpoint-2'),
    },
    'the best one of a run that this one goes on from': save(
      4,
      '/mnt/out/first/checkpoint-2',
    ),
    'an older checkpoint that names one, which was rotated since': {
      ...save(4, '/mnt/out/run/checkpoint-2'),
      ...save(6, '/mnt/out/run/checkpoint-6'),
    },
    'a checkpoint that is named itself': trainerSave('', {
      step: 4,
      state: { best_model_checkpoint: 'run/checkpoint-2' },
    }),
    'a name that no Trainer gives': save(4, '/mnt/out/run/best'),
    'a state that is no JSON': trainerSave('run/checkpoint-4', {
      files: { 'trainer_state.json': '{' },
    }),
  },
  found: {
    'a best one that was deleted': {
      files: { ...save(4, null), ...save(6, './run/checkpoint-2') },
      expect: [
        {
          message: 'missing',
          severity: 'warning',
          path: 'run/run',
          text: /^run\/run\/checkpoint-6\/trainer_state\.json names checkpoint-2 as the best/,
        },
      ],
    },
    'a path without a folder': {
      files: save(6, 'checkpoint-2'),
      expect: [{ message: 'missing' }],
    },
    'one of a training that has ended': {
      files: save(10, '/mnt/out/run/checkpoint-2'),
      expect: [{ message: 'ended', severity: 'notice' }],
    },
    'one of an upload, which may have left it out': {
      files: save(6, '/mnt/out/run/checkpoint-2'),
      isUpload: true,
      expect: [{ message: 'missing', why: /not among what was uploaded/ }],
    },
  },
});
