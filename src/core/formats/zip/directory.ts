import {
  ZIP_DIRECTORY_MAX_BYTES,
  ZIP_MAX_ENTRIES,
  ZIP_TAIL_MAX_BYTES,
} from '../../bytes/limits.ts';
import type { ByteReader } from '../../bytes/reader.ts';
import { defective, parsed, type Parsed } from '../parsed.ts';
import {
  END_RECORD_BYTES,
  readEndRecord,
  type EndRecord,
} from './end-record.ts';
import { DIRECTORY_RECORD_BYTES, parseEntries } from './entries.ts';
import { findNotes } from './notes.ts';
import { readNearTail } from './tail.ts';
import type { ZipDefect, ZipDirectory } from './types.ts';

/** How a reader looks for the end record. */
export interface ZipReadOptions {
  /** The lowest offset at which it looks, for a file of this many bytes. */
  readonly searchStart?: (fileBytes: number) => number;
}

/**
 * The central directory of a zip file, read at random: the tail and the
 * directory, nothing else. Rejects what miniz 3.0.2 rejects on opening, and
 * (`too-many-entries`, `directory-too-large`) what is above our own caps.
 *
 * @throws SourceError when the bytes cannot be had.
 */
export async function readZipDirectory(
  reader: ByteReader,
  { searchStart = defaultSearchStart }: ZipReadOptions = {},
): Promise<Parsed<ZipDirectory, ZipDefect>> {
  const fileBytes = reader.size;
  if (fileBytes < END_RECORD_BYTES)
    return defective({ code: 'no-end-record', fileBytes, searchedBytes: 0 });
  const end = await readEndRecord(reader, searchStart(fileBytes));
  if (!end.ok) return end;
  const { record, tail } = end.value;
  const defect = checkEndRecord(record, fileBytes);
  if (defect !== null) return defective(defect);

  const { directoryOffset: offset, directoryBytes: sizeBytes, disk } = record;
  const bytes = await readNearTail(reader, tail, offset, sizeBytes);
  const expected = { entries: record.entries, disk, fileBytes };
  const entries = parseEntries(bytes, expected);
  if (!entries.ok) return entries;
  return parsed({
    entries: entries.value,
    offset,
    sizeBytes,
    endRecordOffset: record.offset,
    isZip64: record.isZip64,
    notes: [...record.notes, ...findNotes(entries.value, offset)],
  });
}

function defaultSearchStart(fileBytes: number): number {
  return Math.max(0, fileBytes - ZIP_TAIL_MAX_BYTES);
}

/** In the order of miniz, so that the first defect has the loader's words. */
function checkEndRecord(
  record: EndRecord,
  fileBytes: number,
): ZipDefect | null {
  const { entries, directoryBytes: sizeBytes, directoryOffset } = record;
  if (entries !== record.entriesOnDisk)
    return { code: 'end-record-invalid', field: 'disks' };
  if (!isSingleDisk(record))
    return { code: 'end-record-invalid', field: 'disks' };
  if (sizeBytes < entries * DIRECTORY_RECORD_BYTES)
    return {
      code: 'directory-truncated',
      index: Math.floor(sizeBytes / DIRECTORY_RECORD_BYTES),
      entries,
      sizeBytes,
    };
  if (directoryOffset + sizeBytes > fileBytes)
    return {
      code: 'directory-beyond-file',
      offset: directoryOffset,
      sizeBytes,
      fileBytes,
    };
  return checkCaps(entries, sizeBytes);
}

/** Some writers count disks from 1. */
function isSingleDisk({ disk, directoryDisk }: EndRecord): boolean {
  return disk === directoryDisk && (disk === 0 || disk === 1);
}

function checkCaps(entries: number, sizeBytes: number): ZipDefect | null {
  if (entries > ZIP_MAX_ENTRIES)
    return { code: 'too-many-entries', entries, maxEntries: ZIP_MAX_ENTRIES };
  if (sizeBytes > ZIP_DIRECTORY_MAX_BYTES)
    return {
      code: 'directory-too-large',
      sizeBytes,
      maxBytes: ZIP_DIRECTORY_MAX_BYTES,
    };
  return null;
}
