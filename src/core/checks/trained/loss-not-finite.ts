import { defineCheck } from '../../define-check.ts';
import { readOwnLog } from '../../layout/training-log.ts';
import type { LogPoint, TrainingLog } from '../../layout/training-log.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { formatCount, formatNumber } from '../../wording.ts';

/** `before`: the newest checkpoint from before anything that is odd. */
type End = Readonly<{
  points: number;
  all: number;
  since: number;
  before: string | null;
}>;
type Passed = Readonly<{ points: number; from: number; to: number }>;

/** Twice in a row is no chance: each point stands for all steps since the last. */
const ERROR_FROM_POINTS = 2;

/** A scaler halves its scale with each overflow; at the start it may do so often. */
const STREAK_POINTS = 3;

const lastPoints = ({ points, all }: End) =>
  points === 1
    ? 'at the last logged point'
    : `at the last ${formatNumber(points)} of ${formatCount(all, 'logged point')}`;

const goBack = ({ before }: End) =>
  before === null
    ? 'No older checkpoint is known to be from before that. Look at the first batches, the learning rate and fp16 overflow (bf16 has none), and train again.'
    : `Go on from ${before}, which is from before that, with a lower learning rate or in bf16, and look at the data of those steps.`;

const FP16 =
  'A scaler for fp16 skips single steps so, which does no harm. Taken as: none did here.';

export const lossNotFinite = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'loss-not-finite',
    question: 'trained',
    severity: 'error',
    confidence: 'proven',
    title: 'Training whose loss is no number any more',
    why: 'From there on the gradients are no numbers either, and an optimizer step with them makes all trained weights NaN. The job goes on and ends as a success.',
    fix: 'Go back to a checkpoint from before that, and look at the learning rate, the data and fp16 overflow.',
    since: '0.1.0',
  },
  messages: {
    loss: {
      text: (end: End) =>
        `The logged loss is NaN or infinite ${lastPoints(end)}, since step ${formatNumber(end.since)}.`,
      fix: goBack,
    },
    hidden: {
      text: (end: End) =>
        `The logged loss is exactly 0 with a grad_norm of NaN ${lastPoints(end)}, since step ${formatNumber(end.since)}.`,
      why: 'That is a loss of NaN: Trainer replaces each by the mean of those before it (logging_nan_inf_filter), which is 0 where there are none. Nothing was learned since.',
      fix: goBack,
    },
    doubtful: {
      text: (end: End) =>
        `The logged loss is NaN or infinite ${lastPoints(end)} (step ${formatNumber(end.since)} on).`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'A loss of NaN makes the weights NaN with the next step. A batch without a single label gives one, too, and does no harm. Taken as: there was none.',
      fix: 'Look whether the weights hold NaN (depth: values), and for batches whose labels are all masked.',
    },
    gradients: {
      text: (end: End) =>
        `The logged grad_norm is NaN or infinite ${lastPoints(end)}, since step ${formatNumber(end.since)}, the loss is a number.`,
      severity: 'warning',
      confidence: 'inferred',
      why: `A step with such gradients makes the weights NaN. ${FP16}`,
      fix: 'Look whether the weights hold NaN (depth: values); with fp16, whether each step is skipped for overflow.',
    },
    gradientsPassed: {
      text: ({ points, from, to }: Passed) =>
        `The logged grad_norm was NaN or infinite at ${formatNumber(points)} points in a row, from step ${formatNumber(from)} to ${formatNumber(to)}, and is a number since.`,
      severity: 'warning',
      confidence: 'inferred',
      why: `Those steps changed nothing, or all that is trained was reset. ${FP16}`,
      fix: 'Look at the data and the learning rate of those steps, and whether the loss went on where it was.',
    },
    passed: {
      text: ({ points, from, to }: Passed) =>
        `The logged loss was NaN or infinite at ${formatCount(points, 'point')} between step ${formatNumber(from)} and ${formatNumber(to)}, and is a number since.`,
      severity: 'notice',
      why: 'Training went on. A batch whose labels are all masked gives such a loss.',
      fix: 'Look at the data of those steps, if there are to be labels in every batch.',
    },
  },
  async run({ subject, report }) {
    const log = await readOwnLog(subject);
    // One point says nothing.
    if (log === null || log.points.length < 2) return;
    const found = findAtEnd(log, subject) ?? findPassed(log, subject);
    if (found?.kind === 'end')
      report(found.message, found.data, { path: log.path });
    if (found?.kind === 'passed')
      report(found.message, found.data, { path: log.path });
  },
});

