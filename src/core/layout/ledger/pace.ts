import type { Cadence } from '../../run-types.ts';
import type { Declared } from '../../types.ts';
import type { StateFacts, StepFact } from './step-facts.ts';
import type { Training } from './trainings.ts';

/**
 * By what rule a training saves, as far as is known.
 *
 * - `steps`: every so many steps.
 * - `epochs`: at ends of epochs; perhaps only at those that were the best.
 * - `best`: where a metric improved.
 * - `other`: not by the steps that its states name.
 * - `unknown`: nothing tells.
 */
export type Rule = 'steps' | 'epochs' | 'best' | 'other' | 'unknown';

/** How often a training saves, and by what rule. */
export interface Pace {
  readonly cadence: Cadence | null;
  readonly rule: Rule;
}

/** What keeps the best by a metric, so that gaps mean nothing. */
const KEEPERS_OF_THE_BEST = ['Lightning', 'NeMo'];

/** As few steps as show a rule: two of them make one distance, which may be chance. */
const LEAST_STEPS = 3;

/** Finds how often a training saves: declared, from its states, or from its steps. */
export function findPace({ facts }: Training, declared: Declared): Pace {
  if (declared.saveSteps !== null)
    return {
      cadence: { every: declared.saveSteps, source: 'declared' },
      rule: 'steps',
    };
  const told = facts.flatMap(({ step, state }) =>
    state !== null && step > 0 ? [{ step, state }] : [],
  );
  if (told.some(({ state }) => state.saveSteps !== null))
    return paceOfStates(told);
  return paceOfSteps(facts);
}

interface Told {
  readonly step: number;
  readonly state: StateFacts;
}

function paceOfStates(told: readonly Told[]): Pace {
  if (isByBest(told)) return { cadence: null, rule: 'best' };
  const bySteps = stepsOfStates(told);
  const byEpochs = stepsOfEpochs(told);
  // A run by epochs whose length is a multiple of the default of 500 fits both, and
  // the longer of them claims less.
  if (byEpochs !== null && byEpochs >= (bySteps ?? 0))
    return byEpochs === bySteps
      ? { cadence: { every: bySteps, source: 'state' }, rule: 'steps' }
      : { cadence: { every: byEpochs, source: 'inferred' }, rule: 'epochs' };
  return bySteps === null || turnsToEpochs(told, bySteps)
    ? { cadence: null, rule: 'other' }
    : { cadence: { every: bySteps, source: 'state' }, rule: 'steps' };
}

/**
 * With `save_strategy: best` every save is the best so far, but for one at the end.
 * It may be chance, and then nothing is amiss either where no step is absent.
 */
function isByBest(told: readonly Told[]): boolean {
  return (
    told.length >= LEAST_STEPS &&
    told
      .slice(0, -1)
      .every(({ step, state }) => state.bestSteps.includes(step)) &&
    !isEvenlySpaced(told.map(({ step }) => step))
  );
}

/** The last may follow sooner: training ended there. */
function isEvenlySpaced(steps: readonly number[]): boolean {
  const distances = steps.slice(1).map((step, at) => step - (steps[at] ?? 0));
  const [usual = 0] = distances;
  return (
    distances.slice(0, -1).every((distance) => distance === usual) &&
    (distances.at(-1) ?? 0) <= usual
  );
}

/**
 * `save_steps` counts where every save is a multiple of it, but for those at an end:
 * transformers writes its default of 500 under other strategies too.
 */
function stepsOfStates(told: readonly Told[]): number | null {
  const every = told.at(-1)?.state.saveSteps ?? null;
  if (every === null || every < 1) return null;
  const isAtEnd = ({ step, state }: Told, at: number) =>
    at === told.length - 1 ||
    step === state.maxSteps ||
    state.hasEnded === true;
  const fits = told.every(
    (one, at) =>
      one.state.saveSteps === every &&
      (one.step % every === 0 || isAtEnd(one, at)),
  );
  const isSeen = told.some(({ step }) => step % every === 0);
  return fits && isSeen ? every : null;
}

/** Steps of an epoch, where every save but the last lies at the end of one. */
function stepsOfEpochs(told: readonly Told[]): number | null {
  let length: number | null = null;
  for (const [at, { step, state }] of told.entries()) {
    const { epoch } = state;
    const isLast = at === told.length - 1 && at > 0;
    if (epoch === null || !(epoch > 0) || !Number.isFinite(epoch)) return null;
    const whole = Math.round(epoch);
    // Within one step of the end: a rest of the accumulation counts a little less.
    const isEnd = whole > 0 && Math.abs(epoch - whole) * (step / epoch) < 0.5;
    const own: number | null =
      isEnd && step % whole === 0 ? step / whole : null;
    if (own === null || (length !== null && own !== length)) {
      if (isLast) break;
      return null;
    }
    length = own;
  }
  return length;
}

/**
 * Whether the last saves lie at the ends of epochs that follow one another, each farther
 * from the one before than those before them: a resume with another `save_strategy`, which
 * leaves `save_steps` as the state has it that it goes on from (trainer.py,
 * `_inner_training_loop`, measured with transformers 5.18).
 */
function turnsToEpochs(told: readonly Told[], every: number): boolean {
  const distanceTo = ({ step }: Told, at: number) =>
    step - (told[at - 1]?.step ?? 0);
  const last = told.at(-1);
  // Training may end soon after an epoch did.
  const saves = last?.state.hasEnded === true ? told.slice(0, -1) : told;
  const from =
    saves.findLastIndex((one, at) => distanceTo(one, at) <= every) + 1;
  const tail = saves.slice(from);
  const length = stepsOfEpochs(tail);
  if (from === 0 || tail.length < LEAST_STEPS || length === null) return false;
  return tail.every(
    (one, at) => at === 0 || distanceTo(one, from + at) === length,
  );
}

/** With no state: the greatest distance that all steps but the last are multiples of. */
function paceOfSteps(facts: readonly StepFact[]): Pace {
  const counted = facts.filter(
    ({ step, hasContent }) => hasContent && step > 0,
  );
  const unknown: Pace = { cadence: null, rule: 'unknown' };
  if (counted.some(({ producer }) => KEEPERS_OF_THE_BEST.includes(producer)))
    return { cadence: null, rule: 'best' };
  if (new Set(counted.map(({ shape }) => shape)).size > 1)
    return { cadence: null, rule: 'other' };
  // A state that was not read may name another rule.
  if (counted.length < LEAST_STEPS || facts.some(({ isUnread }) => isUnread))
    return unknown;
  const every = counted
    .slice(0, -1)
    .reduce((divisor, { step }) => greatestDivisor(divisor, step), 0);
  return { cadence: { every, source: 'inferred' }, rule: 'steps' };
}

function greatestDivisor(left: number, right: number): number {
  let [more, less] = [left, right];
  while (less > 0) [more, less] = [less, more % less];
  return more;
}
