import { stateFileOf, trainingIn } from './role-files.ts';
import type { CheckpointSubject } from './subjects.ts';
import { rngRanksOf } from './trainer-saves.ts';
import { isStateRead } from './training-state.ts';

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

function wholeOrNull(value: number | null | undefined): number | null {
  return value != null && Number.isSafeInteger(value) && value >= 0
    ? value
    : null;
}

function isOfOneProcess(checkpoint: CheckpointSubject): boolean {
  const isOne = checkpoint.folder?.files.has('rng_state.pth') === true;
  return isOne && rngRanksOf(checkpoint).size === 0;
}
