import { failureWords } from './bytes/failure-words.ts';
import { SourceError } from './bytes/reader.ts';
import type { SweepFile } from './bytes/reader.ts';
import { weightsOf } from './layout/subjects.ts';
import { showPath } from './layout/tree.ts';
import type {
  ArchiveSubject,
  Medium,
  RunSubject,
  WeightsFileSubject,
} from './layout/subjects.ts';
import { orNull } from './or-null.ts';
import type { ValuesPlan } from './plan-values.ts';
import type { Survey } from './survey.ts';
import type { InspectOptions, Skip } from './types.ts';
import { formatBytes } from './wording.ts';

/**
 * With `depth: values`, reads each archive once from start to end, all checksums and
 * the values of weights on the way, where the budget leaves room for all of it.
 *
 * @returns what could not be had, is not what is stated of it, or was left out
 */
export async function sweepArchives(
  { targets, runs }: Pick<Survey, 'targets' | 'runs'>,
  plan: ValuesPlan,
  { depth }: Pick<InspectOptions, 'depth'>,
): Promise<readonly Skip[]> {
  const skipped: Skip[] = [];
  const taken = new Map<number | undefined, number>();
  if (depth !== 'values') return skipped;
  for (const archive of targets.flatMap(({ archives }) => archives)) {
    const { medium, path, facts } = archive;
    const due = await dueIn(medium, runs, plan);
    if (medium.sweep === undefined || due === null) continue;
    const { transferMaxBytes: budget } = medium;
    const bytes = facts.sizeBytes + (taken.get(budget) ?? 0);
    const room = plan.roomFor(medium);
    if (due === 'too much' || bytes > room) {
      const reason = `its checksums and its digest were not checked but for what else was read: all of it takes ${formatBytes(facts.sizeBytes)}, and ${formatBytes(room)} are read (max-bytes)`;
      skipped.push({ where: { path }, cause: 'unreachable', reason });
      continue;
    }
    taken.set(budget, bytes);
    for (const skip of await sweepOne(archive, due)) skipped.push(skip);
  }
  return skipped;
}

/** What came and is not what was uploaded, or did not come. */
async function sweepOne(
  { medium, path }: ArchiveSubject,
  due: ReadonlyMap<string, WeightsFileSubject>,
): Promise<readonly Skip[]> {
  const { sweep, digest: stated } = medium;
  const skip = (at: string, reason: string): Skip => ({
    where: { path: at },
    cause: 'io',
    reason,
  });
  try {
    const swept = await sweep?.((below) => sweeperOf(due.get(below)));
    if (swept === undefined) return [];
    const damaged = swept.damaged.map((one) =>
      skip(showPath(medium, one.path), `it is damaged: ${one.words}`),
    );
    return stated === undefined || swept.digest === stated
      ? damaged
      : [
          ...damaged,
          skip(
            path,
            `its bytes have the digest ${swept.digest}, and ${stated} is stated: they were damaged on the way or in the store`,
          ),
        ];
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return [
      skip(path, `it could not be read to its end (${failureWords(error)})`),
    ];
  }
}

/**
 * The files of an archive whose values are wanted, by their place in it; `null` where
 * it has no checkpoint, `too much` where the budget leaves some of them out.
 */
async function dueIn(
  medium: Medium,
  runs: readonly RunSubject[],
  plan: ValuesPlan,
): Promise<ReadonlyMap<string, WeightsFileSubject> | 'too much' | null> {
  const due = new Map<string, WeightsFileSubject>();
  let checkpoints = 0;
  for (const run of runs)
    for (const one of run.checkpoints) {
      if (one.medium !== medium) continue;
      checkpoints += 1;
      const files = (await orNull(() => weightsOf(one))) ?? [];
      const wanted = files.filter((file) => plan.isDue(file));
      if (wanted.length > 0 && plan.gapOf(one) !== null) return 'too much';
      for (const file of wanted) due.set(file.file.entryPath, file);
    }
  return checkpoints > 0 ? due : null;
}

/** What cannot be told before the bytes come is found by the checks. */
async function sweeperOf(
  file: WeightsFileSubject | undefined,
): Promise<SweepFile | null> {
  return file === undefined ? null : orNull(() => file.file.sweeper());
}
