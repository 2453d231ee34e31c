import { findOwnStateGap } from './own-state-gap.ts';
import { findLightningGap } from './lightning-file.ts';
import { findStateGap } from './state-gap.ts';
import { findShardGap } from './shard-gap.ts';
import { isStepTooLarge } from './subjects.ts';
import type { CheckpointSubject } from './subjects.ts';
import { findTrainerStateGap } from './trainer-state-gap.ts';
import { formatNumber } from '../wording.ts';

type FindGap = (checkpoint: CheckpointSubject) => Promise<string | null>;

/** Of a folder whose number a Trainer takes as it is. */
const STEP_TOO_LARGE = `the step in its name is above ${formatNumber(Number.MAX_SAFE_INTEGER)}, up to which steps are told from one another`;

/** Each looks at what another kind of file is needed for; the first with words counts. */
const GAPS: readonly FindGap[] = [
  findStepGap,
  findOwnStateGap,
  findTrainerStateGap,
  findStateGap,
  findLightningGap,
  findShardGap,
];

/**
 * Why `resumes` cannot be answered with `yes` for a checkpoint, or `null` when all
 * that a resume would read was looked at as far as its format allows. What this does
 * not know to be examined counts as a gap.
 */
export async function findResumeGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  for (const find of GAPS) {
    const gap = await find(checkpoint);
    if (gap !== null) return gap;
  }
  return null;
}

/** What counts its steps cannot be held against a name that is not held itself. */
function findStepGap(checkpoint: CheckpointSubject): Promise<string | null> {
  return Promise.resolve(isStepTooLarge(checkpoint) ? STEP_TOO_LARGE : null);
}
