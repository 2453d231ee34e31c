import type { JudgedCheckpoint, JudgedRunSubject } from '../subjects.ts';
import type { CheckpointSubject } from '../subjects.ts';
import { isTrainingStateName, TRAINER_STATE } from '../names.ts';
import type { LogHistory, TrainerState } from '../trainer-state.ts';

/** What a trainer_state.json tells of the steps, without its log. */
export interface StateFacts {
  readonly maxSteps: number | null;
  readonly epoch: number | null;
  readonly saveSteps: number | null;
  /** Steps that the training took for its best so far. */
  readonly bestSteps: readonly number[];
  readonly hasEnded: boolean | null;
  /** The counter in the file, whatever the folder's name says. */
  readonly globalStep: number | null;
}

/** One step that is there, in one folder or file or several. */
export interface StepFact {
  readonly step: number;
  /** Of the first that carries it. */
  readonly path: string;
  /** Its name with every number replaced: alike where one writer counts in one unit. */
  readonly shape: string;
  readonly producer: string;
  /** Training cannot go on from any that carries it, or nothing can load it. */
  readonly isBroken: boolean;
  /** Whether any holds what only a trainer writes, so that the step was reached. */
  readonly hasContent: boolean;
  readonly state: StateFacts | null;
  /** It has a state, of which nothing is known. */
  readonly isUnread: boolean;
}

/** The steps of a run without what their states tell: ascending, each once. */
export function stepsOf({
  judged,
}: JudgedRunSubject): ReadonlyMap<number, readonly JudgedCheckpoint[]> {
  const steps = new Map<number, JudgedCheckpoint[]>();
  for (const one of judged) {
    const { step } = one.checkpoint;
    if (step === null) continue;
    const same = steps.get(step) ?? [];
    same.push(one);
    steps.set(step, same);
  }
  return steps;
}

/** A step, from those that carry it and from the state that one of them has. */
export function stepFact(
  step: number,
  carriers: readonly JudgedCheckpoint[],
  state: TrainerState | null,
): StepFact {
  const [first] = carriers;
  const path = first?.checkpoint.path ?? '';
  return {
    step,
    path,
    shape: (first?.checkpoint.name ?? '').replace(/\d+/g, '#'),
    producer: first?.checkpoint.producer ?? '',
    isBroken: carriers.every(isBroken),
    hasContent:
      state !== null ||
      carriers.some(({ checkpoint }) => hasWeights(checkpoint)),
    state: state === null ? null : stateFacts(state),
    isUnread:
      state === null &&
      carriers.some(({ checkpoint }) => checkpoint.trainerState !== null),
  };
}

/** What the states of others can be held against. */
export function stateFacts(state: TrainerState): StateFacts {
  const { maxSteps, epoch, saveSteps, hasEnded, globalStep } = state;
  return {
    maxSteps: stepOrNull(maxSteps),
    epoch,
    saveSteps: stepOrNull(saveSteps),
    bestSteps: bestSteps(state),
    hasEnded,
    globalStep: stepOrNull(globalStep),
  };
}

/** A number in a file that can be a step: no fraction, not negative, exact. */
export function stepOrNull(value: number | null): number | null {
  return value !== null && Number.isSafeInteger(value) && value >= 0
    ? value
    : null;
}

/** Where the log of a state ends. */
export function lastLogged({ last }: LogHistory): number | null {
  return stepOrNull(last?.step ?? null);
}

/** `best_model_checkpoint` is a path of the machine that trained: its name counts. */
function bestSteps(state: TrainerState): readonly number[] {
  const named = /checkpoint-(\d{1,15})[\\/]*$/.exec(
    state.bestModelCheckpoint ?? '',
  )?.[1];
  const best = stepOrNull(state.bestGlobalStep);
  return [
    ...(named === undefined ? [] : [Number(named)]),
    ...(best === null ? [] : [best]),
  ];
}

function isBroken({ checkpoint, answers }: JudgedCheckpoint): boolean {
  const { loads, resumes } = answers;
  if (loads.value === 'no') return true;
  return resumes.value === 'no' && !keepsNoState(checkpoint);
}

/** Whether it was saved with `save_only_model`, which nothing is wrong with. */
function keepsNoState({
  trainerState,
  folder,
  sharded,
}: CheckpointSubject): boolean {
  if (trainerState === null || folder === null || sharded !== null)
    return false;
  return ![...folder.files.keys()].some(
    (name) =>
      isTrainingStateName(name) &&
      name !== TRAINER_STATE &&
      name !== 'training_args.bin',
  );
}

function hasWeights({ holds }: CheckpointSubject): boolean {
  return holds !== 'nothing' && holds !== 'unknown';
}
