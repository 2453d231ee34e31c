import { oncePerRun } from '../layout/once-per-run.ts';
import type { CheckpointSubject } from '../layout/subjects.ts';

/** Steps ascend within a run. */
const newestStepFolder = oncePerRun((checkpoints) =>
  checkpoints.findLast(({ isStepFolder }) => isStepFolder),
);

/** The path of the newest step folder of the run, where that is newer; else `null`. */
export function newerStep(subject: CheckpointSubject): string | null {
  const newest = newestStepFolder(subject);
  return (newest?.step ?? -1) > (subject.step ?? -1)
    ? (newest?.path ?? null)
    : null;
}
