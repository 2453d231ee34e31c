import { oncePerRun } from './once-per-run.ts';
import { SourceError } from '../bytes/reader.ts';
import type { Parsed } from '../formats/parsed.ts';
import { looksResumable } from './looks-resumable.ts';
import type { CheckpointSubject } from './subjects.ts';
import type {
  ReadState,
  TrainerStateDefect,
  TrainerStateFacts,
} from './trainer-state.ts';

/**
 * The state of a checkpoint as far as it is read unless a rule needs more: whole that of
 * the newest of its run from which training could go on; of the others, when they are
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
  const whole = await readWhole(checkpoint);
  return whole.has(trainerState) ? trainerState.whole() : brief;
}

/**
 * The newest that looks as if training could go on from it, and, as long as its state
 * turns out broken, the one before it. Where none looks so, the newest whose beginning
 * and end can be read: others stop a resume by themselves.
 */
const readWhole = oncePerRun(
  async (checkpoints): Promise<ReadonlySet<TrainerStateFacts>> => {
    const newestFirst = checkpoints
      .filter(({ step }) => step !== null)
      .reverse();
    const whole = new Set<TrainerStateFacts>();
    for (const one of newestFirst) {
      const { trainerState } = one;
      if (trainerState === null || !(await looksResumable(one))) continue;
      whole.add(trainerState);
      if (await canBeRead(trainerState.whole)) return whole;
    }
    if (whole.size > 0) return whole;
    for (const { trainerState } of newestFirst)
      if (trainerState !== null && (await canBeRead(trainerState.brief)))
        return new Set([trainerState]);
    return whole;
  },
);

async function canBeRead(read: TrainerStateFacts['whole']): Promise<boolean> {
  try {
    return (await read()).ok;
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}
