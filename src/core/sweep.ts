import { failureWords } from './bytes/failure-words.ts';
import { SourceError } from './bytes/reader.ts';
import type { SweepFile } from './bytes/reader.ts';
import { weightsOf } from './layout/subjects.ts';
import type {
  Medium,
  RunSubject,
  WeightsFileSubject,
} from './layout/subjects.ts';
import { orNull } from './or-null.ts';
import type { ValuesPlan } from './plan-values.ts';
import type { Survey } from './survey.ts';
import type { InspectOptions, Skip } from './types.ts';

/**
 * With `depth: values`, reads each archive once from start to end, all checksums and
 * the values of weights on the way, where the budget leaves room for all of it.
 *
 * @returns the archives whose bytes could not be had, or are not what is stated of them
 */
export async function sweepArchives(
  { archives, runs }: Pick<Survey, 'archives' | 'runs'>,
  plan: ValuesPlan,
  { depth }: Pick<InspectOptions, 'depth'>,
): Promise<readonly Skip[]> {
  const skipped: Skip[] = [];
  if (depth !== 'values') return skipped;
  const taken = new Map<number | undefined, number>();
  for (const { medium, path, facts } of archives) {
    const { transferMaxBytes } = medium;
    const bytes = facts.sizeBytes + (taken.get(transferMaxBytes) ?? 0);
    const due = await dueIn(medium, runs, plan);
    if (
      medium.sweep === undefined ||
      due === null ||
      bytes > plan.roomFor(medium)
    )
      continue;
    taken.set(transferMaxBytes, bytes);
    const reason = await sweepOne(medium, due);
    if (reason !== null) skipped.push({ where: { path }, cause: 'io', reason });
  }
  return skipped;
}

/** Returns why what came is not all, or is not what was uploaded; else `null`. */
async function sweepOne(
  { sweep, digest: stated }: Medium,
  due: ReadonlyMap<string, WeightsFileSubject>,
): Promise<string | null> {
  try {
    const swept = await sweep?.((below) => sweeperOf(due.get(below)));
    const isOther = stated !== undefined && swept?.digest !== stated;
    return isOther
      ? `its bytes have the digest ${swept?.digest ?? ''}, and ${stated} is stated: they were damaged on the way or in the store`
      : null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return `it could not be read to its end (${failureWords(error)})`;
  }
}

/**
 * The files of an archive whose values are wanted, by their place in it; `null` where
 * there are none or where some are left out, so that a pass would read too much.
 */
async function dueIn(
  medium: Medium,
  runs: readonly RunSubject[],
  plan: ValuesPlan,
): Promise<ReadonlyMap<string, WeightsFileSubject> | null> {
  const due = new Map<string, WeightsFileSubject>();
  for (const { checkpoints } of runs)
    for (const one of checkpoints) {
      if (one.medium !== medium) continue;
      const files = (await orNull(() => weightsOf(one))) ?? [];
      const wanted = files.filter((file) => plan.isDue(file));
      if (wanted.length > 0 && plan.gapOf(one) !== null) return null;
      for (const file of wanted) due.set(file.file.entryPath, file);
    }
  return due.size > 0 ? due : null;
}

/** What cannot be told before the bytes come is found by the checks. */
async function sweeperOf(
  file: WeightsFileSubject | undefined,
): Promise<SweepFile | null> {
  return file === undefined ? null : orNull(() => file.file.sweeper());
}
