import type { StepRange } from '../../run-types.ts';
import type { Pace } from './pace.ts';
import { spanOf, spanWithout, totalOf } from './spans.ts';
import type { StepFact } from './step-facts.ts';
import type { Training } from './trainings.ts';

/** Which steps that were due are absent, and why. */
export interface Account {
  /** The last step that training is known to have reached. */
  readonly reached: number | null;
  /** What a limit of checkpoints that are kept explains. */
  readonly rotated: readonly StepRange[];
  /** What nothing explains. */
  readonly missing: readonly StepRange[];
  /** Absent and not called missing, since the rule of saving is not known so well. */
  readonly unclaimed: readonly StepRange[];
}

interface Gap extends StepRange {
  /** How many steps that are there lie before it. */
  readonly before: number;
}

/** What the whole run says to the steps of one of its trainings. */
export interface Around {
  /** All steps that are there, of whatever training, ascending. */
  readonly steps: readonly number[];
  /** Older checkpoints were not looked at. */
  readonly isCut: boolean;
  /** Others may lie beside the only one, whose folder alone was named. */
  readonly isAlone: boolean;
}

/** Holds the steps that are there against those that were due. */
export function accountFor(
  training: Training,
  { cadence, rule }: Pace,
  around: Around,
): Account {
  const reached = reachedIn(training);
  const none = { reached, rotated: [], missing: [], unclaimed: [] };
  if (cadence === null || cadence.every < 1 || reached === null) return none;
  if (around.isAlone) return none;
  const due = training.facts.filter(({ step }) => step > 0 && step <= reached);
  const gaps = findGaps(due, cadence.every, reached).filter(
    ({ before }) => before > 0 || !around.isCut,
  );
  const spans = (some: readonly Gap[]) =>
    some.flatMap(({ first, last, every }) =>
      spanWithout({ first, last, every }, around.steps),
    );
  if (isByLimit(training, due, gaps)) return { ...none, rotated: spans(gaps) };
  const older = spans(gaps.filter(({ before }) => before === 0));
  const absent = spans(gaps.filter(({ before }) => before > 0));
  const isClaimed =
    cadence.source === 'declared' ||
    // More absent than there: saved by another rule, or kept by one.
    (rule === 'steps' && totalOf(absent) <= due.length);
  if (isClaimed) return { ...none, rotated: older, missing: absent };
  // What keeps some saves only keeps as few before the first that is there.
  const rotated = absent.length === 0 ? older : olderAsSeen(due);
  return { ...none, rotated, unclaimed: absent };
}

/** What is absent before the first, by the distance that all have that are there. */
function olderAsSeen(due: readonly StepFact[]): readonly StepRange[] {
  const [first, second] = due;
  if (first === undefined || second === undefined) return [];
  const every = second.step - first.step;
  const isSeen = due.every(({ step }, at) => step === first.step + at * every);
  const span =
    isSeen && first.step % every === 0
      ? spanOf(every, first.step - every, every)
      : null;
  return span === null ? [] : [span];
}

/** A folder alone is no proof: somebody may have made it. */
function reachedIn({ facts, counted }: Training): number | null {
  const certain = facts.filter(({ hasContent }) => hasContent);
  const steps = certain.length > 0 ? certain : facts;
  const last = steps.at(-1)?.step ?? null;
  if (last === null) return counted;
  return Math.max(last, counted ?? 0);
}

/** The multiples between the steps that are there, and behind the last. */
function findGaps(
  due: readonly StepFact[],
  every: number,
  reached: number,
): readonly Gap[] {
  const gaps: Gap[] = [];
  let from = 0;
  const note = (below: number, before: number) => {
    const first = (Math.floor(from / every) + 1) * every;
    const last = (Math.ceil(below / every) - 1) * every;
    const span = spanOf(first, last, every);
    if (span !== null) gaps.push({ ...span, before });
  };
  for (const [at, { step }] of due.entries()) {
    note(step, at);
    from = step;
  }
  note(reached + 1, due.length);
  return gaps;
}

/**
 * Whether `save_total_limit` explains every gap: what is there is the newest so many,
 * and before them at most the best, which the Trainer keeps (trainer_utils.py,
 * `rotate_checkpoints`; with a limit of 1 the best is all that is left at the end). What
 * a deletion left half is no checkpoint that was kept.
 */
function isByLimit(
  { facts, rootStates }: Training,
  due: readonly StepFact[],
  gaps: readonly Gap[],
): boolean {
  const last = gaps.at(-1);
  if (last === undefined) return true;
  const best = new Set(
    [...rootStates, ...facts.flatMap(({ state }) => state ?? [])].flatMap(
      ({ bestSteps }) => bestSteps,
    ),
  );
  const older = due.slice(0, last.before).filter(({ isBroken }) => !isBroken);
  const areNewest = last.before < due.length;
  return (
    older.length <= 1 &&
    older.every(({ step }) => best.has(step)) &&
    (areNewest || older.length > 0)
  );
}
