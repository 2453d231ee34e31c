import { configFilesOf } from './subjects.ts';
import type { CheckpointSubject, WeightsFile } from './subjects.ts';

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
  for (const { config, meaning } of checkpoint.adapters) {
    config.forget();
    meaning.forget();
  }
  checkpoint.model?.index.forget();
  const { sharded } = checkpoint;
  if (sharded === null) return;
  for (const { metadata } of sharded.dcp) metadata.forget();
  for (const folder of [sharded.own, ...sharded.zero]) folder.forgetStates();
}
