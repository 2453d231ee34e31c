import { SourceError } from '../bytes/reader.ts';
import {
  lightningFileOf,
  missingStates,
  readLightning,
} from './lightning-file.ts';
import { oncePer } from '../formats/once-per.ts';
import type { CheckpointSubject } from './subjects.ts';

/** One file of Lightning's whose content was read. */
export interface LightningSave {
  readonly checkpoint: CheckpointSubject;
  readonly name: string;
  /** What a resume asks for and does not find; none where it has all. */
  readonly missing: readonly string[];
  /** Whether it keeps no optimizer's state, as with `save_weights_only=True`. */
  readonly isBare: boolean;
}

/**
 * The files of Lightning's in a run that were understood; the same list for all who ask.
 *
 * @throws SourceError when the bytes of one cannot be had
 */
export const lightningSavesOf = oncePer(
  async (
    checkpoints: readonly CheckpointSubject[],
  ): Promise<readonly LightningSave[]> => {
    const saves: LightningSave[] = [];
    for (const checkpoint of checkpoints) {
      const file = lightningFileOf(checkpoint);
      const facts = file === null ? null : await readLightning(file);
      if (file !== null && facts !== null)
        saves.push({
          checkpoint,
          name: file.name,
          missing: missingStates(facts),
          isBare: facts.optimizers === null,
        });
    }
    return saves;
  },
);

/**
 * Whether Lightning wrote it without any state of an optimizer (`save_weights_only=True`),
 * and so all others of the run that could be read.
 */
export async function isOfBareRun(
  checkpoint: CheckpointSubject,
): Promise<boolean> {
  if (lightningFileOf(checkpoint) === null) return false;
  try {
    const saves = await lightningSavesOf(checkpoint.ofRun);
    return (
      saves.some((one) => one.checkpoint === checkpoint) &&
      saves.every(({ isBare }) => isBare)
    );
  } catch (error) {
    // One that cannot be read may be the one that has them.
    if (error instanceof SourceError) return false;
    throw error;
  }
}
