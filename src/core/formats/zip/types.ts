import type { Defect } from '../parsed.ts';

/** One file of the archive, as the central directory (not the local header) says. */
export interface ZipEntry {
  /** Place in the central directory, from 0. */
  readonly index: number;
  /**
   * UTF-8 decoded whatever the flag says; a name that is not UTF-8 has one lone
   * surrogate (U+DC80…U+DCFF) for each high byte, so that no two names meet.
   */
  readonly name: string;
  /** Bytes of the name in the directory. */
  readonly nameBytes: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** General purpose bits. */
  readonly flags: number;
  /** As written; `torch.save` can be told to write 0 everywhere. */
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  readonly localHeaderOffset: number;
  /** Bit 0 (or 6, strong encryption) of the flags. */
  readonly isEncrypted: boolean;
}

/**
 * Against the specification, yet the loader reads it. One note a code: the first
 * entry concerned and how many there are.
 */
export type ZipNote =
  | { readonly code: 'trailing-bytes'; readonly bytes: number }
  | { readonly code: 'comment-cut'; readonly missingBytes: number }
  | {
      readonly code:
        'entry-beyond-directory' | 'duplicate-name' | 'sizes-differ';
      readonly name: string;
      readonly count: number;
    };

/** The central directory of an archive. */
export interface ZipDirectory {
  /** In the order of the directory; names may repeat. */
  readonly entries: readonly ZipEntry[];
  /** Where the directory starts in the file. */
  readonly offset: number;
  /** Bytes of the directory, without the end records. */
  readonly sizeBytes: number;
  readonly endRecordOffset: number;
  readonly isZip64: boolean;
  readonly notes: readonly ZipNote[];
}

/** Parts of the end records that can contradict the reader's rules. */
export type EndRecordField =
  | 'zip64-offset'
  | 'zip64-size'
  | 'disks'
  /** More than 2^32 - 1. */
  | 'entry-count'
  | 'directory-size'
  /** Above 2^53 - 1. */
  | 'directory-offset';

/** Parts of a directory record that can be wrong. */
export type EntryField =
  'signature' | 'zip64' | 'sizes' | 'disk' | 'masked' | 'offset';

/** Why there is no directory. Numbers are bytes unless they count entries. */
export type ZipDefect =
  | (Defect<'no-end-record'> & {
      readonly fileBytes: number;
      readonly searchedBytes: number;
    })
  /**
   * The last `zeroBytes` (at most `searchedBytes`) are zero: never written, or
   * the file was cut inside zeros.
   */
  | (Defect<'zero-tail'> & {
      readonly fileBytes: number;
      readonly searchedBytes: number;
      readonly zeroBytes: number;
    })
  | (Defect<'end-record-invalid'> & { readonly field: EndRecordField })
  | (Defect<'directory-beyond-file'> & {
      readonly offset: number;
      readonly sizeBytes: number;
      readonly fileBytes: number;
    })
  /** `index`: the first entry that does not fit. */
  | (Defect<'directory-truncated'> & {
      readonly index: number;
      readonly entries: number;
      readonly sizeBytes: number;
    })
  | (Defect<'entry-invalid'> & {
      readonly index: number;
      readonly field: EntryField;
    })
  | (Defect<'entry-beyond-file'> & {
      readonly index: number;
      readonly name: string;
      readonly endBytes: number;
      readonly fileBytes: number;
    })
  | (Defect<'too-many-entries'> & {
      readonly entries: number;
      readonly maxEntries: number;
    })
  | (Defect<'directory-too-large'> & {
      readonly sizeBytes: number;
      readonly maxBytes: number;
    });
