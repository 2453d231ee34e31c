import type { StepRange } from '../../run-types.ts';
import type { Declared } from '../../types.ts';
import { oncePer } from '../../formats/once-per.ts';
import type { JudgedRunSubject } from '../subjects.ts';
import { accountFor } from './account.ts';
import type { Account } from './account.ts';
import { findPace } from './pace.ts';
import type { Pace } from './pace.ts';
import { stepsOf } from './step-facts.ts';
import { findTrainings } from './trainings.ts';
import type { Training } from './trainings.ts';

/** One training, what its steps are and what they should be. */
export interface TrainingLedger extends Training, Pace, Account {}

/** What the names alone tell of the steps of a run. */
export interface RunSteps {
  /** All steps that are there, ascending. */
  readonly steps: readonly number[];
  /** Declared steps that are not there, ascending. */
  readonly undelivered: readonly number[];
}

/** All that a run tells of its steps. */
export interface RunLedger extends RunSteps {
  /** That of the highest step first. */
  readonly trainings: readonly TrainingLedger[];
}

/** The steps of a run by the names of its checkpoints: nothing is read for it. */
export function runSteps(run: JudgedRunSubject, declared: Declared): RunSteps {
  const steps = [...stepsOf(run).keys()].sort((left, right) => left - right);
  return { steps, undelivered: undelivered(run, steps, declared) };
}

const once = oncePer((run: JudgedRunSubject) =>
  oncePer((declared: Declared) => makeLedger(run, declared)),
);

/**
 * The ledger of a run, made when first asked for.
 *
 * @throws SourceError when the bytes of a state cannot be had
 */
export function runLedger(
  run: JudgedRunSubject,
  declared: Declared,
): Promise<RunLedger> {
  return once(run)(declared);
}

async function makeLedger(
  run: JudgedRunSubject,
  declared: Declared,
): Promise<RunLedger> {
  const named = runSteps(run, declared);
  const around = {
    steps: named.steps,
    isCut: run.run.omitted > 0,
    isAlone: isAlone(run),
  };
  const trainings = (await findTrainings(run)).map((training) => {
    const pace = findPace(training, declared);
    return { ...training, ...pace, ...accountFor(training, pace, around) };
  });
  return { ...named, trainings };
}

/** Whether what lies beside the only checkpoint was not listed. */
function isAlone({ judged }: JudgedRunSubject): boolean {
  const [only, ...others] = judged;
  return others.length === 0 && only?.checkpoint.folder?.path === '';
}

/** Of steps older than those that were looked at nothing is known. */
function undelivered(
  { run }: JudgedRunSubject,
  steps: readonly number[],
  { expectedSteps }: Declared,
): readonly number[] {
  const there = new Set(steps);
  const from = run.omitted > 0 ? (steps[0] ?? Infinity) : 0;
  return (expectedSteps ?? []).filter(
    (step) => step >= from && !there.has(step),
  );
}

/** What is missing of a run by the cadence that was declared, over all trainings. */
export function missingOf(
  { trainings }: RunLedger,
  source: 'declared' | 'state' | 'inferred',
): readonly (TrainingLedger & { readonly missing: readonly StepRange[] })[] {
  return trainings.filter(
    ({ cadence, missing }) => cadence?.source === source && missing.length > 0,
  );
}
