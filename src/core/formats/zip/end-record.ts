import type { ByteReader } from '../../bytes/reader.ts';
import { defective, parsed, type Parsed } from '../parsed.ts';
import { readSafeU64, viewOf } from './fields.ts';
import { extendTail, readNearTail, readTail, type Tail } from './tail.ts';
import type { ZipDefect, ZipNote } from './types.ts';

/** What the end records say of the directory; not yet checked against the file. */
export interface EndRecord {
  /** Where the (classic) end record starts. */
  readonly offset: number;
  readonly isZip64: boolean;
  readonly entries: number;
  readonly entriesOnDisk: number;
  readonly disk: number;
  readonly directoryDisk: number;
  readonly directoryBytes: number;
  readonly directoryOffset: number;
  readonly notes: readonly ZipNote[];
}

/** Bytes of an end record without its comment. */
export const END_RECORD_BYTES = 22;
const LOCATOR_BYTES = 20;
const LOCATOR_SIGNATURE = 0x07064b50; // PK\6\7
const ZIP64_RECORD_BYTES = 56;
const ZIP64_RECORD_SIGNATURE = 0x06064b50; // PK\6\6

/** Holds the end records always and a small directory whole. */
const FIRST_TAIL_BYTES = 4096;

/**
 * The last end record of the file and the tail that was read to find it.
 *
 * As miniz, Python and Info-ZIP do, the last signature counts and its comment
 * length is not required to reach the end of the file: what differs is a note.
 * `searchStart` is the lowest offset that is looked at.
 */
export async function readEndRecord(
  reader: ByteReader,
  searchStart: number,
): Promise<Parsed<{ record: EndRecord; tail: Tail }, ZipDefect>> {
  const first = Math.max(searchStart, reader.size - FIRST_TAIL_BYTES);
  let tail = await readTail(reader, first);
  let at = findSignature(tail.bytes);
  if (at === -1 && searchStart < first) {
    tail = await extendTail(reader, tail, searchStart);
    at = findSignature(tail.bytes);
  }
  if (at === -1) return defective(missingRecord(reader.size, tail.bytes));
  const classic = parseEndRecord(tail.bytes.subarray(at), tail.start + at);
  const record = await readZip64Record(reader, tail, classic);
  return record.ok ? parsed({ record: record.value, tail }) : record;
}

/** The last `PK\5\6` that a whole record fits behind, or -1. */
function findSignature(tail: Uint8Array): number {
  for (let at = tail.length - END_RECORD_BYTES; at >= 0; at -= 1) {
    if (
      tail[at] === 0x50 &&
      tail[at + 1] === 0x4b &&
      tail[at + 2] === 5 &&
      tail[at + 3] === 6
    )
      return at;
  }
  return -1;
}

function missingRecord(fileBytes: number, tail: Uint8Array): ZipDefect {
  const searchedBytes = tail.length;
  const last = tail.findLastIndex((byte) => byte !== 0);
  const zeroBytes = searchedBytes - 1 - last;
  // Fewer zeros than a record takes are an ordinary cut.
  return zeroBytes >= END_RECORD_BYTES
    ? { code: 'zero-tail', fileBytes, searchedBytes, zeroBytes }
    : { code: 'no-end-record', fileBytes, searchedBytes };
}

/**
 * | at | field |
 * |---|---|
 * | 0 | signature, u32 |
 * | 4, 6 | this disk, disk of the directory, u16 |
 * | 8, 10 | entries on this disk, in all, u16 |
 * | 12, 16 | bytes and offset of the directory, u32 |
 * | 20 | bytes of the comment, u16 |
 */
function parseEndRecord(bytes: Uint8Array, offset: number): EndRecord {
  const view = viewOf(bytes);
  const commentBytes = view.getUint16(20, true);
  return {
    offset,
    isZip64: false,
    disk: view.getUint16(4, true),
    directoryDisk: view.getUint16(6, true),
    entriesOnDisk: view.getUint16(8, true),
    entries: view.getUint16(10, true),
    directoryBytes: view.getUint32(12, true),
    directoryOffset: view.getUint32(16, true),
    notes: commentNotes(bytes.length - END_RECORD_BYTES - commentBytes),
  };
}

function commentNotes(bytesAfterComment: number): readonly ZipNote[] {
  if (bytesAfterComment > 0)
    return [{ code: 'trailing-bytes', bytes: bytesAfterComment }];
  if (bytesAfterComment < 0)
    return [{ code: 'comment-cut', missingBytes: -bytesAfterComment }];
  return [];
}

/**
 * Locator (right before the end record): 0 signature, 4 disk, 8 offset of the
 * record u64, 16 number of disks. As miniz, the record counts wherever there is
 * one, not only where the classic fields are at their maximum: `torch.save`
 * writes it always. A locator that leads to no record is passed over.
 */
async function readZip64Record(
  reader: ByteReader,
  tail: Tail,
  classic: EndRecord,
): Promise<Parsed<EndRecord, ZipDefect>> {
  const locatorStart = classic.offset - LOCATOR_BYTES;
  if (locatorStart < ZIP64_RECORD_BYTES) return parsed(classic);
  const locator = viewOf(
    await readNearTail(reader, tail, locatorStart, LOCATOR_BYTES),
  );
  if (locator.getUint32(0, true) !== LOCATOR_SIGNATURE) return parsed(classic);
  const offset = readSafeU64(locator, 8);
  if (offset === null || offset > reader.size - ZIP64_RECORD_BYTES)
    return defective({ code: 'end-record-invalid', field: 'zip64-offset' });
  const record = viewOf(
    await readNearTail(reader, tail, offset, ZIP64_RECORD_BYTES),
  );
  if (record.getUint32(0, true) !== ZIP64_RECORD_SIGNATURE)
    return parsed(classic);
  return parseZip64Record(record, locator.getUint32(16, true), classic);
}

/**
 * | at | field |
 * |---|---|
 * | 0 | signature, u32 |
 * | 4 | bytes that follow this field, u64 |
 * | 16, 20 | this disk, disk of the directory, u32 |
 * | 24, 32 | entries on this disk, in all, u64 |
 * | 40, 48 | bytes and offset of the directory, u64 |
 */
function parseZip64Record(
  view: DataView,
  disks: number,
  classic: EndRecord,
): Parsed<EndRecord, ZipDefect> {
  const recordBytes = view.getBigUint64(4, true);
  if (recordBytes < BigInt(ZIP64_RECORD_BYTES - 12))
    return defective({ code: 'end-record-invalid', field: 'zip64-size' });
  if (disks !== 1)
    return defective({ code: 'end-record-invalid', field: 'disks' });
  const entriesOnDisk = readSafeU64(view, 24);
  const entries = readSafeU64(view, 32);
  if (!isMinizCount(entries) || !isMinizCount(entriesOnDisk))
    return defective({ code: 'end-record-invalid', field: 'entry-count' });
  const directoryBytes = readSafeU64(view, 40);
  if (!isMinizCount(directoryBytes))
    return defective({ code: 'end-record-invalid', field: 'directory-size' });
  const directoryOffset = readSafeU64(view, 48);
  if (directoryOffset === null)
    return defective({ code: 'end-record-invalid', field: 'directory-offset' });
  return parsed({
    ...classic,
    isZip64: true,
    disk: view.getUint32(16, true),
    directoryDisk: view.getUint32(20, true),
    entriesOnDisk,
    entries,
    directoryBytes,
    directoryOffset,
  });
}

/** miniz holds counts of entries and bytes of the directory in 32 bits. */
function isMinizCount(value: number | null): value is number {
  return value !== null && value <= 0xffff_ffff;
}
