import type { ArchiveFault } from '../../bytes/archive.ts';

/** `length` bytes of the archive from `start` on. */
export type ReadAt = (start: number, length: number) => Promise<Uint8Array>;

/** One record of the central directory, the only authority on what is in an archive. */
export interface ArchiveEntry {
  /** `null` where it is said to be UTF-8 and is not. */
  readonly name: string | null;
  /** Where the bytes of its name lie in the directory, and how many they are. */
  readonly nameAt: number;
  readonly nameBytes: number;
  /** The version of the format that it asks for, in tenths. */
  readonly version: number;
  /** General purpose bits. */
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  /** Of its local header. */
  readonly offset: number;
  /** As of stat, where a Unix wrote it; else 0. */
  readonly mode: number;
}

/** What is wrong with one entry, beside the list. */
export interface NamedFault {
  readonly code: ArchiveFault['code'];
  readonly name: string;
}

/** What the end records say, held against the size of the file. */
export interface EndRecords {
  readonly entries: number;
  readonly directoryOffset: number;
  readonly directoryBytes: number;
  /** In what readers of archives disagree about it. */
  readonly faults: readonly NamedFault[];
}
