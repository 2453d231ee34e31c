import { beginsAlike, digestsOf } from './log-entry.ts';
import { oncePerRun } from './once-per-run.ts';
import type { CheckpointSubject } from './subjects.ts';

const foldersOfSteps = oncePerRun((checkpoints) => {
  const folders = new Map<number | null, CheckpointSubject>();
  for (const one of checkpoints)
    if (one.isStepFolder) folders.set(one.step, one);
  return folders;
});

/** The folder of the run that is named after a step; `undefined` where there is none. */
export function folderOfStep(
  checkpoint: CheckpointSubject,
  step: number,
): CheckpointSubject | undefined {
  return foldersOfSteps(checkpoint).get(step);
}

/** Whether a later state goes on with the log of an earlier one: one training wrote both. */
export async function goesOnWithLog(
  later: CheckpointSubject,
  earlier: CheckpointSubject,
): Promise<boolean> {
  const own = await later.trainerState?.brief();
  const before = await earlier.trainerState?.brief();
  if (!own?.ok || !before?.ok) return false;
  const log = own.value.log.entries;
  const digests = digestsOf(before.value.log.entries);
  return log.length > 0 && digests.length > 0 && beginsAlike(log, digests);
}
