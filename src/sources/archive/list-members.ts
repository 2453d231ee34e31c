import {
  WALK_MAX_CHARACTERS,
  WALK_MAX_DEPTH,
  WALK_MAX_ENTRIES,
} from '../../core/bytes/limits.ts';
import type { Entry, Unlisted } from '../../core/bytes/reader.ts';
import { ignoredFolderReason } from '../../core/bytes/walk-policy.ts';
import type { Member } from '../../core/formats/archive/members.ts';

/** Below NUL, which no name has, a folder's files come before all that follow it. */
const SEPARATOR = '\0';

interface Collected {
  readonly entries: Map<string, Entry>;
  /** Folders below which something lies too deep. */
  readonly deep: Set<string>;
  characters: number;
  excess: string | null;
}

/**
 * The tree of an archive in the order of a walked folder: depth first, sorted within
 * each folder by code units; folders also where only the names of files tell of them.
 */
export function listMembers(members: Iterable<Member>): {
  entries: Entry[];
  unlisted: Unlisted[];
} {
  const collected = collect(members);
  const { deep, excess } = collected;
  const unlisted: Unlisted[] =
    excess === null ? [] : [{ path: '', cause: 'limit', reason: excess }];
  const entries: Entry[] = [];
  let passedOver: string | null = null;
  for (const entry of sorted(collected.entries)) {
    const { path } = entry;
    if (passedOver !== null && path.startsWith(passedOver)) continue;
    entries.push(entry);
    if (entry.kind !== 'folder') continue;
    const ignored = ignoredFolderReason(path.slice(path.lastIndexOf('/') + 1));
    if (ignored !== null) {
      passedOver = `${path}/`;
      unlisted.push({ path, cause: 'ignored', reason: ignored });
    } else if (deep.has(path)) {
      const reason = `over ${WALK_MAX_DEPTH} folders deep`;
      unlisted.push({ path, cause: 'limit', reason });
    }
  }
  return { entries, unlisted };
}

function sorted(entries: ReadonlyMap<string, Entry>): Entry[] {
  return Array.from(entries.values(), (entry) => ({
    entry,
    key: entry.path.replaceAll('/', SEPARATOR),
  }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ entry }) => entry);
}

function collect(members: Iterable<Member>): Collected {
  const collected: Collected = {
    entries: new Map(),
    deep: new Set(),
    characters: 0,
    excess: null,
  };
  for (const member of members) {
    const folder = addFolders(collected, member.path);
    if (collected.excess !== null) break;
    if (folder === 'deep') continue;
    add(collected, entryOf(member));
  }
  return collected;
}

/** Adds the folders above a path, from the outermost on, as deep as is listed. */
function addFolders(collected: Collected, path: string): 'deep' | 'listed' {
  let depth = 0;
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    depth += 1;
    const folder = path.slice(0, at);
    if (!collected.entries.has(folder))
      add(collected, { path: folder, kind: 'folder', sizeBytes: 0 });
    if (depth > WALK_MAX_DEPTH) {
      collected.deep.add(folder);
      return 'deep';
    }
  }
  return 'listed';
}

function add(collected: Collected, entry: Entry): void {
  if (collected.entries.size >= WALK_MAX_ENTRIES)
    collected.excess = `over ${WALK_MAX_ENTRIES} files`;
  else if (collected.characters >= WALK_MAX_CHARACTERS)
    collected.excess = `paths of over ${WALK_MAX_CHARACTERS} characters in all`;
  if (collected.excess !== null) return;
  collected.characters += entry.path.length;
  collected.entries.set(entry.path, entry);
}

function entryOf({ path, kind, reason, entry }: Member): Entry {
  if (kind === 'file')
    return { path, kind, sizeBytes: entry.sizeBytes, crc32: entry.crc32 };
  return { path, kind, sizeBytes: 0, ...(reason === null ? {} : { reason }) };
}
