import type { FoundCheckpoint } from './folder-checkpoint.ts';
import type { PassedOver } from './find-checkpoints.ts';
import type { CheckpointSubject, RunSubject } from './subjects.ts';

/**
 * Puts checkpoints into runs by their run's path, runs sorted by path. Within a
 * run steps ascend; what carries no step comes last.
 */
export function groupRuns(
  found: readonly FoundCheckpoint[],
): readonly RunSubject[] {
  const byRun = new Map<string, FoundCheckpoint[]>();
  for (const one of uniquePaths(found)) {
    const members = byRun.get(one.run) ?? [];
    members.push(one);
    byRun.set(one.run, members);
  }
  return [...byRun]
    .sort(([left], [right]) => compareText(left, right))
    .map(([path, members]) => ({ path, checkpoints: inOrder(members) }));
}

/** Two targets may overlap: `runs/` and `runs/a`. */
function uniquePaths(found: readonly FoundCheckpoint[]): FoundCheckpoint[] {
  return [...new Map(found.map((one) => [one.path, one])).values()];
}

function inOrder(
  members: readonly FoundCheckpoint[],
): readonly CheckpointSubject[] {
  const ofRun: CheckpointSubject[] = [];
  for (const one of [...members].sort(compareCheckpoints))
    ofRun.push({ ...one, ofRun });
  return ofRun;
}

function compareCheckpoints(left: FoundCheckpoint, right: FoundCheckpoint) {
  const leftStep = left.step ?? Infinity;
  const rightStep = right.step ?? Infinity;
  if (leftStep !== rightStep) return leftStep - rightStep;
  // What a producer loads comes behind the saves of the same step.
  const isSaved = (one: FoundCheckpoint) => (one.isFinal ? 1 : 0);
  return isSaved(left) - isSaved(right) || compareText(left.path, right.path);
}

/** By code units, so that no locale changes a report. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * Sets aside the folders reached through a link whose target is a checkpoint
 * under its own name (`checkpoint-latest` → `checkpoint-6`).
 */
export function setAliasesAside(found: readonly FoundCheckpoint[]): {
  readonly checkpoints: readonly FoundCheckpoint[];
  readonly passedOver: readonly PassedOver[];
} {
  const own = new Map(
    found.flatMap(({ folder, path }) =>
      folder !== null && folder.realPath === null ? [[folder.path, path]] : [],
    ),
  );
  const aliasOf = ({ folder }: FoundCheckpoint) =>
    folder?.realPath == null ? undefined : own.get(folder.realPath);
  return {
    checkpoints: found.filter((one) => aliasOf(one) === undefined),
    passedOver: found.flatMap((one) => {
      const target = aliasOf(one);
      if (target === undefined) return [];
      const reason = `a link to ${target}, which is examined under that name`;
      return [{ where: { path: one.path }, cause: 'alias' as const, reason }];
    }),
  };
}
