import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  WALK_MAX_CHARACTERS,
  WALK_MAX_DEPTH,
  WALK_MAX_ENTRIES,
} from '../core/bytes/limits.ts';
import { failureWords } from '../core/bytes/failure-words.ts';
import type { Entry, Listing, Unlisted } from '../core/bytes/reader.ts';
import { ignoredFolderReason, isBeside } from '../core/bytes/walk-policy.ts';
import { FileBeside } from './file-beside.ts';
import type { Place } from './file-beside.ts';
import { linkTarget } from './link-target.ts';
import { listNames } from './list-names.ts';
import type { Listed } from './list-names.ts';
import { SourceError } from '../core/bytes/reader.ts';
import { toSourceError } from './source-error.ts';
import { holdYoungGeneration } from './heap.ts';

/** From here on the list is what takes the memory: some 3 MB. */
const MANY_ENTRIES = 10_000;

/** What one walk carries along. */
interface Walk {
  readonly root: string;
  readonly realRoot: string;
  readonly entries: Entry[];
  readonly unlisted: Unlisted[];
  /** In the paths of all entries. */
  characters: number;
  /** Real paths of folders reached through links: each is followed once. */
  readonly followed: Set<string>;
}

/** A folder to list: its path in the report and, through links, its real one. */
interface Stop extends Place {
  readonly realPath: string | null;
  readonly depth: number;
}

/**
 * Lists all below `root`, sorted. Synchronous on purpose: readdir and lstat of
 * 100,000 files take 0.2 s so, and five times that with promises.
 *
 * @throws SourceError when the root cannot be looked at
 */
export function listTree(root: string): Listing {
  const walk: Walk = {
    root,
    realRoot: realPathOf(root),
    entries: [],
    unlisted: [],
    characters: 0,
    followed: new Set(),
  };
  listFolder(walk, { root, at: '', realPath: null, depth: 0 });
  return { entries: walk.entries, unlisted: walk.unlisted };
}

/** @throws SourceError when the root is gone, or a folder above it refuses */
function realPathOf(root: string): string {
  try {
    return fs.realpathSync(root);
  } catch (error) {
    throw toSourceError(error, root);
  }
}

function listFolder(walk: Walk, stop: Stop): void {
  if (stop.depth > WALK_MAX_DEPTH)
    return leaveOut(
      walk,
      stop.at,
      'limit',
      `over ${WALK_MAX_DEPTH} folders deep`,
    );
  let isSearched = false;
  for (const listed of namesIn(walk, stop)) {
    if (walk.entries.length === MANY_ENTRIES) holdYoungGeneration();
    const excess = findExcess(walk);
    if (excess !== null) return leaveOut(walk, stop.at, 'limit', excess);
    walk.characters += charactersOf(stop, listed);
    try {
      if (isSearched && isAside(stop, listed))
        walk.entries.push(new FileBeside(stop, listed.name));
      else isSearched = addEntry(walk, stop, listed) || isSearched;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return leaveOut(
        walk,
        stop.at,
        'io',
        `what is in it could not be looked at (${failureWords(error)})`,
      );
    }
  }
}

/** In the path of an entry. */
function charactersOf({ at }: Stop, { name }: Listed): number {
  return name.length + (at === '' ? 0 : at.length + 1);
}

/** Whether the name of a file is all that the list needs of it. */
function isAside(stop: Stop, { name, kind, isUtf8 }: Listed): boolean {
  return isUtf8 && kind === 'file' && stop.realPath === null && isBeside(name);
}

function findExcess({ entries, characters }: Walk): string | null {
  if (entries.length >= WALK_MAX_ENTRIES)
    return `over ${WALK_MAX_ENTRIES} files`;
  return characters >= WALK_MAX_CHARACTERS
    ? `paths of over ${WALK_MAX_CHARACTERS} characters in all`
    : null;
}

function namesIn(walk: Walk, stop: Stop): readonly Listed[] {
  const folder = fullPath(walk, stop.at);
  try {
    return listNames(folder);
  } catch (error) {
    const failure = toSourceError(error, folder);
    leaveOut(
      walk,
      stop.at,
      'io',
      `it could not be listed (${failureWords(failure, 'folder')})`,
    );
    return [];
  }
}

/** By hand: node:path takes as long for a hundred thousand as listing them does. */
function fullPath({ root }: Walk, at: string): string {
  return at === '' ? root : `${root}/${at}`;
}

