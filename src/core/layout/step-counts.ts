import { beginsAlike } from './log-entry.ts';
import { oncePerRun } from './once-per-run.ts';
import type { CheckpointSubject } from './subjects.ts';
import { rngRanksOf } from './trainer-saves.ts';
import { isStateRead, stateFilesOf } from './training-state.ts';
import type { StateFile, StateReading } from './training-state.ts';

/** What counts the steps of a training in a Trainer's checkpoint, each for itself. */
export interface StepCounts {
  /** Of the folder's name. */
  readonly named: number;
  /** `global_step` of trainer_state.json. */
  readonly said: number;
  /** `last_epoch` of a schedule that a Trainer has step whenever the optimizer does. */
  readonly scheduler: number | null;
  /** What the optimizer kept for its parameters, where that is one number. */
  readonly optimizer: number | null;
}

/**
 * The counts of steps in a checkpoint, where one process wrote it and all is read that
 * says them; else `null`. Schedules of several processes may take a step for each
 * (accelerate scheduler.py).
 *
 * @throws SourceError when the bytes of a state cannot be had
 */
export async function stepCountsOf(
  checkpoint: CheckpointSubject,
): Promise<StepCounts | null> {
  const { step: named, trainerState } = checkpoint;
  if (named === null || trainerState === null) return null;
  if (!isOfOneProcess(checkpoint) || !isStateRead(checkpoint)) return null;
  const state = await trainerState.brief();
  const said = state.ok ? state.value.globalStep : null;
  if (said === null || !Number.isSafeInteger(said)) return null;
  const scheduler = await trainingIn(stateFileOf(checkpoint, 'scheduler'));
  const optimizer = await trainingIn(stateFileOf(checkpoint, 'optimizer'));
  const { isStepped, lastEpoch } = scheduler?.scheduler ?? {};
  return {
    named,
    said,
    scheduler: isStepped ? wholeOrNull(lastEpoch) : null,
    optimizer: wholeOrNull(optimizer?.optimizerSteps),
  };
}

/** The file that a resume takes a part of the state from; `null` where there is none. */
export function stateFileOf(
  checkpoint: CheckpointSubject,
  asked: 'optimizer' | 'scheduler',
): StateFile | null {
  const found = stateFilesOf(checkpoint).find(
    ({ role, need }) => role === asked && need === 'needed',
  );
  return found ?? null;
}

/** Whether a file of the state holds the same in both, by the checksums of its records. */
export async function isSameFile(
  one: CheckpointSubject,
  other: CheckpointSubject,
  asked: 'optimizer' | 'scheduler',
): Promise<boolean> {
  const own = (await trainingIn(stateFileOf(one, asked)))?.content ?? null;
  const others = await trainingIn(stateFileOf(other, asked));
  return own !== null && own === others?.content;
}

/** What a file of the state tells; `null` where there is none, or it is not known to load. */
export async function trainingIn(file: StateFile | null) {
  const read: StateReading | undefined = await file?.reading();
  return read?.kind === 'read' &&
    read.training.unknown === null &&
    read.training.misfit === null
    ? read.training
    : null;
}

/** Of each checkpoint that keeps an optimizer or a schedule the one before it that does. */
export function predecessorOf(
  checkpoint: CheckpointSubject,
  asked: 'optimizer' | 'scheduler',
): CheckpointSubject | null {
  return predecessors[asked](checkpoint).get(checkpoint) ?? null;
}

const predecessors = {
  optimizer: oncePerRun((all) => findPredecessors(all, 'optimizer')),
  scheduler: oncePerRun((all) => findPredecessors(all, 'scheduler')),
};

function findPredecessors(
  checkpoints: readonly CheckpointSubject[],
  asked: 'optimizer' | 'scheduler',
) {
  const before = new Map<CheckpointSubject, CheckpointSubject>();
  let last: CheckpointSubject | null = null;
  for (const one of checkpoints) {
    if (one.step === null || stateFileOf(one, asked) === null) continue;
    if (last !== null) before.set(one, last);
    last = one;
  }
  return before;
}

function wholeOrNull(value: number | null | undefined): number | null {
  return value != null && Number.isSafeInteger(value) && value >= 0
    ? value
    : null;
}

function isOfOneProcess(checkpoint: CheckpointSubject): boolean {
  const isOne = checkpoint.folder?.files.has('rng_state.pth') === true;
  return isOne && rngRanksOf(checkpoint).size === 0;
}

const foldersOfSteps = oncePerRun((checkpoints) => {
  const folders = new Map<number | null, CheckpointSubject>();
  for (const one of checkpoints)
    if (one.isStepFolder) folders.set(one.step, one);
  return folders;
});

/** The folder of the run that is named after a step; `undefined` where there is none. */
export function folderOfStep(
  checkpoint: CheckpointSubject,
  step: number,
): CheckpointSubject | undefined {
  return foldersOfSteps(checkpoint).get(step);
}

/** Whether a later state goes on with the log of an earlier one: one training wrote both. */
export async function goesOnWithLog(
  later: CheckpointSubject,
  earlier: CheckpointSubject,
): Promise<boolean> {
  const own = await later.trainerState?.brief();
  const before = await earlier.trainerState?.brief();
  if (!own?.ok || !before?.ok) return false;
  const log = own.value.log.entries;
  const digests = before.value.log.entries.map(({ digest }) => digest);
  return log.length > 0 && digests.length > 0 && beginsAlike(log, digests);
}
