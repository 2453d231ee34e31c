import type { Declared } from '../../types.ts';
import type { RunSteps } from './run-ledger.ts';

/** One step of the slower of two counters is `factor` of the faster. */
export interface Unit {
  readonly factor: number;
  readonly of: 'accumulation' | 'processes' | 'both';
}

/** `finer`: what was declared counts faster than the folders; `coarser`: slower. */
export interface OtherUnit extends Unit {
  readonly direction: 'finer' | 'coarser';
}

/** The factors that the declared numbers make possible between two counters. */
export function unitsOf({
  gradientAccumulationSteps,
  worldSize,
}: Declared): readonly Unit[] {
  const accumulation = gradientAccumulationSteps ?? 1;
  const processes = worldSize ?? 1;
  const units: readonly Unit[] = [
    { factor: accumulation, of: 'accumulation' },
    { factor: processes, of: 'processes' },
    ...(accumulation > 1 && processes > 1
      ? [{ factor: accumulation * processes, of: 'both' } as const]
      : []),
  ];
  return units.filter(({ factor }) => factor > 1);
}

/** The unit in which one of two counts is the other, or `null`. */
export function unitBetween(
  fast: number,
  slow: number,
  declared: Declared,
): Unit | null {
  if (slow < 1) return null;
  return unitsOf(declared).find(({ factor }) => slow * factor === fast) ?? null;
}

/**
 * The unit in which every declared step that is absent is there under another number,
 * or `null`. A step that was declared itself does not stand for another.
 */
export function unitOfExpected(
  { undelivered, steps }: RunSteps,
  declared: Declared,
): OtherUnit | null {
  if (undelivered.length === 0) return null;
  const expected = new Set(declared.expectedSteps ?? []);
  const spare = new Set(steps.filter((step) => !expected.has(step)));
  return findUnit(declared, (counterpart) =>
    undelivered.every((step) => spare.has(counterpart(step))),
  );
}

/**
 * The unit in which the steps are as far apart as was declared, though they are not in
 * the unit of the folders; or `null`.
 */
export function unitOfCadence(
  { steps }: RunSteps,
  declared: Declared,
): OtherUnit | null {
  const { saveSteps } = declared;
  const there = steps.filter((step) => step > 0);
  if (saveSteps === null || there.length === 0) return null;
  // As declared, or too few to tell.
  if (there.every((step) => step % saveSteps === 0) && there.length === 1)
    return null;
  if (isEvery(there, saveSteps)) return null;
  return findUnit(declared, (counterpart) =>
    isEvery(there, counterpart(saveSteps)),
  );
}

/** Whether steps follow each other so; the last may lie at the end of training. */
function isEvery(steps: readonly number[], every: number): boolean {
  if (!Number.isSafeInteger(every)) return false;
  const [first = 0] = steps;
  return (
    first % every === 0 &&
    steps.slice(1, -1).every((step, at) => step - (steps[at] ?? 0) === every) &&
    (steps.length < 2 || (steps.at(-1) ?? 0) - (steps.at(-2) ?? 0) <= every)
  );
}

function findUnit(
  declared: Declared,
  explains: (counterpart: (step: number) => number) => boolean,
): OtherUnit | null {
  for (const unit of unitsOf(declared)) {
    if (explains((step) => step / unit.factor))
      return { ...unit, direction: 'finer' };
    if (explains((step) => step * unit.factor))
      return { ...unit, direction: 'coarser' };
  }
  return null;
}
