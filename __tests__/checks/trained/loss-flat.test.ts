import { lossFlat } from '../../../src/core/checks/trained/loss-flat.ts';
import { falling, loggedStep, times } from '../../builders/training-log.ts';
import { testCheck } from '../../helpers/test-check.ts';

const SAME = { loss: 4.1650776863098145, grad_norm: 0.1, learning_rate: 1e-9 };

testCheck(lossFlat, {
  clean: {
    'a loss that falls': loggedStep(falling(20)),
    'nine points alike': loggedStep([...falling(3), ...times(9, SAME)]),
    'ten that passed': loggedStep([...times(10, SAME), ...falling(1)]),
    'a loss in four decimals': loggedStep(times(12, { loss: 0.6931 })),
    'a loss in the digits of bf16': loggedStep(times(12, { loss: 0.69140625 })),
    'one in those of fp16': loggedStep(times(12, { loss: 2.078125 })),
    'a loss of 0': loggedStep(times(12, { loss: 0 })),
    'a loss of NaN': loggedStep(times(12, { loss: NaN })),
    'an infinite loss': loggedStep(times(12, { loss: -Infinity })),
    'a loss of a size that is none': loggedStep(times(12, { loss: 1.1e300 })),
    'a learning rate of 0': loggedStep(
      times(12, { ...SAME, learning_rate: 0 }),
    ),
    'a training by rewards': loggedStep(times(12, { ...SAME, reward: 1 })),
  },
  found: {
    'a loss that stays': {
      files: loggedStep(times(12, SAME)),
      expect: [
        {
          message: 'flat',
          severity: 'warning',
          path: 'run/checkpoint-12/trainer_state.json',
          text: /^The logged loss is 4\.1650776863098145 at each of the last 12 points, since step 1\.$/,
        },
      ],
    },
    'one that stays from some step on, near 0': {
      files: loggedStep([...falling(3), ...times(10, { loss: 3.14159265e-7 })]),
      expect: [{ message: 'flat', text: /since step 4\.$/ }],
    },
  },
});
