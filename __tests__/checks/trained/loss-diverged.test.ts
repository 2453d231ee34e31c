import { lossDiverged } from '../../../src/core/checks/trained/loss-diverged.ts';
import { falling, loggedStep, times } from '../../builders/training-log.ts';
import { testCheck } from '../../helpers/test-check.ts';

const START = { loss: 2.5, grad_norm: 0.5 };
const PEAK = { loss: 9, grad_norm: 3.3e6 };
const HIGH = { loss: 12.95, grad_norm: 40 };
const QWEN = { 'config.json': '{"model_type": "qwen2", "vocab_size": 151936}' };

testCheck(lossDiverged, {
  clean: {
    'a loss that falls': loggedStep(falling(12)),
    'a spike that passed': loggedStep([START, PEAK, ...falling(4)], QWEN),
    'a loss above guessing without gradients': loggedStep(
      [START, { loss: 13 }, { loss: 13 }],
      QWEN,
    ),
    'gradients that are large from the beginning': loggedStep(
      times(5, { loss: 5, grad_norm: 2e4 }),
      QWEN,
    ),
    'a loss of another kind': loggedStep(
      times(5, { loss: 5000, grad_norm: 2e4 }),
      QWEN,
    ),
    'a high loss at the last point alone': loggedStep(
      [START, PEAK, START, HIGH],
      QWEN,
    ),
    'a high loss by a vocabulary that is not stated': loggedStep([
      START,
      PEAK,
      HIGH,
      HIGH,
    ]),
    'a vocabulary that is none': loggedStep([START, PEAK, HIGH, HIGH], {
      'config.json': '{"model_type": "qwen2", "vocab_size": -1}',
    }),
    'a training by rewards': loggedStep(
      [START, PEAK, { ...HIGH, reward: 1 }, HIGH],
      QWEN,
    ),
    'two points': loggedStep([{ ...START, grad_norm: 1e6 }, HIGH], QWEN),
    'overflows at the start': loggedStep([
      { loss: 2, grad_norm: NaN },
      PEAK,
      ...falling(3),
    ]),
    'a step that overflowed at the end': loggedStep([
      START,
      PEAK,
      START,
      { loss: 2, grad_norm: Infinity },
    ]),
    'gradients of a summed loss, which overflow': loggedStep([
      ...times(3, { loss: 900, grad_norm: 5e4 }),
      ...times(2, { loss: 900, grad_norm: Infinity }),
    ]),
    'NaN without large gradients before it': loggedStep([
      START,
      { loss: 0, grad_norm: NaN },
    ]),
  },
  found: {
    'a loss that ends above guessing': {
      files: loggedStep([START, PEAK, HIGH, { ...HIGH, loss: 13 }], QWEN),
      expect: [
        {
          message: 'worseThanGuessing',
          severity: 'warning',
          path: 'run/checkpoint-4/trainer_state.json',
          text: /^The logged loss began at 2\.5 and ends at 13, above the 11\.93 of guessing among all tokens; grad_norm was 3\.3e\+6 at step 2\.$/,
        },
      ],
    },
    'one that is above it for any vocabulary': {
      files: loggedStep([START, PEAK, ...times(2, { loss: 700 })]),
      expect: [{ message: 'worseThanGuessing', text: /13\.86/ }],
    },
    'gradients that grew to NaN': {
      files: loggedStep([
        START,
        PEAK,
        ...times(3, { loss: 0, grad_norm: NaN }),
      ]),
      expect: [
        {
          message: 'exploded',
          severity: 'warning',
          text: /was 3\.3e\+6 at step 2, and from step 3 to the end it is no number\.$/,
        },
      ],
    },
  },
});