/**
 * Returns whether something in the folder was looked at, so that it may be searched.
 *
 * @throws SourceError when it may not
 */
function addEntry(walk: Walk, stop: Stop, listed: Listed): boolean {
  const at = stop.at === '' ? listed.name : `${stop.at}/${listed.name}`;
  if (!listed.isUtf8) addUnnameable(walk, at, listed);
  else if (listed.kind === 'link') addLink(walk, stop, at);
  else {
    const { root } = walk;
    const realPath =
      stop.realPath === null ? null : `${stop.realPath}/${listed.name}`;
    const found = { root, at, realPath, depth: stop.depth + 1 };
    if (listed.kind === 'folder' || listed.kind === 'other')
      addPlain(walk, found, { kind: listed.kind, sizeBytes: 0 });
    else {
      const stat = lstat(walk, at);
      if (stat?.isSymbolicLink()) addLink(walk, stop, at);
      else if (stat !== null) addPlain(walk, found, plainOf(stat));
      return true;
    }
  }
  return false;
}

/**
 * A name that is not UTF-8 cannot be opened under what Node makes of it. No known
 * producer gives a file such a name, but a checkpoint may lie in such a folder.
 */
function addUnnameable(walk: Walk, at: string, { kind }: Listed): void {
  if (kind === 'file')
    return leaveOut(
      walk,
      at,
      'unsupported',
      'a file whose name is not UTF-8: no known producer writes it',
    );
  leaveOut(
    walk,
    at,
    'io',
    'its name is not UTF-8 and cannot be opened: rename the folder',
  );
}

function lstat(walk: Walk, at: string): fs.Stats | null {
  const file = fullPath(walk, at);
  try {
    // Gone since it was listed, as training goes on: it is simply not there.
    return fs.lstatSync(file, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    const failure = toSourceError(error, file);
    // Refused where the folder may not be searched, of all that is in it alike.
    if (failure.code === 'EACCES') throw failure;
    const words = failureWords(failure);
    leaveOut(walk, at, 'io', `it could not be looked at (${words})`);
    return null;
  }
}

/** What is no link. */
interface Plain {
  readonly kind: 'file' | 'folder' | 'other';
  readonly sizeBytes: number;
}

function plainOf(stat: fs.Stats): Plain {
  if (stat.isFile()) return { kind: 'file', sizeBytes: stat.size };
  return { kind: stat.isDirectory() ? 'folder' : 'other', sizeBytes: 0 };
}

function addPlain(walk: Walk, found: Stop, { kind, sizeBytes }: Plain): void {
  const reason = 'it is neither a file nor a folder';
  walk.entries.push({
    path: found.at,
    kind,
    sizeBytes,
    ...(found.realPath === null ? {} : { realPath: found.realPath }),
    ...(kind === 'other' ? { reason } : {}),
  });
  if (kind !== 'folder') return;
  const ignored = ignoredFolderReason(path.posix.basename(found.at));
  if (ignored === null) listFolder(walk, found);
  else leaveOut(walk, found.at, 'ignored', ignored);
}

function addLink(walk: Walk, stop: Stop, at: string): void {
  const target = linkTarget(walk, at);
  if ('reason' in target) {
    const folder = target.isFolder;
    walk.entries.push({
      path: at,
      kind: folder ? 'folder' : 'symlink',
      sizeBytes: 0,
      ...(target.isDangling ? { isDangling: true } : {}),
      ...(folder ? {} : { reason: target.reason }),
    });
    if (folder) leaveOut(walk, at, 'link', target.reason);
    return;
  }
  const { root } = walk;
  const { realPath } = target;
  const found = { root, at, realPath, depth: stop.depth + 1 };
  if (target.stat.isDirectory()) {
    const isLoop =
      target.realPath === '' || `${at}/`.startsWith(`${target.realPath}/`);
    if (isLoop || walk.followed.has(target.realPath)) {
      walk.entries.push({ path: at, kind: 'folder', sizeBytes: 0 });
      return leaveOut(
        walk,
        at,
        'link',
        `a link to ${target.realPath || 'the root'}, which is examined elsewhere`,
      );
    }
    walk.followed.add(target.realPath);
  }
  addPlain(walk, found, plainOf(target.stat));
}

function leaveOut(
  walk: Walk,
  at: string,
  cause: Unlisted['cause'],
  reason: string,
): void {
  walk.unlisted.push({ path: at, cause, reason });
}
