import type { ArchiveFacts } from './bytes/archive.ts';
import { failureWords } from './bytes/failure-words.ts';
import { SourceError } from './bytes/reader.ts';
import type { Listing, Source } from './bytes/reader.ts';
import { findCheckpoints } from './layout/find-checkpoints.ts';
import type { Found } from './layout/find-checkpoints.ts';
import type { FoundCheckpoint } from './layout/folder-checkpoint.ts';
import { groupRuns, setAliasesAside } from './layout/group-runs.ts';
import type { RunSubject, TargetSubject } from './layout/subjects.ts';
import { buildTree, showPath } from './layout/tree.ts';
import type { Skip } from './types.ts';

/** What the user named, and the roots that it stands for. */
export interface Target {
  /** As the user gave it: a path or a pattern. */
  readonly named: string;
  /** Empty when nothing exists there. */
  readonly sources: readonly Source[];
}

/** What there is, before any check has looked at it. */
export interface Survey {
  readonly targets: readonly TargetSubject[];
  readonly runs: readonly RunSubject[];
  readonly skipped: readonly Skip[];
  readonly files: number;
  readonly folders: number;
}

interface RootSurvey extends Found {
  readonly files: number;
  /** Files that cannot be opened under any name. */
  readonly nameless: number;
  readonly folders: number;
  readonly skipped: readonly Skip[];
  readonly archives: TargetSubject['archives'];
}

/**
 * Causes for which a checkpoint may be there that was not found. `damaged` and
 * `unreachable` are of files that had to be opened to tell what they are.
 */
const GAPS: ReadonlySet<Skip['cause']> = new Set([
  'io',
  'limit',
  'damaged',
  'unreachable',
]);

/** Lists every target and finds runs and checkpoints in what is there. */
export async function survey(targets: readonly Target[]): Promise<Survey> {
  const subjects: TargetSubject[] = [];
  const roots: RootSurvey[] = [];
  for (const target of targets) {
    const surveyed: RootSurvey[] = [];
    for (const source of target.sources)
      surveyed.push(await surveyRoot(source));
    roots.push(...surveyed);
    subjects.push(targetSubject(target, surveyed));
  }
  const found: FoundCheckpoint[] = roots.flatMap((one) => one.checkpoints);
  const { checkpoints, passedOver } = setAliasesAside(found);
  return {
    targets: subjects,
    runs: groupRuns(checkpoints),
    skipped: [...roots.flatMap(({ skipped }) => skipped), ...passedOver],
    files: sum(roots.map(({ files }) => files)),
    folders: sum(roots.map(({ folders }) => folders)),
  };
}

async function surveyRoot(source: Source): Promise<RootSurvey> {
  const listing = await listOrSkip(source);
  const found = await findCheckpoints(source, buildTree(source.label, listing));
  return {
    ...found,
    files: listing.entries.filter(({ kind }) => kind === 'file').length,
    nameless: listing.unlisted.filter(({ cause }) => cause === 'unsupported')
      .length,
    folders: listing.entries.filter(({ kind }) => kind === 'folder').length,
    skipped: [...listingSkips(source.label, listing), ...found.passedOver],
    archives: archivesOf(source.label, listing.archive),
  };
}

function archivesOf(path: string, facts: ArchiveFacts | undefined) {
  return facts === undefined ? [] : [{ path, facts }];
}

async function listOrSkip(source: Source): Promise<Listing> {
  try {
    return await source.list();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const reason = `it could not be listed (${failureWords(error, 'folder')})`;
    return { entries: [], unlisted: [{ path: '', cause: 'io', reason }] };
  }
}

function listingSkips(label: string, listing: Listing): Skip[] {
  const skip = (path: string, cause: Skip['cause'], reason: string) => ({
    where: { path: showPath(label, path) },
    cause,
    reason,
  });
  const unlisted = listing.unlisted.map(({ path, cause, reason }) =>
    skip(path, cause, reason),
  );
  const unopened = listing.entries.flatMap(({ path, kind, reason }) => {
    if (kind === 'symlink') return [skip(path, 'link', reason ?? 'a link')];
    if (kind === 'other') return [skip(path, 'special', reason ?? 'special')];
    return [];
  });
  return [...unlisted, ...unopened];
}

function targetSubject(
  { named, sources }: Target,
  roots: readonly RootSurvey[],
): TargetSubject {
  return {
    named,
    isAbsent: sources.length === 0,
    hasGaps: roots.some(({ skipped }) =>
      skipped.some(({ cause }) => GAPS.has(cause)),
    ),
    checkpoints: sum(roots.map(({ checkpoints }) => checkpoints.length)),
    files: sum(roots.map(({ files, nameless }) => files + nameless)),
    unknownWeights: roots.flatMap(({ unknownWeights }) => unknownWeights),
    leftovers: roots.flatMap(({ leftovers }) => leftovers),
    archives: roots.flatMap(({ archives }) => archives),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
