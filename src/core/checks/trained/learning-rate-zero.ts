import { defineCheck } from '../../define-check.ts';
import { readOwnLog } from '../../layout/training-log.ts';
import { formatNumber } from '../../wording.ts';

/** A warm-up begins with 0, a decay ends with it: two points may be both. */
const MIN_POINTS = 3;

export const learningRateZero = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'learning-rate-zero',
    question: 'trained',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Learning rate of 0 throughout',
    why: 'With a learning rate of 0 the optimizer steps and changes nothing. Trainer logs the rate of the first group of parameters. Taken as: the others have no other.',
    fix: 'Look at learning_rate (0, or a text such as 2e-4 that a configuration did not read as a number), the scheduler, and the number of steps that it was told.',
    since: '0.1.0',
  },
  messages: {
    zero: {
      text: ({ all, last }: { all: number; last: number }) =>
        `The learning rate is 0 at all ${formatNumber(all)} logged points, up to step ${formatNumber(last)}.`,
    },
  },
  async run({ subject, report }) {
    const log = await readOwnLog(subject);
    const points =
      log?.points.filter(({ learningRate }) => learningRate !== null) ?? [];
    const last = points.at(-1)?.step;
    if (log === null || last === undefined) return;
    const isZero = points.every(({ learningRate }) => learningRate === 0);
    const all = points.length;
    if (isZero && all >= MIN_POINTS)
      report('zero', { all, last }, { path: log.path });
  },
});
