import { learningRateZero } from '../../../src/core/checks/trained/learning-rate-zero.ts';
import { falling, loggedStep, times } from '../../builders/training-log.ts';
import { testCheck } from '../../helpers/test-check.ts';

const ZERO = { loss: 1.5, grad_norm: 0.2, learning_rate: 0 };

testCheck(learningRateZero, {
  clean: {
    'a rate that falls': loggedStep(falling(5)),
    'the first step of a warm-up': loggedStep([ZERO, ...falling(3)]),
    'the last step of a decay': loggedStep([...falling(3), ZERO]),
    'both, of two points': loggedStep([ZERO, ZERO]),
    'no rate logged': loggedStep(times(5, { loss: 1 })),
    'a rate that is no number': loggedStep(
      times(5, { loss: 1, learning_rate: NaN }),
    ),
  },
  found: {
    'a rate of 0 throughout': {
      files: loggedStep([...times(3, ZERO), { eval_loss: 2 }]),
      expect: [
        {
          message: 'zero',
          severity: 'warning',
          path: 'run/checkpoint-4/trainer_state.json',
          text: /^The learning rate is 0 at all 3 logged points, up to step 3\.$/,
        },
      ],
    },
  },
});
