import { findOwnStateGap } from './own-state-gap.ts';
import { findLightningGap } from './lightning-file.ts';
import { findStateGap } from './state-gap.ts';
import { findShardGap } from './shard-gap.ts';
import type { CheckpointSubject } from './subjects.ts';
import { findTrainerStateGap } from './trainer-state-gap.ts';

type FindGap = (checkpoint: CheckpointSubject) => Promise<string | null>;

/** Each looks at what another kind of file is needed for; the first with words counts. */
const GAPS: readonly FindGap[] = [
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
