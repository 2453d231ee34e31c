import { lossNoSignal } from '../../../src/core/checks/trained/loss-no-signal.ts';
import { falling, loggedStep, times } from '../../builders/training-log.ts';
import { testCheck } from '../../helpers/test-check.ts';

const ZERO = { loss: 0, grad_norm: 0, learning_rate: 1e-4 };
const ALIKE = { loss: 0, grad_norm: 0, reward: 0, frac_reward_zero_std: 1 };

testCheck(lossNoSignal, {
  clean: {
    'a loss that falls': loggedStep(falling(12)),
    'one point': loggedStep([ZERO]),
    'a loss that was rounded to 0': loggedStep(
      times(5, { ...ZERO, grad_norm: 0.002 }),
    ),
    'a loss that fell to 0': loggedStep([...falling(3), ...times(9, ZERO)]),
    'a training by rewards': loggedStep(
      times(5, { loss: 0, grad_norm: 0, reward: 1, frac_reward_zero_std: 0.5 }),
    ),
    'one by rewards of an older version': loggedStep(
      times(5, { loss: 0, reward: 1 }),
    ),
    'one that logs the divergence alone': loggedStep(
      times(5, { loss: 0, kl: 0 }),
    ),
    'one that logs its completions': loggedStep(
      times(5, { loss: 0, 'completions/mean_length': 12 }),
    ),
    'rewards alike at some steps': loggedStep([
      ...times(5, ALIKE),
      { ...ALIKE, frac_reward_zero_std: 0.9 },
    ]),
    'rewards alike with a divergence that is trained': loggedStep(
      times(5, { ...ALIKE, grad_norm: 0.01, kl: 0.1 }),
    ),
    'one point by rewards': loggedStep([ALIKE]),
    'a loss that is NaN, which another check reports': loggedStep(
      times(3, { loss: 0, grad_norm: NaN }),
    ),
  },
  found: {
    'a loss of 0': {
      files: loggedStep(times(6, ZERO)),
      expect: [
        {
          message: 'zero',
          severity: 'warning',
          path: 'run/checkpoint-6/trainer_state.json',
          text: /^The logged loss is exactly 0 at 6 of 6 points, with no grad_norm above 0 there\.$/,
        },
      ],
    },
    'one with a label now and then, without gradients': {
      files: loggedStep([...times(4, { loss: 0 }), { loss: 0.4 }]),
      expect: [{ message: 'zero', text: /at 4 of 5 points/ }],
    },
    'groups whose rewards are all alike': {
      files: loggedStep([...times(4, ALIKE), { eval_reward: 1 }]),
      expect: [
        { message: 'rewards', severity: 'warning', text: /^At all 4 logged/ },
      ],
    },
  },
});
