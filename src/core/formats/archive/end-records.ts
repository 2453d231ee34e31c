import type { ArchiveDefect } from '../../bytes/archive.ts';
import {
  ARCHIVE_EDGE_BYTES,
  ARCHIVE_MAX_ENTRIES,
  ZIP_DIRECTORY_MAX_BYTES,
  ZIP_TAIL_MAX_BYTES,
} from '../../bytes/limits.ts';
import { defective, parsed, type Parsed } from '../parsed.ts';
import { END_RECORD_BYTES } from '../zip/end-record.ts';
import { DIRECTORY_RECORD_BYTES } from '../zip/entries.ts';
import { readSafeU64, viewOf } from '../zip/fields.ts';
import type { EndRecords, NamedFault, ReadAt } from './types.ts';
import { bytesWords, grouped } from './words.ts';

type Result<T> = Parsed<T, ArchiveDefect>;

/** The fields that both end records have. */
interface Fields {
  readonly disks: readonly number[];
  readonly entriesOnDisk: number;
  readonly entries: number;
  readonly directoryBytes: number;
  readonly directoryOffset: number;
  /** Where the directory has to end: at the first of the end records. */
  readonly start: number;
}

const LOCATOR_BYTES = 20;
const LOCATOR_SIGNATURE = 0x07064b50; // PK\6\7
const ZIP64_RECORD_BYTES = 56;
const ZIP64_RECORD_SIGNATURE = 0x06064b50; // PK\6\6
const ELSEWHERE_16 = 0xffff;
const ELSEWHERE_32 = 0xffff_ffff;

/**
 * What the end of an archive says of its directory (APPNOTE 4.3.14 to 4.3.16). Stricter
 * than any one reader: where yauzl, zip.js or Python's zipfile refuses or reads
 * something else, it is a defect or a fault.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readEndRecords(
  read: ReadAt,
  fileBytes: number,
): Promise<Result<EndRecords>> {
  const found = await findEnd(read, fileBytes);
  if (found === null) return defective(await missingEnd(read, fileBytes));
  const { at, record } = found;
  const view = viewOf(record);
  const commentBytes = view.getUint16(20, true);
  const beyond = fileBytes - at - END_RECORD_BYTES - commentBytes;
  if (beyond < 0)
    return malformed(
      'truncated',
      `ends ${bytesWords(-beyond)} before its comment of ${bytesWords(commentBytes)} does: it was cut`,
    );
  const classic = classicFields(view, at);
  const zip64 = await readZip64(read, at, fileBytes);
  if (!zip64.ok) return zip64;
  const fields = zip64.value ?? classic;
  const defect = checkFields(fields, fileBytes);
  if (defect !== null) return defective(defect);
  const { entries, directoryOffset, directoryBytes } = fields;
  const isInconsistent =
    beyond > 0 ||
    !found.isLast ||
    directoryOffset + directoryBytes !== fields.start ||
    (zip64.value === null ? isElsewhere(classic) : differs(classic, fields));
  const faults: readonly NamedFault[] = isInconsistent
    ? [{ code: 'directory-inconsistent', name: '' }]
    : [];
  return parsed({ entries, directoryOffset, directoryBytes, faults });
}

function malformed(code: ArchiveDefect['code'], words: string) {
  return defective<ArchiveDefect>({ code, words });
}

interface FoundEnd {
  readonly at: number;
  readonly record: Uint8Array;
  /** Whether no other signature follows it, as some readers take the last one. */
  readonly isLast: boolean;
}

async function findEnd(
  read: ReadAt,
  fileBytes: number,
): Promise<FoundEnd | null> {
  for (const tailBytes of [ARCHIVE_EDGE_BYTES, ZIP_TAIL_MAX_BYTES]) {
    const start = Math.max(0, fileBytes - tailBytes);
    const tail = await read(start, fileBytes - start);
    const found = searchEnd(tail);
    if (found !== null) return { ...found, at: start + found.at };
    if (start === 0) break;
  }
  return null;
}

