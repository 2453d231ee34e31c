import type { ArchiveFault, EntryDamage } from '../../bytes/archive.ts';
import { WALK_MAX_DEPTH } from '../../bytes/limits.ts';
import type { Entry } from '../../bytes/reader.ts';
import { leastEnd } from './directory.ts';
import { toEntryPath } from './names.ts';
import type { ArchiveEntry, NamedFault } from './types.ts';
import { bytesWords, grouped } from './words.ts';

/** An entry at the path where it is unpacked to. */
export interface Member {
  readonly path: string;
  readonly kind: Entry['kind'];
  /** For what is not opened: why. */
  readonly reason: string | null;
  readonly entry: ArchiveEntry;
  /** What is wrong with it by the directory alone. */
  readonly damage: EntryDamage | null;
}

/** What archives hold, and in what they contradict themselves. */
export interface Members {
  /** By path; of several entries of one path the last, as zipfile takes it. */
  readonly byPath: ReadonlyMap<string, Member>;
  readonly faults: readonly ArchiveFault[];
  /** By entry: where the next one or the directory begins. */
  readonly limits: ReadonlyMap<ArchiveEntry, number>;
}

/**
 * The most that deflate makes of a byte: 258 bytes for two bits (RFC 1951, 3.2.5),
 * which zlib's own documentation puts at 1032:1.
 */
const DEFLATE_MAX_RATIO = 1032;
/** Python's zipfile refuses what asks for a later version of the format. */
const MAX_VERSION = 63;
const ENCRYPTED_BITS = 0b100_0001;
/** Compressed patched data (APPNOTE 4.4.4), which no reader applies. */
const PATCHED_BIT = 1 << 5;
const KIND_BITS = 0o170_000;
/** A name may have 65,535 bytes. */
const NAME_KEPT_CHARACTERS = 200;
const NAMES_KEPT = 100;

/** Sorts out the entries of a directory that begins at `directoryOffset`. */
export function findMembers(
  entries: readonly ArchiveEntry[],
  given: {
    readonly directoryOffset: number;
    readonly faults: readonly NamedFault[];
    /** The name of an entry for a message, where it has none that can be decoded. */
    readonly nameOf: (entry: ArchiveEntry) => string;
  },
): Members {
  const faults = faultList(given.faults);
  const byPath = new Map<string, Member>();
  for (const entry of entries) {
    const path = entry.name === null ? null : toEntryPath(entry.name);
    if (path === null) faults.add('unsafe-name', given.nameOf(entry));
    else addMember(byPath, memberOf(path, entry, faults), faults);
  }
  byPath.delete('');
  for (const path of findFileFolders(byPath)) {
    faults.add('file-and-folder', path);
    // What lies in it counts: of a file there may be another.
    byPath.delete(path);
  }
  const limits = findLimits(entries, given.directoryOffset, (code, entry) =>
    faults.add(code, given.nameOf(entry)),
  );
  return { byPath, faults: faults.list(), limits };
}

interface FaultList {
  readonly add: (code: ArchiveFault['code'], name: string) => void;
  readonly list: () => readonly ArchiveFault[];
}

function faultList(first: readonly NamedFault[]): FaultList {
  const found = new Map<
    ArchiveFault['code'],
    { names: string[]; count: number }
  >();
  const add: FaultList['add'] = (code, name) => {
    const fault = found.get(code) ?? { names: [], count: 0 };
    found.set(code, fault);
    fault.count += 1;
    if (name !== '' && fault.names.length < NAMES_KEPT)
      fault.names.push(name.slice(0, NAME_KEPT_CHARACTERS));
  };
  for (const { code, name } of first) add(code, name);
  return {
    add,
    list: () => [...found].map(([code, fault]) => ({ code, ...fault })),
  };
}

function addMember(
  byPath: Map<string, Member>,
  member: Member,
  faults: FaultList,
): void {
  const before = byPath.get(member.path);
  byPath.set(member.path, member);
  if (before === undefined) return;
  const isFolder = member.kind === 'folder';
  if (isFolder !== (before.kind === 'folder'))
    return faults.add('file-and-folder', member.path);
  const isSame =
    before.entry.crc32 === member.entry.crc32 &&
    before.entry.sizeBytes === member.entry.sizeBytes;
  // A folder that is named twice is one folder.
  if (isFolder && isSame) return;
  faults.add(isSame ? 'duplicate-name' : 'duplicate-differs', member.path);
}