function findAtEnd(log: TrainingLog, subject: CheckpointSubject) {
  const losses = log.points.filter(({ loss }) => loss !== null);
  const dead = tailOf(losses, (point) => isDead(point, log));
  const odd = dead.filter(({ loss }) => !Number.isFinite(loss));
  const end = (tail: readonly LogPoint[], all: readonly LogPoint[]) => ({
    kind: 'end' as const,
    data: {
      points: tail.length,
      all: all.length,
      since: tail[0]?.step ?? 0,
      before: olderThan(tail, log, subject),
    },
  });
  if (dead.length >= ERROR_FROM_POINTS && !dead.some(hasGradients))
    return {
      ...end(dead, losses),
      message: odd.length > 0 ? ('loss' as const) : ('hidden' as const),
    };
  if (odd.length > 0)
    return { ...end(dead, losses), message: 'doubtful' as const };
  const norms = log.points.filter(({ gradNorm }) => gradNorm !== null);
  const tail = tailOf(norms, hasOddGradients);
  return tail.length >= (isScaled(subject) ? STREAK_POINTS : 1)
    ? { ...end(tail, norms), message: 'gradients' as const }
    : null;
}

function findPassed(log: TrainingLog, subject: CheckpointSubject) {
  const norms = log.points.filter(({ gradNorm }) => gradNorm !== null);
  const streak = isScaled(subject) ? [] : longestStreak(norms);
  const passed = (points: readonly LogPoint[]) => ({
    kind: 'passed' as const,
    data: {
      points: points.length,
      from: points[0]?.step ?? 0,
      to: points.at(-1)?.step ?? 0,
    },
  });
  if (streak.length >= STREAK_POINTS)
    return { ...passed(streak), message: 'gradientsPassed' as const };
  const odd = log.points.filter(
    ({ loss }) => loss !== null && !Number.isFinite(loss),
  );
  return odd.length > 0 ? { ...passed(odd), message: 'passed' as const } : null;
}

/** Whether the loss is NaN, or was before Trainer's filter made a 0 of it. */
function isDead({ loss, gradNorm }: LogPoint, { hasReward }: TrainingLog) {
  if (!Number.isFinite(loss)) return true;
  return loss === 0 && Number.isNaN(gradNorm) && !hasReward;
}

function hasOddGradients({ gradNorm }: LogPoint): boolean {
  return gradNorm !== null && !Number.isFinite(gradNorm);
}

/** Whether the gradients are numbers all the same, so that the weights are. */
function hasGradients({ gradNorm }: LogPoint): boolean {
  return gradNorm !== null && Number.isFinite(gradNorm);
}

/** Trainer keeps its fp16 scaler there. */
function isScaled(checkpoint: CheckpointSubject): boolean {
  return checkpoint.fileNamed('scaler.pt') !== null;
}

/** The longest row of odd gradients that begins after a point with others. */
function longestStreak(norms: readonly LogPoint[]): readonly LogPoint[] {
  let longest: readonly LogPoint[] = [];
  let from = norms.findIndex((point) => !hasOddGradients(point));
  norms.forEach((point, at) => {
    if (!hasOddGradients(point)) from = at + 1;
    else if (from > 0 && at + 1 - from > longest.length)
      longest = norms.slice(from, at + 1);
  });
  return longest;
}

/**
 * The newest checkpoint from before whatever is odd to the end, by its path. A loss is
 * taken before the step of its point, and a step with gradients that are numbers leaves
 * numbers: with both logged the weights of that point are good, else those before it.
 */
function olderThan(
  end: readonly LogPoint[],
  log: TrainingLog,
  subject: CheckpointSubject,
): string | null {
  const odd = tailOf(
    log.points,
    (point) =>
      hasOddGradients(point) || (point.loss !== null && isDead(point, log)),
  );
  const from = Math.min(
    log.points.length - odd.length,
    end[0] === undefined ? Infinity : log.points.indexOf(end[0]),
  );
  const good = log.points[from - 1];
  if (good === undefined) return null;
  const isSafe = good.loss !== null && hasGradients(good);
  const older = subject.ofRun.findLast(
    ({ step, isStepFolder }) =>
      isStepFolder &&
      step !== null &&
      (step < good.step || (isSafe && step === good.step)),
  );
  return older === undefined || older === subject ? null : older.path;
}

/** The points at the end that are all so. */
function tailOf(
  points: readonly LogPoint[],
  isSo: (point: LogPoint) => boolean,
): readonly LogPoint[] {
  const last = points.findLastIndex((point) => !isSo(point));
  return points.slice(last + 1);
}
