/** What an archive shows of itself, beside the files in it. */
export interface ArchiveFacts {
  readonly sizeBytes: number;
  /** Why its files cannot be listed; `null` where they are. */
  readonly defect: ArchiveDefect | null;
  /** What is wrong with it or with some entries, one of each kind. */
  readonly faults: readonly ArchiveFault[];
  /** Files that are compressed, and the bytes that they take so. */
  readonly deflatedFiles: number;
  readonly deflatedBytes: number;
}

/** Why an archive has no list of its files. */
export interface ArchiveDefect {
  readonly code:
    | 'truncated'
    | 'not-an-archive'
    | 'end-record-invalid'
    | 'directory-beyond-file'
    | 'directory-truncated'
    | 'entry-invalid'
    | 'entry-beyond-file'
    | 'too-many-entries'
    | 'directory-too-large';
  /** What is wrong, with numbers, to follow "the archive …" in a sentence. */
  readonly words: string;
}

/** What is wrong with entries of an archive whose files are listed. */
export interface ArchiveFault {
  readonly code:
    /** The same content each time, by size and checksum. */
    | 'duplicate-name'
    /** Of which the contents differ; the last one counts. */
    | 'duplicate-differs'
    | 'unsafe-name'
    | 'file-and-folder'
    | 'overlap'
    | 'beyond-directory'
    | 'ratio-absurd'
    | 'encrypted'
    | 'method-unknown'
    | 'directory-inconsistent';
  /** The first entries concerned, by name. */
  readonly names: readonly string[];
  readonly count: number;
}

/** How the content of an entry contradicts what its archive says of it. */
export interface EntryDamage {
  readonly code:
    'crc-differs' | 'size-differs' | 'inflate-failed' | 'headers-differ';
  /** What was expected and what was found, to follow "its" in a sentence. */
  readonly words: string;
}
