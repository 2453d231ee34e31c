import { failureWords } from './bytes/failure-words.ts';
import { SourceError } from './bytes/reader.ts';
import type { SweepFile } from './bytes/reader.ts';
import { weightsOf } from './layout/subjects.ts';
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

/** What passes over archives showed, and which of them could not be made. */
export interface Sweeps {
  readonly skipped: readonly Skip[];
  /** SHA-256 of the archives that were read whole. */
  readonly digests: ReadonlyMap<ArchiveSubject, string>;
}

/**
 * With `depth: values`, reads each archive once from start to end, all checksums and
 * the values of weights on the way, where the budget leaves room for all of it.
 */
export async function sweepArchives(
  { archives, runs }: Pick<Survey, 'archives' | 'runs'>,
  plan: ValuesPlan,
  { depth }: Pick<InspectOptions, 'depth'>,
): Promise<Sweeps> {
  const skipped: Skip[] = [];
  const digests = new Map<ArchiveSubject, string>();
  if (depth !== 'values') return { skipped, digests };
  const taken = new Map<number | undefined, number>();
  for (const archive of archives) {
    const { medium, path, facts } = archive;
    const { transferMaxBytes } = medium;
    const bytes = facts.sizeBytes + (taken.get(transferMaxBytes) ?? 0);
    const due = await dueIn(medium, runs, plan);
    if (!medium.sweep || due === null || bytes > plan.roomFor(medium)) continue;
    taken.set(transferMaxBytes, bytes);
    try {
      const swept = await medium.sweep((below) => sweeperOf(due.get(below)));
      digests.set(archive, swept.digest);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const reason = `it could not be read to its end (${failureWords(error)})`;
      skipped.push({ where: { path }, cause: 'io', reason });
    }
  }
  return { skipped, digests };
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
