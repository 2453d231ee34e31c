import { schedulerStepMismatch } from '../../../src/core/checks/resumes/scheduler-step-mismatch.ts';
import { int } from '../../builders/pickle.ts';
import { optimizerFile, schedulerFile } from '../../builders/state.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { trainerState } from '../../builders/trainer-state.ts';
import { testCheck } from '../../helpers/test-check.ts';

const at = (step: number, taken: number, more = {}) =>
  trainerSave(`checkpoint-${step}`, {
    step,
    files: { 'scheduler.pt': schedulerFile(taken), ...more },
  });

testCheck(schedulerStepMismatch, {
  clean: {
    'a healthy checkpoint': trainerSave('checkpoint-4', { step: 4 }),
    'a schedule behind: steps of fp16 were skipped': at(4, 3),
    'one that stood still with its optimizer': {
      ...at(2, 2),
      ...at(4, 2, { 'optimizer.pt': optimizerFile({ step: 2 }) }),
    },
    'the trainer_state.json of another step, which another check tells': at(
      6,
      6,
      { 'trainer_state.json': trainerState(4) },
    ),
    'one that counts evaluations': at(4, 0),
    'a step for each of three processes': at(4, 12),
    'several processes': trainerSave('checkpoint-4', {
      step: 4,
      processes: 2,
      files: { 'scheduler.pt': schedulerFile(7) },
    }),
    'a scheduler that is not read without the optimizer': at(4, 6, {
      'optimizer.pt': null,
    }),
    'a scheduler that cannot be read': at(4, 6, { 'scheduler.pt': 'x' }),
    'a count that is none': at(4, 6, {
      'scheduler.pt': schedulerFile(6, { last_epoch: [0x4e] }),
    }),
    'a negative count': at(4, 6, {
      'scheduler.pt': schedulerFile(6, { last_epoch: int(-1) }),
    }),
    'no step to hold it against': at(4, 6, { 'trainer_state.json': '{}' }),
    'a step beyond all numbers': at(4, 6, {
      'trainer_state.json': '{"global_step": 1e300}',
    }),
  },
  found: {
    'the schedule of an earlier checkpoint': {
      files: { ...at(2, 2), ...at(4, 2) },
      expect: [
        {
          message: 'ofAnother',
          severity: 'warning',
          path: 'run/checkpoint-4/scheduler.pt',
          text: /scheduler\.pt has taken 2 steps, as that of checkpoint-2; the training and its optimizer have taken 4\.$/,
        },
      ],
    },
    'that of a later one, which is there': {
      files: { ...at(4, 6), ...at(6, 6) },
      expect: [{ message: 'ofAnother', path: 'run/checkpoint-4/scheduler.pt' }],
    },
    'the schedule of a later checkpoint': {
      files: at(4, 6),
      expect: [
        {
          message: 'ahead',
          severity: 'warning',
          path: 'run/checkpoint-4/scheduler.pt',
          text: /^scheduler\.pt has taken 6 steps, the training 4\.$/,
        },
      ],
    },
    'a schedule that goes on where the training starts': {
      files: at(0, 6),
      expect: [{ message: 'ahead' }],
    },
  },
});
