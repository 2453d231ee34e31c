import * as path from 'node:path';
import type { Source } from '../core/bytes/reader.ts';
import { SourceError } from '../core/bytes/reader.ts';
import { archiveSource } from './archive.ts';
import { directorySource, unreachableSource } from './directory.ts';
import { findGlobExcess } from './glob-limits.ts';
import { openLocalFile } from './local-file.ts';

/** What the user named, and the roots below which to look. */
export interface ResolvedTarget {
  readonly named: string;
  readonly sources: readonly Source[];
}

/**
 * A path as given, or, where nothing exists under that very name, a glob
 * pattern. Of matches that lie in one another only the outermost is kept.
 *
 * @param named a path or pattern as the user wrote it
 * @param base what it is relative to
 */
export async function resolveTarget(
  named: string,
  base: string,
): Promise<ResolvedTarget> {
  const literal = localSource(named, base);
  if (literal !== null) return { named, sources: [literal] };
  const excess = findGlobExcess(named);
  if (excess !== null) {
    const reason = new SourceError('PATTERN', excess);
    return { named, sources: [unreachableSource(named, reason)] };
  }
  const sources = (await matchesOf(named, base)).flatMap(
    (match) => localSource(match, base) ?? [],
  );
  return { named, sources };
}

/**
 * A directory, a file, or the tree in a zip file that was named as such. One that lies
 * in a folder that was named is a file like others.
 */
function localSource(label: string, base: string): Source | null {
  const source = directorySource(label, base);
  if (source?.root !== 'file' || !/\.zip$/i.test(label)) return source;
  const file = path.resolve(base, label);
  return archiveSource({
    label: source.label,
    // What throws inside of a promise's executor rejects it.
    open: () =>
      new Promise((resolve) => {
        resolve(openLocalFile(file));
      }),
  });
}

async function matchesOf(pattern: string, base: string): Promise<string[]> {
  // Loaded only here: most paths are no patterns.
  const { glob, isDynamicPattern } = await import('tinyglobby');
  const posix = pattern.replaceAll(path.sep, '/');
  if (!isDynamicPattern(posix)) return [];
  const matches = await glob(withoutGroups(posix), {
    cwd: base,
    onlyFiles: false,
    expandDirectories: false,
    followSymbolicLinks: false,
    dot: true,
    extglob: false,
    absolute: path.isAbsolute(pattern),
  });
  return outermost(matches.map((match) => match.replace(/\/$/, '')));
}

/**
 * Parentheses, and a `+` after a group, as plain characters. Else picomatch hands
 * them to the regular expression, in which `(a|a)+` takes exponential time.
 */
function withoutGroups(pattern: string): string {
  return pattern.replace(/[()]|(?<=[\]}])\+/g, '\\$&');
}

/** Drops what lies below another match; sorted. */
function outermost(matches: readonly string[]): string[] {
  const all = new Set(matches);
  const isInside = (match: string): boolean => {
    for (
      let at = match.lastIndexOf('/');
      at > 0;
      at = match.lastIndexOf('/', at - 1)
    )
      if (all.has(match.slice(0, at))) return true;
    return false;
  };
  return [...all].filter((match) => !isInside(match)).sort();
}
