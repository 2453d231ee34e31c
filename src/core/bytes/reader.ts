/**
 * The one way to bytes. Whoever opens a reader closes it.
 */
import type { ArchiveFacts, EntryDamage } from './archive.ts';

/** Bytes `[start, end)`. */
export type Range = readonly [start: number, end: number];

/** Takes the bytes from `at` on; they are its own only until it returns. */
export type Feed = (piece: Uint8Array, at: number) => void;

/** Gives plain arrays, never a Buffer, whose `slice` is no copy. */
export interface ByteReader {
  /** Bytes in all. */
  readonly size: number;
  /** `prefix`: bytes can only be had from the start on, as of a deflated zip entry. */
  readonly access: 'random' | 'prefix';
  /**
   * Exactly `length` bytes from `start` on.
   *
   * @throws SourceError when they cannot be had, all of them.
   */
  read(start: number, length: number): Promise<Uint8Array>;
  /** The bytes of `[start, end)` in order, in pieces of bounded size. */
  stream(start: number, end: number): AsyncIterable<Uint8Array>;
  /**
   * What `stream` gives of one range after the other, without a buffer for each piece:
   * see `scanRanges`, which does without it.
   */
  scan?(ranges: readonly Range[], feed: Feed): Promise<void>;
  close(): Promise<void>;
}

/** What a source knows of one path below its root. */
export interface Entry {
  /** Relative to the root, with `/`; `''` is the root itself. */
  readonly path: string;
  /** The last part of it, where the source has it apart from the others. */
  readonly name?: string;
  readonly kind: 'file' | 'folder' | 'symlink' | 'other';
  /** 0 for anything but a file. */
  readonly sizeBytes: number;
  /** For what was reached through a followed link: its real path, as `path`. */
  readonly realPath?: string;
  /** For what will not be opened (`symlink`, `other`): why. */
  readonly reason?: string;
  /** A link that leads to nothing: to a loader, the file is not there. */
  readonly isDangling?: true;
  /** The CRC-32 that the directory of an archive states for its content. */
  readonly crc32?: number;
}

/** A folder whose contents are not in the list, or a file that cannot be in it. */
export interface Unlisted {
  readonly path: string;
  /** `io` when listing failed; the others are decisions of the source. */
  readonly cause: 'io' | 'ignored' | 'link' | 'limit' | 'unsupported';
  readonly reason: string;
}

export interface Listing {
  readonly entries: readonly Entry[];
  readonly unlisted: readonly Unlisted[];
  /** Of a tree that lies in an archive: what the archive itself shows. */
  readonly archive?: ArchiveFacts;
}

/** Continues a CRC-32 as of zip (polynomial 0xEDB88320) over more bytes; starts from 0. */
export type Crc32 = (bytes: Uint8Array, seed: number) => number;

/** What will soon be read of a file. */
export interface Want {
  readonly path: string;
  /** From its start on. */
  readonly bytes: number;
  /** And so many of its last ones. */
  readonly endBytes?: number;
}

/** Takes the bytes of one file in order, from its first to its last. */
export interface SweepFile {
  /** The piece is its own only until it returns. */
  readonly feed: Feed;
  /** Told once, when all bytes have come and are what the archive promises; is waited for. */
  readonly end: () => void | Promise<void>;
}

/** What one pass over a whole archive showed. */
export interface Swept {
  /** SHA-256 of all its bytes, as `sha256:` and hexadecimal digits. */
  readonly digest: string;
  /** Files whose content is not what the archive promises. */
  readonly damaged: readonly {
    readonly path: string;
    readonly words: string;
  }[];
}

/** A tree of files: a directory, an archive, a remote artifact. */
export interface Source {
  /** The path or name as the user gave it, with `/`. */
  readonly label: string;
  /**
   * Whether the user named a folder or a single file. Of a file, the list has
   * one entry, and `label` ends in its name.
   */
  readonly root: 'folder' | 'file';
  /** What stands between `label` and a path below it, where that is not `/`. */
  readonly mark?: ':';
  /**
   * Of what came through an upload or an archive, which may leave out names that
   * begin with a dot, empty folders, modes.
   */
  readonly isUpload?: true;
  /** SHA-256 of all its bytes, as `sha256:` and hexadecimal digits, where one is stated. */
  readonly digest?: string;
  /** Values are read of at most so many bytes of it and of all others that have this. */
  readonly transferMaxBytes?: number;
  /** Depth first: parents before children, sorted within each folder. */
  list(): Promise<Listing>;
  /** @throws SourceError when the path cannot be opened. */
  open(path: string): Promise<ByteReader>;
  /** The platform's, where it has a faster one than the core's own. */
  readonly crc32?: Crc32;
  /** Fetches in few requests what will be read next; what is not fetched so is read singly. */
  ahead?(wants: readonly Want[]): Promise<void>;
  /**
   * Reads all bytes of the medium once, in order, and holds every file against its
   * checksum. `visit` is asked for each file as it begins.
   *
   * @throws SourceError when the bytes cannot be had
   */
  sweep?(visit: (path: string) => Promise<SweepFile | null>): Promise<Swept>;
  /** Lets go of what was kept for the next read: none is expected soon. */
  letGo?(): void;
  /** Frees what stays open between reads. */
  close?(): Promise<void>;
}

/** The code of the error that opening ends in where the user wants names alone. */
export const NAMES_ONLY = 'NAMES_ONLY';

/** The same tree, of which nothing is opened. */
export function namesOnly(source: Source): Source {
  const { label, root, mark, isUpload } = source;
  return {
    label,
    root,
    ...(mark === undefined ? {} : { mark }),
    ...(isUpload === undefined ? {} : { isUpload }),
    list: () => source.list(),
    open: () =>
      Promise.reject(
        new SourceError(NAMES_ONLY, 'files are not opened with `depth: files`'),
      ),
  };
}

/**
 * Reading or listing failed: the medium, not the content. It becomes a skip in
 * the report and the verdict `inconclusive`, never a finding about the content.
 */
export class SourceError extends Error {
  /** The system's code, e.g. `EACCES`, or one of ours. */
  readonly code: string;
  /** For refused permission: what the file allows and to whom. */
  readonly permission: { mode: number; owner: string; reader: string } | null;

  constructor(
    code: string,
    message: string,
    permission: SourceError['permission'] = null,
  ) {
    super(message);
    this.name = 'SourceError';
    this.code = code;
    this.permission = permission;
  }
}

/** The code of the error that reading ends in where bytes lie too deep in a compressed file. */
export const NOT_REACHABLE = 'NOT_REACHABLE';

/**
 * The bytes of a file are there and are not what its archive promises of them. A check
 * makes a finding of it; to all others the file was not read.
 */
export class DamagedError extends SourceError {
  readonly damage: EntryDamage;

  constructor(damage: EntryDamage, message: string) {
    super('DAMAGED', message);
    this.name = 'DamagedError';
    this.damage = damage;
  }
}

/**
 * Feeds the bytes of ranges in order, in pieces of bounded size, the fast way where the
 * reader has one.
 *
 * @throws SourceError when they cannot be had, all of them
 */
export async function scanRanges(
  reader: ByteReader,
  ranges: readonly Range[],
  feed: Feed,
): Promise<void> {
  if (reader.scan !== undefined) return reader.scan(ranges, feed);
  for (const [start, end] of ranges) {
    let at = start;
    for await (const piece of reader.stream(start, end)) {
      feed(piece, at);
      at += piece.length;
    }
  }
}