/** The record whose comment ends the file; where there is none, the last one. */
function searchEnd(tail: Uint8Array): FoundEnd | null {
  let last: number | null = null;
  const found = (at: number): FoundEnd => ({
    at,
    record: tail.slice(at, at + END_RECORD_BYTES),
    isLast: at === last,
  });
  for (let at = tail.length - END_RECORD_BYTES; at >= 0; at -= 1) {
    if (
      tail[at] !== 0x50 ||
      tail[at + 1] !== 0x4b ||
      tail[at + 2] !== 5 ||
      tail[at + 3] !== 6
    )
      continue;
    last ??= at;
    const commentBytes = (tail[at + 20] ?? 0) + 256 * (tail[at + 21] ?? 0);
    if (at + END_RECORD_BYTES + commentBytes === tail.length) return found(at);
  }
  return last === null ? null : found(last);
}

async function missingEnd(
  read: ReadAt,
  fileBytes: number,
): Promise<ArchiveDefect> {
  if (fileBytes === 0)
    return { code: 'truncated', words: 'is empty: it has no bytes' };
  const head = await read(0, Math.min(4, fileBytes));
  const isArchive = head[0] === 0x50 && head[1] === 0x4b;
  const size = bytesWords(fileBytes);
  if (!isArchive)
    return {
      code: 'not-an-archive',
      words: `is no zip file: its ${size} neither begin nor end as one`,
    };
  const start = Math.max(0, fileBytes - ARCHIVE_EDGE_BYTES);
  const tail = await read(start, fileBytes - start);
  const zeros = tail.length - 1 - tail.findLastIndex((byte) => byte !== 0);
  const why =
    zeros >= END_RECORD_BYTES
      ? `its last ${bytesWords(zeros)} are zero and were never written`
      : 'it was cut';
  return {
    code: 'truncated',
    words: `has ${size} and no directory at their end, without which its files cannot be told apart: ${why}`,
  };
}

/**
 * | at | field |
 * |---|---|
 * | 4, 6 | this disk, disk of the directory, u16 |
 * | 8, 10 | entries on this disk, in all, u16 |
 * | 12, 16 | bytes and offset of the directory, u32 |
 * | 20 | bytes of the comment, u16 |
 */
function classicFields(view: DataView, at: number): Fields {
  return {
    disks: [view.getUint16(4, true), view.getUint16(6, true)],
    entriesOnDisk: view.getUint16(8, true),
    entries: view.getUint16(10, true),
    directoryBytes: view.getUint32(12, true),
    directoryOffset: view.getUint32(16, true),
    start: at,
  };
}

/**
 * Locator, right before the end record: 0 signature, 4 disk, 8 offset of the record
 * u64, 16 number of disks. `null` where there is none.
 */
async function readZip64(
  read: ReadAt,
  endAt: number,
  fileBytes: number,
): Promise<Result<Fields | null>> {
  const locatorAt = endAt - LOCATOR_BYTES;
  if (locatorAt < 0) return parsed(null);
  const locator = viewOf(await read(locatorAt, LOCATOR_BYTES));
  if (locator.getUint32(0, true) !== LOCATOR_SIGNATURE) return parsed(null);
  const at = readSafeU64(locator, 8);
  const disks = locator.getUint32(16, true);
  if (at === null || at > locatorAt - ZIP64_RECORD_BYTES)
    return malformed(
      'end-record-invalid',
      `names byte ${at === null ? 'above 2^53' : grouped(at)} of ${grouped(fileBytes)} for its zip64 record, which does not fit there`,
    );
  const view = viewOf(await read(at, ZIP64_RECORD_BYTES));
  if (view.getUint32(0, true) !== ZIP64_RECORD_SIGNATURE)
    return malformed(
      'end-record-invalid',
      `has no zip64 record at byte ${grouped(at)}, where its end says that it is`,
    );
  return parseZip64(view, at, { locatorAt, disks });
}

