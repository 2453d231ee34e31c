import { SourceError } from '../../core/bytes/reader.ts';
import { listNames } from '../../core/wording.ts';
import { newestFirst } from './artifact.ts';
import type { Artifact } from './artifact.ts';
import { compileName, findNameExcess } from './name-pattern.ts';

/** What the user's names and patterns mean, of the artifacts that there are. */
export interface Selection {
  /** Those to read: the newest of each name, sorted by name. */
  readonly artifacts: readonly Artifact[];
  /** Those that are meant and have expired: they cannot be read. */
  readonly expired: readonly Artifact[];
  /** Names and patterns that mean none, or cannot be tried, as the user gave them. */
  readonly unmatched: readonly Unmatched[];
}

/** A name or pattern that means no artifact. */
export interface Unmatched {
  readonly pattern: string;
  readonly error: SourceError;
}

/** Of the names that there are, as many as help to find the misspelling. */
const NAMES_SHOWN = 20;
/** A name that people gave is shorter; one made to flood a report is cut. */
const NAME_CHARACTERS_SHOWN = 100;

/**
 * Finds the artifacts that are meant. A name that an artifact has means that one, whatever
 * characters are in it; else it is a pattern, see `compileName`.
 *
 * @param artifacts all of the run: of a name several, where the run was started again
 * @param patterns none means every artifact
 */
export function selectArtifacts(
  artifacts: readonly Artifact[],
  patterns: readonly string[],
): Selection {
  const newest = newestByName(artifacts);
  const chosen = new Set<Artifact>();
  const unmatched: Unmatched[] = [];
  for (const pattern of patterns) {
    const found = findMatches(newest, pattern);
    if (found instanceof SourceError) unmatched.push({ pattern, error: found });
    else for (const artifact of found) chosen.add(artifact);
  }
  const meant = [...(patterns.length === 0 ? newest.values() : chosen)].sort(
    byName,
  );
  return {
    artifacts: meant.filter(({ isExpired }) => !isExpired),
    expired: meant.filter(({ isExpired }) => isExpired),
    unmatched,
  };
}

/** An older one of the same name never stands in for a newer that has expired. */
function newestByName(
  artifacts: readonly Artifact[],
): ReadonlyMap<string, Artifact> {
  const newest = new Map<string, Artifact>();
  for (const artifact of [...artifacts].sort(newestFirst))
    if (!newest.has(artifact.name)) newest.set(artifact.name, artifact);
  return newest;
}

function findMatches(
  newest: ReadonlyMap<string, Artifact>,
  pattern: string,
): readonly Artifact[] | SourceError {
  const literal = newest.get(pattern);
  if (literal !== undefined) return [literal];
  const excess = findNameExcess(pattern);
  if (excess !== null) return new SourceError('PATTERN', excess);
  const matches = compileName(pattern);
  const found = [...newest.values()].filter(({ name }) => matches(name));
  return found.length > 0
    ? found
    : new SourceError('NOT_FOUND', absence(newest));
}

function absence(newest: ReadonlyMap<string, Artifact>): string {
  if (newest.size === 0) return 'the run has no artifacts';
  const names = [...newest.values()]
    .sort(byName)
    .map(({ name }) => shorten(name));
  return `the run has no artifact of this name; it has ${listNames(names, NAMES_SHOWN)}`;
}

function shorten(name: string): string {
  return name.length > NAME_CHARACTERS_SHOWN
    ? `${name.slice(0, NAME_CHARACTERS_SHOWN)}…`
    : name;
}

/** By code units: the same on every machine. */
function byName({ name: one }: Artifact, { name: other }: Artifact): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
