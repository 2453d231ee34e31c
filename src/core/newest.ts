import { newestWith } from './layout/resume-advice.ts';
import type { CheckpointSubject, RunSubject } from './layout/subjects.ts';
import type { CheckpointSummary } from './types.ts';

/** The path to load: where the adapter lies in a subfolder alone, that. */
export function newestLoadable(
  run: RunSubject,
  rows: readonly CheckpointSummary[],
): string | null {
  const loadPaths = new Map(
    run.checkpoints.map((one) => [one.path, loadPathOf(one)]),
  );
  const newest = newestWith(
    rows.filter(({ path }) => loadPaths.get(path) !== null),
    'loads',
  );
  return newest === null ? null : (loadPaths.get(newest.path) ?? null);
}

/** `null` where there are several adapters, of which none lies in the folder itself. */
function loadPathOf({ path, adapters }: CheckpointSubject): string | null {
  const [only, ...others] = adapters;
  if (only === undefined || adapters.some(({ name }) => name === null))
    return path;
  return others.length === 0 ? only.path : null;
}

/** The checkpoint to resume from. */
export function newestResumable(
  rows: readonly CheckpointSummary[],
): string | null {
  return newestWith(rows, 'resumes')?.path ?? null;
}
