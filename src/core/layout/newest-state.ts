import { oncePerRun } from './once-per-run.ts';
import { SourceError } from '../bytes/reader.ts';
import type { Parsed } from '../formats/parsed.ts';
import { looksResumable } from './looks-resumable.ts';
import { hasSoundWeights, resumableOf } from './resume-advice.ts';
import type {
  CheckpointSubject,
  JudgedCheckpoint,
  JudgedRunSubject,
} from './subjects.ts';
import { isStateRead } from './training-state.ts';
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
  async (checkpoints): Promise<Set<TrainerStateFacts>> => {
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

/**
 * Has the state of an older checkpoint read whole, where training would go on from weights
 * that are proven not to be sound: the newest that has others and looks as if training
 * could go on from it, and, as long as its state turns out broken, the one before it.
 *
 * @returns those of which more is known now
 * @throws SourceError when the bytes cannot be had
 */
export async function readSoundWhole(
  run: JudgedRunSubject,
): Promise<readonly JudgedCheckpoint[]> {
  const best = resumableOf(run);
  if (best === null || hasSoundWeights(best)) return [];
  const more: JudgedCheckpoint[] = [];
  const older = run.judged.slice(0, run.judged.indexOf(best)).reverse();
  for (const one of older) {
    const { checkpoint, answers } = one;
    const { trainerState, step } = checkpoint;
    const isOpen = answers.resumes.value === 'not checked';
    if (step === null || trainerState === null || !isOpen) continue;
    if (!hasSoundWeights(one) || !isStateRead(checkpoint)) continue;
    if (!(await looksResumable(checkpoint))) continue;
    const brief = await trainerState.brief();
    const whole = await readWhole(checkpoint);
    if (!brief.ok || brief.value.log.isWhole || whole.has(trainerState))
      continue;
    whole.add(trainerState);
    more.push(one);
    if (await canBeRead(trainerState.whole)) return more;
  }
  return more;
}

async function canBeRead(read: TrainerStateFacts['whole']): Promise<boolean> {
  try {
    return (await read()).ok;
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}
