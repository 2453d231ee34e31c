import { defineCheck } from '../../define-check.ts';
import { readOwnLog } from '../../layout/training-log.ts';
import type { LogPoint, TrainingLog } from '../../layout/training-log.ts';
import { readVocabularySize } from '../../layout/vocabulary.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { formatNumber } from '../../wording.ts';

/** Trained models are below 10, also with spikes that pass (ainode issue 186: 3.3e6). */
const GRADIENTS_EXPLODED = 1e4;

/** Above what guessing costs, for the terms that some models add to the loss. */
const MARGIN = 1;

/** Where none is stated. Gemma's, one of the largest, has 262,144 tokens. */
const LARGEST_VOCABULARY = 2 ** 20;

/** The last point alone may be a spike. */
const LAST_POINTS = 2;

type Peak = Readonly<{ norm: string; step: number }>;

export const lossDiverged = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'loss-diverged',
    question: 'trained',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Training that diverged',
    why: 'After gradients of such a size the weights are far from any that were trained. Taken as: the loss is the mean over tokens, as Trainer has it.',
    fix: 'Go back to a checkpoint from before that, with a lower learning rate, a warm-up, and max_grad_norm set.',
    since: '0.1.0',
  },
  messages: {
    worseThanGuessing: {
      text: ({
        loss,
        first,
        guessing,
        norm,
        step,
      }: Peak & { loss: string; first: string; guessing: string }) =>
        `The logged loss began at ${first} and ends at ${loss}, above the ${guessing} of guessing among all tokens; grad_norm was ${norm} at step ${formatNumber(step)}.`,
    },
    exploded: {
      text: ({ norm, step, since }: Peak & { since: number }) =>
        `The logged grad_norm was ${norm} at step ${formatNumber(step)}, and from step ${formatNumber(since)} to the end it is no number.`,
      why: 'The gradients grew until they were beyond what a number holds. Taken as: no scaler for fp16 skipped those steps.',
    },
  },
  async run({ subject, report }) {
    const log = await readOwnLog(subject);
    const peak = log === null ? null : peakOf(log.points);
    if (log === null || peak === null) return;
    const where = { path: log.path };
    const { step } = peak;
    const norm = shortly(peak.gradNorm);
    const since = explodedSince(log, peak);
    if (since !== null) {
      report('exploded', { norm, step, since }, where);
      return;
    }
    const losses = log.points.flatMap(({ loss }) => loss ?? []);
    const [first] = losses;
    const last = losses.slice(-LAST_POINTS);
    const guessing = await lossOfGuessing(subject);
    const isAbove = (loss: number) =>
      Number.isFinite(loss) && loss > guessing + MARGIN;
    if (first === undefined || losses.length <= LAST_POINTS || log.hasReward)
      return;
    // A loss of another kind, or summed, is above it from the beginning.
    if (first < guessing && last.every(isAbove))
      report(
        'worseThanGuessing',
        {
          loss: shortly(last.at(-1) ?? NaN),
          first: shortly(first),
          guessing: shortly(guessing),
          norm,
          step,
        },
        where,
      );
  },
});

/** The first gradients that exploded, or `null`. */
function peakOf(points: readonly LogPoint[]) {
  for (const { step, gradNorm } of points)
    if (
      gradNorm !== null &&
      Number.isFinite(gradNorm) &&
      gradNorm > GRADIENTS_EXPLODED
    )
      return { step, gradNorm };
  return null;
}

/**
 * Where grad_norm ends as no number after the peak, the first step that is so. Losses
 * that are summed have gradients of that size from the beginning.
 */
function explodedSince(
  { points }: TrainingLog,
  peak: { readonly step: number },
): number | null {
  const norms = points.filter(({ gradNorm }) => gradNorm !== null);
  const from =
    norms.findLastIndex(({ gradNorm }) => Number.isFinite(gradNorm)) + 1;
  const since = norms[from]?.step;
  const isLarge = (norms[0]?.gradNorm ?? 0) > GRADIENTS_EXPLODED;
  if (since === undefined || since <= peak.step || isLarge) return null;
  return norms.length - from >= LAST_POINTS ? since : null;
}

/** The mean loss of a model that takes all tokens for equally likely. */
async function lossOfGuessing(subject: CheckpointSubject): Promise<number> {
  const stated = await readVocabularySize(subject);
  const isSize = stated !== null && stated > 1;
  return Math.log(isSize ? stated : LARGEST_VOCABULARY);
}

/** `12.61`, `3.3e+6`. */
function shortly(value: number): string {
  return value >= GRADIENTS_EXPLODED
    ? value.toExponential(1)
    : String(Number(value.toPrecision(4)));
}