/**
 * | at | field |
 * |---|---|
 * | 4 | bytes that follow this field, u64 |
 * | 16, 20 | this disk, disk of the directory, u32 |
 * | 24, 32 | entries on this disk, in all, u64 |
 * | 40, 48 | bytes and offset of the directory, u64 |
 */
function parseZip64(
  view: DataView,
  at: number,
  locator: { readonly locatorAt: number; readonly disks: number },
): Result<Fields> {
  const recordBytes = readSafeU64(view, 4);
  const entriesOnDisk = readSafeU64(view, 24);
  const entries = readSafeU64(view, 32);
  const directoryBytes = readSafeU64(view, 40);
  const directoryOffset = readSafeU64(view, 48);
  if (
    recordBytes !== locator.locatorAt - at - 12 ||
    entriesOnDisk === null ||
    entries === null ||
    directoryBytes === null ||
    directoryOffset === null
  )
    return malformed(
      'end-record-invalid',
      `has a zip64 record at byte ${grouped(at)} whose numbers cannot be`,
    );
  return parsed({
    disks: [
      view.getUint32(16, true),
      view.getUint32(20, true),
      // Some writers leave the number of disks at 0.
      Math.max(0, locator.disks - 1),
    ],
    entriesOnDisk,
    entries,
    directoryBytes,
    directoryOffset,
    start: at,
  });
}

function checkFields(fields: Fields, fileBytes: number): ArchiveDefect | null {
  const { entries, directoryBytes, directoryOffset } = fields;
  if (
    entries !== fields.entriesOnDisk ||
    fields.disks.some((disk) => disk !== 0)
  )
    return {
      code: 'end-record-invalid',
      words: `is said to be one of several parts: ${grouped(fields.entriesOnDisk)} of ${grouped(entries)} files are in this one`,
    };
  if (directoryOffset + directoryBytes > fileBytes)
    return {
      code: 'directory-beyond-file',
      words: `has ${bytesWords(fileBytes)}, and its directory is said to take ${grouped(directoryBytes)} from byte ${grouped(directoryOffset)} on: part of it is not there`,
    };
  if (entries * DIRECTORY_RECORD_BYTES > directoryBytes)
    return {
      code: 'directory-truncated',
      words: `is said to hold ${grouped(entries)} files, for which its directory of ${bytesWords(directoryBytes)} is too short`,
    };
  if (entries > ARCHIVE_MAX_ENTRIES)
    return {
      code: 'too-many-entries',
      words: `holds ${grouped(entries)} files; up to ${grouped(ARCHIVE_MAX_ENTRIES)} are listed`,
    };
  return directoryBytes > ZIP_DIRECTORY_MAX_BYTES
    ? {
        code: 'directory-too-large',
        words: `has a directory of ${bytesWords(directoryBytes)}; up to ${grouped(ZIP_DIRECTORY_MAX_BYTES)} are read`,
      }
    : null;
}

/** Some readers then ask for a zip64 record, and others take the numbers as they are. */
function isElsewhere({ entries, directoryBytes, directoryOffset }: Fields) {
  return (
    entries === ELSEWHERE_16 ||
    directoryBytes === ELSEWHERE_32 ||
    directoryOffset === ELSEWHERE_32
  );
}

/** Which of two records counts depends on the reader, so they have to agree. */
function differs(classic: Fields, zip64: Fields): boolean {
  const isOther = (narrow: number, wide: number, elsewhere: number) =>
    narrow !== wide && narrow !== elsewhere;
  return (
    isOther(classic.entries, zip64.entries, ELSEWHERE_16) ||
    isOther(classic.entriesOnDisk, zip64.entriesOnDisk, ELSEWHERE_16) ||
    isOther(classic.directoryBytes, zip64.directoryBytes, ELSEWHERE_32) ||
    isOther(classic.directoryOffset, zip64.directoryOffset, ELSEWHERE_32)
  );
}
