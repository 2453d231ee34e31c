import type { FoundCheckpoint } from './folder-checkpoint.ts';
import type { PassedOver, Staging } from './find-checkpoints.ts';
import { hugeStepIn } from './names.ts';
import { isStepTooLarge } from './subjects.ts';
import type {
  CheckpointSubject,
  RunSubject,
  StagingFolder,
} from './subjects.ts';

/**
 * Puts checkpoints into runs by their run's path, runs sorted by path. Within a
 * run steps ascend; what carries no step comes last. Of more than `max` in all the
 * newest of each run are kept, and `omitted` says of each how many are not.
 */
export function groupRuns(
  found: readonly FoundCheckpoint[],
  max: number,
  staging: readonly Staging[] = [],
): readonly RunSubject[] {
  const stagingOf = new Map<string, StagingFolder[]>();
  for (const { run, ...folder } of staging) {
    const own = stagingOf.get(run) ?? [];
    own.push(folder);
    stagingOf.set(run, own);
  }
  const byRun = new Map<string, FoundCheckpoint[]>();
  for (const one of uniquePaths(found)) {
    const members = byRun.get(one.run) ?? [];
    members.push(one);
    byRun.set(one.run, members);
  }
  const sorted = [...byRun].sort(([left], [right]) => compareText(left, right));
  const keep = shareOf(
    sorted.map(([, members]) => members.length),
    max,
  );
  return sorted.slice(0, max).map(([path, members]) => ({
    path,
    checkpoints: inOrder(members, keep),
    staging: stagingOf.get(path) ?? [],
    omitted: Math.max(0, members.length - keep),
  }));
}

/** How many of each run may stay, so that there are at most `max`, and one at least. */
function shareOf(counts: readonly number[], max: number): number {
  let left = max;
  let open = counts.length;
  for (const count of [...counts].sort((one, other) => one - other)) {
    if (count * open > left) return Math.max(1, Math.floor(left / open));
    left -= count;
    open -= 1;
  }
  return Infinity;
}

/** Two targets may overlap: `runs/` and `runs/a`. */
function uniquePaths(found: readonly FoundCheckpoint[]): FoundCheckpoint[] {
  return [...new Map(found.map((one) => [one.path, one])).values()];
}

function inOrder(
  members: readonly FoundCheckpoint[],
  keep: number,
): readonly CheckpointSubject[] {
  const ofRun: CheckpointSubject[] = [];
  const sorted = [...members].sort(compareCheckpoints);
  for (const one of sorted.slice(Math.max(0, sorted.length - keep)))
    ofRun.push({ ...one, ofRun });
  return ofRun;
}

function compareCheckpoints(left: FoundCheckpoint, right: FoundCheckpoint) {
  const leftStep = left.step ?? Infinity;
  const rightStep = right.step ?? Infinity;
  if (leftStep !== rightStep) return leftStep - rightStep;
  const bySize = compareHuge(left, right);
  if (bySize !== 0) return bySize;
  // What a producer loads comes behind the saves of the same step.
  const isSaved = (one: FoundCheckpoint) => (one.isFinal ? 1 : 0);
  return isSaved(left) - isSaved(right) || compareText(left.path, right.path);
}

/** Steps that are too large come by their digits, and before what carries none. */
function compareHuge(left: FoundCheckpoint, right: FoundCheckpoint): number {
  if (!isStepTooLarge(left) && !isStepTooLarge(right)) return 0;
  const [one, other] = [hugeStepIn(left.name), hugeStepIn(right.name)];
  if (one === null || other === null) return one === null ? 1 : -1;
  if (one === other) return 0;
  return one < other ? -1 : 1;
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
