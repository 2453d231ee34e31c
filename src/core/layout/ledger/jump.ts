import type { TrainingLedger } from './run-ledger.ts';
import type { StepFact } from './step-facts.ts';

/** Beyond so many times the usual distance a step is asked about. */
const JUMP_LEAST = 3;
/** So many equal distances make one the usual. */
const USUAL_LEAST = 2;

/** Two steps that follow each other much farther apart than others of the training. */
export interface Jump {
  readonly from: StepFact;
  readonly to: StepFact;
  /** The distance of most. */
  readonly usual: number;
}

/**
 * The first jump of a training that nothing explains. Where it saves by epochs, by a
 * metric or by a rule of its own, distances say nothing; what a limit deleted, or what
 * is called missing, is not told twice.
 */
export function findJump({
  facts,
  rule,
  missing,
  rotated,
}: TrainingLedger): Jump | null {
  if (rule !== 'steps' && rule !== 'unknown') return null;
  const counted = facts.filter(({ step }) => step > 0);
  if (rule === 'unknown' && facts.some(({ isUnread }) => isUnread)) return null;
  if (missing.length > 0 || new Set(counted.map(({ shape }) => shape)).size > 1)
    return null;
  const usual = usualDistance(counted);
  if (usual === null) return null;
  for (const [at, to] of counted.entries()) {
    const from = counted[at - 1];
    if (from === undefined || to.step - from.step <= JUMP_LEAST * usual)
      continue;
    const isDeleted = rotated.some(
      ({ first, last }) => first > from.step && last < to.step,
    );
    if (!isDeleted) return { from, to, usual };
  }
  return null;
}

/**
 * The two steps of a training that left two and no state: no distance is usual there,
 * but one number may be the other in another unit. Even saves are twice apart, not more.
 */
export function findLonePair({
  facts,
  rule,
}: TrainingLedger): Pick<Jump, 'from' | 'to'> | null {
  const [from, to, ...more] = facts.filter(({ step }) => step > 0);
  if (rule !== 'unknown' || from === undefined || to === undefined) return null;
  const isTold = facts.some(
    ({ state, isUnread }) => isUnread || state !== null,
  );
  if (more.length > 0 || isTold) return null;
  return to.step < JUMP_LEAST * from.step ? null : { from, to };
}

/** The middle of all distances, from 0 on, where others are equal to it. */
function usualDistance(facts: readonly StepFact[]): number | null {
  const distances = facts
    .map(({ step }, at) => step - (facts[at - 1]?.step ?? 0))
    .sort((left, right) => left - right);
  const middle = distances[Math.floor((distances.length - 1) / 2)] ?? 0;
  const alike = distances.filter((one) => one === middle).length;
  return alike >= USUAL_LEAST ? middle : null;
}
