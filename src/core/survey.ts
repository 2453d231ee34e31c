import { failureWords } from './bytes/failure-words.ts';
import { CHECKPOINTS_MAX } from './bytes/limits.ts';
import { SourceError } from './bytes/reader.ts';
import type { Listing, Source } from './bytes/reader.ts';
import { findCheckpoints } from './layout/find-checkpoints.ts';
import type { Found } from './layout/find-checkpoints.ts';
import type { FoundCheckpoint } from './layout/folder-checkpoint.ts';
import { groupRuns, setAliasesAside } from './layout/group-runs.ts';
import type {
  ArchiveSubject,
  RunSubject,
  TargetSubject,
} from './layout/subjects.ts';
import { buildTree, showPath } from './layout/tree.ts';
import type { Skip } from './types.ts';
import { formatCount, formatNumber } from './wording.ts';

/** What the user named, and the roots that it stands for. */
export interface Target {
  /** As the user gave it: a path or a pattern. */
  readonly named: string;
  /** Empty when nothing exists there. */
  readonly sources: readonly Source[];
  /** Of an artifact that is looked for: the names that there are. */
  readonly there?: readonly string[];
  /** Something that the user did not name: without a checkpoint it is only listed. */
  readonly isOffered?: true;
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
  readonly archive: ArchiveSubject | null;
  readonly files: number;
  /** Files that cannot be opened under any name. */
  readonly nameless: number;
  readonly folders: number;
  readonly skipped: readonly Skip[];
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
  const offered: Skip[] = [];
  for (const target of targets) {
    const surveyed: RootSurvey[] = [];
    for (const source of target.sources)
      surveyed.push(await surveyRoot(source));
    const subject = targetSubject(target, surveyed);
    roots.push(...surveyed);
    subjects.push(subject);
    if (isEmptyOffer(subject)) offered.push(emptyOffer(subject));
  }
  const found: FoundCheckpoint[] = roots.flatMap((one) => one.checkpoints);
  const { checkpoints, passedOver } = setAliasesAside(found);
  const runs = groupRuns(
    checkpoints,
    CHECKPOINTS_MAX,
    roots.flatMap(({ staging }) => staging),
  );
  return {
    targets: subjects,
    runs,
    skipped: [
      ...roots.flatMap(({ skipped }) => skipped),
      ...passedOver,
      ...offered,
      ...omittedSkips(checkpoints, runs),
    ],
    files: sum(roots.map(({ files }) => files)),
    folders: sum(roots.map(({ folders }) => folders)),
  };
}

/** One for all: there may be as many runs. */
function omittedSkips(
  found: readonly FoundCheckpoint[],
  runs: readonly RunSubject[],
): Skip[] {
  const kept = sum(runs.map(({ checkpoints }) => checkpoints.length));
  const paths = new Set(found.map(({ path }) => path));
  const first = runs.find(({ omitted }) => omitted > 0) ?? runs.at(-1);
  if (paths.size === kept || first === undefined) return [];
  const rest = paths.size - kept;
  const inRuns = new Set(found.map(({ run }) => run)).size;
  const which =
    inRuns === runs.length
      ? 'of each run the newest are in this report'
      : `of the first ${formatCount(runs.length, 'run')} by name the newest are in this report`;
  return [
    {
      where: { path: first.path },
      cause: 'limit',
      reason: `of ${formatCount(paths.size, 'checkpoint')} in all, more than the ${formatNumber(CHECKPOINTS_MAX)} that are looked at, ${formatNumber(rest)} ${rest === 1 ? 'was' : 'were'} passed over; ${which}`,
    },
  ];
}

async function surveyRoot(source: Source): Promise<RootSurvey> {
  const listing = await listOrSkip(source);
  const found = await findCheckpoints(source, buildTree(source, listing));
  const { archive: facts } = listing;
  return {
    ...found,
    archive:
      facts === undefined
        ? null
        : { path: showPath(source, ''), medium: source, facts },
    files: listing.entries.filter(({ kind }) => kind === 'file').length,
    nameless: listing.unlisted.filter(({ cause }) => cause === 'unsupported')
      .length,
    folders: listing.entries.filter(({ kind }) => kind === 'folder').length,
    skipped: [...listingSkips(source, listing), ...found.passedOver],
  };
}

async function listOrSkip(source: Source): Promise<Listing> {
  const lead =
    source.mark === undefined
      ? 'it could not be listed'
      : 'the artifact could not be read';
  try {
    return await source.list();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const reason = `${lead} (${failureWords(error, 'folder')})`;
    return { entries: [], unlisted: [{ path: '', cause: 'io', reason }] };
  }
}

function listingSkips(source: Source, listing: Listing): Skip[] {
  const skip = (path: string, cause: Skip['cause'], reason: string) => ({
    where: { path: showPath(source, path) },
    cause,
    reason,
  });
  const unlisted = listing.unlisted.map(({ path, cause, reason }) =>
    skip(path, cause, reason),
  );
  const unopened = listing.entries.flatMap((entry) => {
    const { kind, reason } = entry;
    if (kind === 'symlink')
      return [skip(entry.path, 'link', reason ?? 'a link')];
    if (kind === 'other')
      return [skip(entry.path, 'special', reason ?? 'special')];
    return [];
  });
  return [...unlisted, ...unopened];
}

function isEmptyOffer(target: TargetSubject): boolean {
  return !target.isNamed && !target.hasGaps && target.checkpoints === 0;
}

function emptyOffer({ named, files, archives }: TargetSubject): Skip {
  const defect = archives.find(({ facts }) => facts.defect !== null);
  if (defect !== undefined)
    return {
      where: { path: named },
      // A checkpoint may be in it.
      cause: 'io',
      reason: `its files cannot be listed: the archive ${defect.facts.defect?.words ?? ''}`,
    };
  return {
    where: { path: named },
    cause: 'ignored',
    reason: `an artifact without a checkpoint, of ${formatCount(files, 'file')}`,
  };
}

function targetSubject(
  { named, sources, there, isOffered }: Target,
  roots: readonly RootSurvey[],
): TargetSubject {
  return {
    named,
    there: there ?? null,
    isNamed: isOffered !== true,
    isUpload: sources.some(({ isUpload }) => isUpload === true),
    isAbsent: sources.length === 0,
    hasGaps: roots.some(({ skipped }) =>
      skipped.some(({ cause }) => GAPS.has(cause)),
    ),
    checkpoints: sum(roots.map(({ checkpoints }) => checkpoints.length)),
    files: sum(roots.map(({ files, nameless }) => files + nameless)),
    unknownWeights: roots.flatMap(({ unknownWeights }) => unknownWeights),
    leftovers: roots.flatMap(({ leftovers }) => leftovers),
    archives: roots.flatMap(({ archive }) => archive ?? []),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
