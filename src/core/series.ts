import { SERIES_MAX_POINTS, SERIES_TOTAL_POINTS } from './report-limits.ts';
import { forgetNewestLog, readNewestLog } from './layout/training-log.ts';
import type { LogPoint } from './layout/training-log.ts';
import type { JudgedRunSubject } from './layout/subjects.ts';
import { orNull } from './or-null.ts';
import type { LoggedNumber, LossPoint, LossSeries } from './run-types.ts';

interface Logged {
  readonly step: number;
  readonly loss: number;
}

/**
 * The losses that the newest state of a run logged, thinned; `null` where there are
 * none or where they cannot be had, which the checks have said by then.
 *
 * @param runs how many share what a report has room for
 */
export async function seriesOf(
  { run }: JudgedRunSubject,
  runs: number,
): Promise<LossSeries | null> {
  const [first] = run.checkpoints;
  if (first === undefined) return null;
  const log = await orNull(() => readNewestLog(first.ofRun));
  forgetNewestLog(first.ofRun);
  if (log === null) return null;
  const logged = log.points.filter(hasLoss);
  if (logged.length === 0) return null;
  const max = Math.floor(SERIES_TOTAL_POINTS / Math.max(runs, 1));
  return {
    checkpoint: log.checkpoint.path,
    logged: logged.length,
    points: thin(logged, Math.min(SERIES_MAX_POINTS, max)).map(pointOf),
  };
}

function hasLoss(point: LogPoint): point is LogPoint & Logged {
  return point.loss !== null;
}

/**
 * At most `max` (4 at least) of the points, in their order: the first, the last, and of
 * parts of equal length the least, the greatest and the first that is not finite. So
 * those of the whole series are among them.
 */
export function thin<T extends Logged>(
  points: readonly T[],
  max: number,
): readonly T[] {
  if (points.length <= max) return points;
  const isFinite = points.every(({ loss }) => Number.isFinite(loss));
  const parts = Math.max(1, Math.floor((max - 2) / (isFinite ? 2 : 3)));
  const kept = new Set<number>([0]);
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((points.length * part) / parts);
    const to = Math.floor((points.length * (part + 1)) / parts);
    keepOf(points, from, to, kept);
  }
  kept.add(points.length - 1);
  return points.filter((_point, at) => kept.has(at));
}

/** Adds the places of what stands out between two places. */
function keepOf(
  points: readonly Logged[],
  from: number,
  to: number,
  kept: Set<number>,
): void {
  let least: number | null = null;
  let greatest: number | null = null;
  let odd: number | null = null;
  const lossAt = (at: number | null) =>
    at === null ? NaN : (points[at]?.loss ?? NaN);
  for (let at = from; at < to; at++) {
    const loss = lossAt(at);
    if (!Number.isFinite(loss)) odd ??= at;
    else {
      if (!(loss >= lossAt(least))) least = at;
      if (!(loss <= lossAt(greatest))) greatest = at;
    }
  }
  for (const at of [least, greatest, odd]) if (at !== null) kept.add(at);
}

function pointOf({ step, loss }: Logged): LossPoint {
  return { step: step + 0, loss: inJson(loss) };
}

/** JSON has no word for what is not finite, and takes -0 for 0, as adding 0 does. */
function inJson(value: number): LoggedNumber {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  return value === -Infinity ? '-Infinity' : value + 0;
}