function memberOf(
  path: string,
  entry: ArchiveEntry,
  faults: FaultList,
): Member {
  const isFolder = entry.name?.endsWith('/') === true || path === '';
  if (isFolder && entry.sizeBytes + entry.compressedBytes + entry.crc32 > 2)
    faults.add('directory-inconsistent', path);
  const unread = isFolder ? null : unreadReason(path, entry, faults);
  const damage = damageOf(path, entry, faults);
  const special = isFolder ? null : specialKind(entry.mode);
  if (unread !== null)
    return { path, kind: 'other', reason: unread, entry, damage };
  if (special !== null) return { path, ...special, entry, damage };
  const kind = isFolder ? 'folder' : 'file';
  return { path, kind, reason: null, entry, damage };
}

function unreadReason(
  path: string,
  { flags, method, version }: ArchiveEntry,
  faults: FaultList,
): string | null {
  if ((flags & ENCRYPTED_BITS) !== 0) {
    faults.add('encrypted', path);
    return 'it is encrypted in the archive';
  }
  const isKnown = method === 0 || method === 8;
  if (isKnown && version <= MAX_VERSION && (flags & PATCHED_BIT) === 0)
    return null;
  faults.add('method-unknown', path);
  return isKnown
    ? `it asks for version ${version / 10} of the zip format`
    : `it is packed by method ${method} of the zip format; 0 (stored) and 8 (deflated) are read`;
}

function damageOf(
  path: string,
  { method, sizeBytes, compressedBytes }: ArchiveEntry,
  faults: FaultList,
): EntryDamage | null {
  if (method === 0 && sizeBytes !== compressedBytes) {
    faults.add('directory-inconsistent', path);
    return {
      code: 'size-differs',
      words: `content is stored as it is, and the archive says that it has ${bytesWords(sizeBytes)} and takes ${grouped(compressedBytes)}`,
    };
  }
  if (method === 8 && sizeBytes > compressedBytes * DEFLATE_MAX_RATIO)
    faults.add('ratio-absurd', path);
  return null;
}

function specialKind(mode: number): Pick<Member, 'kind' | 'reason'> | null {
  switch (mode & KIND_BITS) {
    case 0o120_000:
      return {
        kind: 'symlink',
        reason: 'a link in an archive is not followed',
      };
    case 0o010_000:
    case 0o020_000:
    case 0o060_000:
    case 0o140_000:
      return { kind: 'other', reason: 'it is neither a file nor a folder' };
    default:
      return null;
  }
}

/** Paths of files below which others lie. */
function findFileFolders(
  byPath: ReadonlyMap<string, Member>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const known = new Set<string>();
  for (const path of byPath.keys())
    for (const above of foldersAbove(path)) {
      if (known.has(above)) break;
      known.add(above);
      const member = byPath.get(above);
      if (member !== undefined && member.kind !== 'folder') found.add(above);
    }
  return found;
}

/** From the nearest to the outermost; of what lies too deep to be listed, none. */
export function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    if (folders.length > WALK_MAX_DEPTH) return [];
    folders.push(path.slice(0, at));
  }
  return folders.reverse();
}

/** Where each entry has to end; those that begin before another has ended are named. */
function findLimits(
  entries: readonly ArchiveEntry[],
  directoryOffset: number,
  onFault: (code: 'overlap' | 'beyond-directory', entry: ArchiveEntry) => void,
): ReadonlyMap<ArchiveEntry, number> {
  const limits = new Map<ArchiveEntry, number>();
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  let reached = 0;
  inOrder.forEach((entry, at) => {
    const end = leastEnd(entry);
    if (entry.offset < reached) onFault('overlap', entry);
    else if (end > directoryOffset) onFault('beyond-directory', entry);
    reached = Math.max(reached, end);
    limits.set(
      entry,
      Math.max(end, inOrder[at + 1]?.offset ?? directoryOffset),
    );
  });
  return limits;
}
