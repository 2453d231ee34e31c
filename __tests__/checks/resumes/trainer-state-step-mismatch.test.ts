import { trainerStateStepMismatch } from '../../../src/core/checks/resumes/trainer-state-step-mismatch.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { trainerState } from '../../builders/trainer-state.ts';
import { testCheck } from '../../helpers/test-check.ts';
import type { CaseFiles } from '../../helpers/test-check.ts';

const saved = (folder: string, state: string): CaseFiles => ({
  ...adapterFiles(folder),
  [`${folder}/trainer_state.json`]: state,
});

const withStep = (step: string) =>
  `{"global_step": ${step}, "log_history": []}`;

testCheck(trainerStateStepMismatch, {
  clean: {
    'the step of the folder': saved('checkpoint-4', trainerState(4)),
    'the step with leading zeros': saved('checkpoint-0004', trainerState(4)),
    'a step written as a fraction': saved('checkpoint-4', withStep('4.0')),
    'the output root': saved('', trainerState(4)),
    'a folder of epochs': saved('epoch_1', trainerState(400)),
    'a folder that no Trainer names': saved('checkpoint_1', trainerState(400)),
    'a copy under a name of its own': saved('best', trainerState(4)),
    'a state without a step': saved('checkpoint-4', '{}'),
    'a step that is none': saved('checkpoint-4', withStep('"five"')),
    'a step that is NaN': saved('checkpoint-4', withStep('NaN')),
    'a state that is no JSON': saved('checkpoint-4', '{'),
    'a large state': saved('checkpoint-2000', trainerState(2000)),
  },
  found: {
    'a lower step': {
      files: saved('checkpoint-40', trainerState(20)),
      expect: [
        {
          message: 'lower',
          severity: 'warning',
          path: 'run/checkpoint-40/trainer_state.json',
          text: /^The folder is named after step 40, its trainer_state\.json says 20, which is lower\.$/,
        },
      ],
    },
    'a higher step': {
      files: saved('checkpoint-40', trainerState(1200)),
      expect: [{ message: 'higher', text: /says 1,200, which is higher/ }],
    },
    'a negative step': {
      files: saved('checkpoint-4', withStep('-4')),
      expect: [{ message: 'lower', text: /says -4/ }],
    },
    'a step beyond all sense': {
      files: saved('checkpoint-4', withStep('1e300')),
      expect: [{ message: 'higher', text: /says 1e\+300/ }],
    },
    'a file that agrees with nothing beside it': {
      files: trainerSave('checkpoint-6', {
        step: 6,
        files: { 'trainer_state.json': trainerState(4) },
      }),
      expect: [
        {
          message: 'alone',
          severity: 'warning',
          path: 'run/checkpoint-6/trainer_state.json',
          text: /the folder and the schedule in scheduler\.pt are of step 6, its trainer_state\.json says 4\.$/,
        },
      ],
    },
    'true for a step, which is 1': {
      files: saved('checkpoint-4', withStep('true')),
      expect: [{ message: 'lower', text: /says 1, which is lower/ }],
    },
    'a folder that was renamed, all of it of one step': {
      files: trainerSave('checkpoint-9', { step: 6 }),
      expect: [{ message: 'lower' }],
    },
    'a folder that was copied from its sibling': {
      files: {
        ...saved('checkpoint-2', trainerState(2)),
        ...saved('checkpoint-4', trainerState(2)),
      },
      expect: [
        {
          message: 'sibling',
          severity: 'warning',
          path: 'run/checkpoint-4/trainer_state.json',
          text: /says 2, which is the step of checkpoint-2\.$/,
        },
      ],
    },
  },
});
