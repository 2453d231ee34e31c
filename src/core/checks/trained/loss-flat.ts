import { defineCheck } from '../../define-check.ts';
import { readOwnLog } from '../../layout/training-log.ts';
import type { LogPoint } from '../../layout/training-log.ts';
import { formatNumber } from '../../wording.ts';

type Flat = Readonly<{ loss: number; points: number; from: number }>;

/** Fewer may be equal by chance where few batches are gone through again and again. */
const MIN_POINTS = 10;

/** transformers 4 rounds the loss to so many decimals. */
const ROUNDED_DECIMALS = 4;

/** Significant bits of fp16; bf16 has 8. */
const HALF_BITS = 11;

export const lossFlat = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'loss-flat',
    question: 'trained',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Loss that does not change by a bit',
    why: 'With other data or other weights the loss differs in its last digits at least. Taken as: the batches are not all the same, and the logged loss is the one that is trained.',
    fix: 'Look whether the optimizer steps and holds the parameters that are trained, whether the data changes from batch to batch, and whether the loss is worked out anew at each step.',
    since: '0.1.0',
  },
  messages: {
    flat: {
      text: ({ loss, points, from }: Flat) =>
        `The logged loss is ${loss} at each of the last ${formatNumber(points)} points, since step ${formatNumber(from)}.`,
    },
  },
  async run({ subject, report }) {
    const log = await readOwnLog(subject);
    if (log === null || log.hasReward) return;
    const losses = log.points.filter(({ loss }) => loss !== null);
    const loss = losses.at(-1)?.loss ?? null;
    if (loss === null || isCoarse(loss) || neverMoves(log.points)) return;
    const from = losses.findLastIndex((one) => one.loss !== loss) + 1;
    const points = losses.length - from;
    const step = losses[from]?.step ?? 0;
    if (points >= MIN_POINTS)
      report('flat', { loss, points, from: step }, { path: log.path });
  },
});

/** Another check says that the learning rate is 0, which explains it. */
function neverMoves(points: readonly LogPoint[]): boolean {
  const rates = points.filter(({ learningRate }) => learningRate !== null);
  return (
    rates.length > 0 && rates.every(({ learningRate }) => learningRate === 0)
  );
}

/** Whether it has few digits, so that different losses may read alike. */
function isCoarse(loss: number): boolean {
  if (!Number.isFinite(loss) || loss === 0) return true;
  if (Number(loss.toFixed(ROUNDED_DECIMALS)) === loss) return true;
  const bits = HALF_BITS - 1 - Math.floor(Math.log2(Math.abs(loss)));
  return Number.isInteger(loss * 2 ** bits);
}
