import { defineCheck } from '../../define-check.ts';
import { readOwnLog } from '../../layout/training-log.ts';
import type { LogPoint } from '../../layout/training-log.ts';
import { formatCount, formatNumber } from '../../wording.ts';

type Zero = Readonly<{ points: number; all: number }>;

/** One point may be anything. */
const MIN_POINTS = 2;

/** The others may have met one of the few labels that there are. */
const MOST = 0.8;

export const lossNoSignal = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'loss-no-signal',
    question: 'trained',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Training without anything to learn from',
    why: 'Where all labels are masked (-100) the loss is 0 and so are the gradients: nothing is learned, and the job ends as a success. Taken as: a loss of exactly 0 is no perfect fit.',
    fix: 'Print the labels of one batch and look whether any is not -100: the template of the chat, the marker that answers are found by, and a maximal length that cuts the answers off.',
    since: '0.1.0',
  },
  messages: {
    zero: {
      text: ({ points, all }: Zero) =>
        `The logged loss is exactly 0 at ${formatNumber(points)} of ${formatCount(all, 'point')}, with no grad_norm above 0 there.`,
    },
    rewards: {
      text: ({ all }: Zero) =>
        `At all ${formatNumber(all)} logged points the rewards of each group are alike (frac_reward_zero_std is 1), and grad_norm is 0.`,
      why: 'GRPO learns from the differences of the rewards within a group. Where there are none, nothing is learned. Taken as: the steps between those points are like them.',
      fix: 'Look at some completions and their rewards: a reward that is never or always given, a temperature too low, completions that are cut off before the answer.',
    },
  },
  async run({ subject, report }) {
    const log = await readOwnLog(subject);
    if (log === null) return;
    const where = { path: log.path };
    if (log.hasReward) {
      const groups = log.points.filter(
        ({ rewardZeroStd }) => rewardZeroStd !== null,
      );
      const all = groups.length;
      if (all >= MIN_POINTS && groups.every(isOfLikeRewards))
        report('rewards', { points: all, all }, where);
      return;
    }
    const losses = log.points.filter(({ loss }) => loss !== null);
    const all = losses.length;
    const points = losses.filter(isZero).length;
    if (all >= MIN_POINTS && points >= all * MOST)
      report('zero', { points, all }, where);
  },
});

/** transformers 4 rounds to 4 digits, so that a small loss may read as 0. */
function isZero({ loss, gradNorm }: LogPoint): boolean {
  return loss === 0 && (gradNorm ?? 0) === 0;
}

function isOfLikeRewards({ rewardZeroStd, gradNorm }: LogPoint): boolean {
  return rewardZeroStd === 1 && gradNorm === 0;
}
