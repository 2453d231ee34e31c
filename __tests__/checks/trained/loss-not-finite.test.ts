import { lossNotFinite } from '../../../src/core/checks/trained/loss-not-finite.ts';
import {
  falling,
  loggedStep,
  stateOf,
  times,
} from '../../builders/training-log.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const GOOD = { loss: 1.5, grad_norm: 0.5, learning_rate: 1e-4 };
const HIDDEN = { ...GOOD, loss: 0, grad_norm: NaN };
const LOGGED = { ...GOOD, loss: NaN, grad_norm: NaN };
const OVERFLOW = { ...GOOD, grad_norm: Infinity };
const SCALED = { 'scaler.pt': 'x' };

testCheck(lossNotFinite, {
  clean: {
    'a loss that falls': loggedStep(falling(12)),
    'no state': adapterFiles('checkpoint-4'),
    'an empty log': loggedStep([]),
    'one point': loggedStep([LOGGED]),
    'one loss of 0 at the end of a good training': loggedStep([
      ...falling(4),
      { ...GOOD, loss: 0 },
    ]),
    'the evaluations of a training': loggedStep([
      GOOD,
      GOOD,
      { eval_loss: NaN },
      { train_loss: NaN },
    ]),
    'a loss of 0 beside rewards': loggedStep(
      times(4, { loss: 0, grad_norm: 0.4, reward: 0.1 }),
    ),
    'a scaler that finds its scale at the start': loggedStep([
      ...times(5, OVERFLOW),
      ...falling(4),
    ]),
    'a step that overflowed': loggedStep([GOOD, OVERFLOW, GOOD]),
    'overflows in a row where a scaler skips them': loggedStep(
      [GOOD, ...times(4, OVERFLOW), GOOD],
      SCALED,
    ),
    'an overflow at the last step where a scaler skips it': loggedStep(
      [GOOD, GOOD, OVERFLOW],
      SCALED,
    ),
    'an older state, which a newer one goes on from': {
      ...loggedStep([GOOD, LOGGED, LOGGED]),
      ...loggedStep([GOOD, GOOD, GOOD, GOOD]),
    },
    'what was logged after the step of the state': loggedStep([GOOD, GOOD], {
      'trainer_state.json': stateOf([GOOD, GOOD, LOGGED, LOGGED], {
        global_step: 2,
      }),
    }),
    'weights from before training': {
      ...adapterFiles('pissa_init'),
      'pissa_init/trainer_state.json': stateOf(times(4, LOGGED)),
    },
    'entries that are none': loggedStep([], {
      'trainer_state.json':
        '{"log_history": [1, null, "x", [], {"loss": NaN}, {"step": NaN, "loss": NaN}]}',
    }),
  },
  found: {
    'a loss of NaN to the end': {
      files: loggedStep([GOOD, ...times(3, LOGGED)]),
      expect: [
        {
          message: 'loss',
          severity: 'error',
          path: 'run/checkpoint-4/trainer_state.json',
          text: /^The logged loss is NaN or infinite at the last 3 of 4 logged points, since step 2\.$/,
        },
      ],
    },
    'NaN that Trainer filtered': {
      files: {
        ...loggedStep([GOOD]),
        ...loggedStep([GOOD, GOOD]),
        ...loggedStep([
          GOOD,
          GOOD,
          { ...GOOD, grad_norm: NaN },
          HIDDEN,
          HIDDEN,
        ]),
      },
      expect: [
        {
          message: 'hidden',
          severity: 'error',
          path: 'run/checkpoint-5/trainer_state.json',
          text: /exactly 0 with a grad_norm of NaN at the last 2 of 5 logged points, since step 4\.$/,
          // At step 3 the gradients were NaN already.
          fix: /^Go on from run\/checkpoint-2, which is from before that,/,
        },
      ],
    },
    'NaN behind a checkpoint whose own gradients are numbers': {
      files: {
        ...loggedStep([GOOD, GOOD, GOOD]),
        ...loggedStep([...times(3, GOOD), ...times(3, LOGGED)]),
      },
      expect: [
        { message: 'loss', fix: /^Go on from run\/checkpoint-3, which/ },
      ],
    },
    'NaN behind a checkpoint whose own gradients were not logged': {
      files: {
        ...loggedStep([{ loss: 3 }]),
        ...loggedStep([{ loss: 3 }, { loss: 2 }]),
        ...loggedStep([{ loss: 3 }, { loss: 2 }, ...times(2, { loss: NaN })]),
      },
      expect: [
        { message: 'loss', fix: /^Go on from run\/checkpoint-1, which/ },
      ],
    },
    'an infinite loss of a version that logs no gradients': {
      files: loggedStep([{ loss: 3 }, { loss: Infinity }, { loss: -Infinity }]),
      expect: [{ message: 'loss', severity: 'error' }],
    },
    'numbers that are written as texts': {
      files: loggedStep([
        { loss: '1.5', grad_norm: '0.1' },
        { loss: '0', grad_norm: 'nan' },
        { loss: '0.0', grad_norm: 'nan' },
      ]),
      expect: [{ message: 'hidden' }],
    },
    'one NaN at the end': {
      files: loggedStep([GOOD, GOOD, LOGGED]),
      expect: [
        {
          message: 'doubtful',
          severity: 'warning',
          text: /at the last logged point/,
        },
      ],
    },
    'losses of NaN with gradients that are numbers': {
      files: loggedStep(times(4, { ...GOOD, loss: NaN })),
      expect: [{ message: 'doubtful', severity: 'warning' }],
    },
    'gradients of NaN at the end': {
      files: loggedStep([GOOD, GOOD, { ...GOOD, grad_norm: NaN }]),
      expect: [{ message: 'gradients', severity: 'warning' }],
    },
    'a reward that is trained with gradients of NaN': {
      files: loggedStep([
        { loss: 0, grad_norm: 0.1, reward: 1 },
        ...times(3, { loss: 0, grad_norm: NaN, reward: 1 }),
      ]),
      expect: [{ message: 'gradients', severity: 'warning' }],
    },
    'overflows to the end though a scaler skips them': {
      files: loggedStep([GOOD, ...times(3, OVERFLOW)], SCALED),
      expect: [{ message: 'gradients', text: /last 3 of 4/ }],
    },
    'gradients of NaN for a while': {
      files: loggedStep([
        GOOD,
        OVERFLOW,
        GOOD,
        ...times(3, { ...GOOD, grad_norm: NaN }),
        GOOD,
      ]),
      expect: [
        {
          message: 'gradientsPassed',
          severity: 'warning',
          text: /at 3 points in a row, from step 4 to 6,/,
        },
      ],
    },
    'a NaN that passed': {
      files: loggedStep([GOOD, { ...GOOD, loss: NaN }, GOOD]),
      expect: [{ message: 'passed', severity: 'notice', text: /at 1 point / }],
    },
    'the newest state that can be read': {
      files: {
        ...loggedStep([GOOD, LOGGED, LOGGED]),
        ...loggedStep(times(4, GOOD), { 'trainer_state.json': '{"log' }),
      },
      expect: [
        { message: 'loss', path: 'run/checkpoint-3/trainer_state.json' },
      ],
    },
    'the state of the root where it is of a later step': {
      files: {
        ...loggedStep([GOOD, GOOD]),
        ...adapterFiles(),
        'trainer_state.json': stateOf([GOOD, GOOD, LOGGED, LOGGED]),
      },
      expect: [{ message: 'loss', path: 'run/trainer_state.json' }],
    },
    'the state of the step where the root repeats it': {
      files: {
        ...loggedStep([GOOD, LOGGED, LOGGED]),
        ...adapterFiles(),
        'trainer_state.json': stateOf([GOOD, LOGGED, LOGGED]),
      },
      expect: [
        { message: 'loss', path: 'run/checkpoint-3/trainer_state.json' },
      ],
    },
  },
});
