import { NAMES_ONLY, SourceError } from '../../bytes/reader.ts';
import { beginsAlike, digestsOf } from '../log-entry.ts';
import type { JudgedCheckpoint, JudgedRunSubject } from '../subjects.ts';
import type {
  LogHistory,
  TrainerState,
  TrainerStateFacts,
} from '../trainer-state.ts';
import {
  lastLogged,
  stateFacts,
  stepFact,
  stepOrNull,
  stepsOf,
} from './step-facts.ts';
import type { StateFacts, StepFact } from './step-facts.ts';

/** More trainings in one folder than anybody will tell apart; the rest go to the last. */
const TRAININGS_MAX = 8;

/** The steps of one training, ascending. */
export interface Training {
  readonly facts: readonly StepFact[];
  /** States that lie beside the steps, in the output root. */
  readonly rootStates: readonly StateFacts[];
  /** The last step that a state of it counted or logged; `null` where none did. */
  readonly counted: number | null;
}

/** A training as it is put together, newest step first. */
interface Draft {
  readonly facts: StepFact[];
  readonly rootStates: StateFacts[];
  /** Digests of the log of its newest state, in their order. */
  readonly log: Float64Array;
  /** The same, ascending. */
  readonly logged: Float64Array;
  readonly isWhole: boolean;
  counted: number | null;
}

/** What is placed: a step with those that carry it, or a state in the output root. */
interface Placed {
  readonly step: number | null;
  readonly carriers: readonly JudgedCheckpoint[];
}

/**
 * Tells the trainings of a run apart, that of the highest step first. A Trainer that
 * resumes goes on with the log that it finds: a later state of the same training
 * begins with the entries of an earlier one, to the letter. What tells nothing goes to
 * the training of the highest step.
 *
 * @throws SourceError when the bytes of a state cannot be had
 */
export async function findTrainings(
  run: JudgedRunSubject,
): Promise<readonly Training[]> {
  const drafts: Draft[] = [];
  const silent: StepFact[] = [];
  const logless: { state: StateFacts; fact: StepFact | null }[] = [];
  for (const placed of await inTurn(run)) {
    const { step, carriers } = placed;
    const state = await stateOf(carriers);
    const fact = step === null ? null : stepFact(step, carriers, state);
    if (state === null) {
      if (fact !== null) silent.push(fact);
      continue;
    }
    if (state.log.last === null) {
      logless.push({ state: stateFacts(state), fact });
      continue;
    }
    const draft =
      drafts.find((one) => isEarlier(state.log, one)) ??
      (drafts.length === TRAININGS_MAX ? drafts.at(-1) : undefined) ??
      (await startDraft(carriers, state, drafts));
    place(draft, stateFacts(state), fact);
  }
  for (const { state, fact } of logless)
    place(drafts[0] ?? emptyDraft(drafts), state, fact);
  if (silent.length > 0)
    (drafts[0] ?? emptyDraft(drafts)).facts.push(...silent);
  return drafts.filter(({ facts }) => facts.length > 0).map(finish);
}

/** Highest step first; a root state by the step that it counted, before its folder. */
async function inTurn(run: JudgedRunSubject): Promise<readonly Placed[]> {
  const placed: (Placed & { readonly at: number })[] = [];
  for (const [step, carriers] of stepsOf(run))
    placed.push({ step, carriers, at: step });
  for (const one of run.judged) {
    if (one.checkpoint.step !== null || !one.checkpoint.isRunRoot) continue;
    const state = await stateOf([one]);
    if (state === null) continue;
    const at = stepOrNull(state.globalStep) ?? 0;
    placed.push({ step: null, carriers: [one], at: at + 0.5 });
  }
  return placed.sort((left, right) => right.at - left.at);
}

/** The beginning of the first state that can be read, or `null`. */
function stateOf(
  carriers: readonly JudgedCheckpoint[],
): Promise<TrainerState | null> {
  return firstState(carriers, (facts) => facts.brief());
}

/**
 * The first state that is one. Where the user wants names alone there is none, and
 * what is known of the steps rests on the names.
 */
async function firstState(
  carriers: readonly JudgedCheckpoint[],
  read: (facts: TrainerStateFacts) => ReturnType<TrainerStateFacts['brief']>,
): Promise<TrainerState | null> {
  try {
    for (const { checkpoint } of carriers) {
      if (checkpoint.trainerState === null) continue;
      const state = await read(checkpoint.trainerState);
      if (state.ok) return state.value;
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== NAMES_ONLY)
      throw error;
  }
  return null;
}

/** Whether a log can be the beginning of that of a training. */
function isEarlier(log: LogHistory, draft: Draft): boolean {
  const { entries, last, isWhole } = log;
  if (!beginsAlike(entries, draft.log)) return false;
  if (!draft.isWhole) return true;
  if (entries.length > draft.log.length) return false;
  return isWhole || last === null || holds(draft.logged, last.digest);
}

/** Whether one of ascending numbers is this one. */
function holds(ascending: Float64Array, wanted: number): boolean {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((ascending[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return ascending[from] === wanted;
}

async function startDraft(
  carriers: readonly JudgedCheckpoint[],
  brief: TrainerState,
  drafts: Draft[],
): Promise<Draft> {
  const { log } =
    (await firstState(carriers, (facts) => facts.whole())) ?? brief;
  const digests = digestsOf(log.entries);
  const draft = {
    facts: [],
    rootStates: [],
    log: digests,
    logged: digests.toSorted(),
    isWhole: log.isWhole,
    counted: lastLogged(log),
  };
  drafts.push(draft);
  return draft;
}

function emptyDraft(drafts: Draft[]): Draft {
  const draft = {
    facts: [],
    rootStates: [],
    log: new Float64Array(0),
    logged: new Float64Array(0),
    isWhole: false,
    counted: null,
  };
  drafts.push(draft);
  return draft;
}

function place(draft: Draft, state: StateFacts, fact: StepFact | null): void {
  const counted = Math.max(
    draft.counted ?? 0,
    // A folder that was copied under another name still counts by its name.
    (fact === null ? state.globalStep : fact.step) ?? 0,
  );
  draft.counted = counted;
  if (fact === null) draft.rootStates.push(state);
  else draft.facts.push(fact);
}

function finish({ facts, rootStates, counted }: Draft): Training {
  return {
    facts: facts.sort((left, right) => left.step - right.step),
    rootStates,
    counted,
  };
}
