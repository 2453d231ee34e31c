import type { CheckpointSubject, WeightsFile } from './subjects.ts';

/**
 * Lets go of what was read of a checkpoint's files, so that memory holds the
 * headers of one checkpoint and not of a thousand. What is asked for again is
 * read again.
 */
export function letGo(
  { adapters, model, looseConfig }: CheckpointSubject,
  weights: readonly WeightsFile[],
): void {
  for (const { file } of weights) file.forget();
  for (const { configFile, config, meaning } of adapters) {
    configFile?.forget();
    config.forget();
    meaning.forget();
  }
  looseConfig?.forget();
  model?.configFile?.forget();
  model?.indexFile?.forget();
  model?.index.forget();
}
