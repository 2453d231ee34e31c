import { configFilesOf } from './subjects.ts';
import type { CheckpointSubject, RunSubject, WeightsFile } from './subjects.ts';

/**
 * Lets go of what was read of a checkpoint's files, so that memory holds the
 * headers of one checkpoint and not of a thousand. What is asked for again is
 * read again.
 */
export function letGo(
  checkpoint: CheckpointSubject,
  weights: readonly WeightsFile[],
): void {
  for (const { file } of weights) file.forget();
  for (const file of configFilesOf(checkpoint)) file.forget();
  for (const { meaning } of checkpoint.adapters) meaning.forget();
  checkpoint.model?.indexFile?.forget();
  const { sharded } = checkpoint;
  if (sharded === null) return;
  for (const { metadata } of sharded.dcp) metadata.forget();
  for (const folder of [sharded.own, ...sharded.zero]) folder.forgetStates();
}

/**
 * Lets go of what the state files of a run said, when nothing more is asked of it: until
 * then as many are kept as there is room for (TRAINER_STATES_HELD_MAX_BYTES).
 */
export function letGoOfStates({ checkpoints }: RunSubject): void {
  for (const { trainerState } of checkpoints) {
    trainerState?.brief.forget();
    trainerState?.whole.forget();
  }
}
