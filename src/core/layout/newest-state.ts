import { oncePerRun } from './once-per-run.ts';
import { SourceError } from '../bytes/reader.ts';
import type { Parsed } from '../formats/parsed.ts';
import type { CheckpointSubject } from './subjects.ts';
import type {
  ReadState,
  TrainerStateDefect,
  TrainerStateFacts,
} from './trainer-state.ts';

/**
 * The state of a checkpoint as far as it is read unless a rule needs more: whole that of
 * the newest of its run, from which training would go on; of the others, when they are
 * large, the beginning and the end.
 *
 * @returns `null` where there is none
 * @throws SourceError when the bytes cannot be had
 */
export async function readState(
  checkpoint: CheckpointSubject,
): Promise<Parsed<ReadState, TrainerStateDefect> | null> {
  const { trainerState } = checkpoint;
  if (trainerState === null) return null;
  const brief = await trainerState.brief();
  if (!brief.ok || brief.value.log.isWhole) return brief;
  const newest = await newestState(checkpoint);
  return newest === trainerState ? trainerState.whole() : brief;
}

/** Of the newest whose beginning and end can be read: others stop a resume by themselves. */
const newestState = oncePerRun(async (checkpoints) => {
  const stepped = checkpoints.filter(({ step }) => step !== null);
  for (const { trainerState } of [...stepped].reverse())
    if (trainerState !== null && (await canBeRead(trainerState)))
      return trainerState;
  return null;
});

async function canBeRead({ brief }: TrainerStateFacts): Promise<boolean> {
  try {
    return (await brief()).ok;
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}
