import { defective, parsed, type Parsed } from '../parsed.ts';
import {
  decodeName,
  LOCAL_HEADER_BYTES,
  readSafeU64,
  viewOf,
} from './fields.ts';
import type { EntryField, ZipDefect, ZipEntry } from './types.ts';

/** Bytes of a directory record without its name, extra fields and comment. */
export const DIRECTORY_RECORD_BYTES = 46;
const DIRECTORY_RECORD_SIGNATURE = 0x02014b50; // PK\1\2
const ZIP64_EXTRA_ID = 0x0001;
const ZIP64_ELSEWHERE = 0xffff_ffff;
const NO_DISK = 0xffff;
const ENCRYPTED_BITS = 0b100_0001;
const MASKED_BIT = 1 << 13;

interface Extent {
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  readonly localHeaderOffset: number;
}

interface DirectoryRecord {
  readonly entry: ZipEntry;
  /** Bytes of the whole record. */
  readonly length: number;
}

/**
 * The entries of a central directory, as miniz 3.0.2 (the reader in torch) takes
 * or refuses them; dates are not looked at, since torch writes illegal ones.
 *
 * `disk` and `entries` are those of the end record, `fileBytes` the archive's.
 */
export function parseEntries(
  directory: Uint8Array,
  expected: { entries: number; disk: number; fileBytes: number },
): Parsed<readonly ZipEntry[], ZipDefect> {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < expected.entries; index += 1) {
    const record = parseRecord(directory.subarray(at), index, expected);
    if (!record.ok) return record;
    entries.push(record.value.entry);
    at += record.value.length;
  }
  return parsed(entries);
}

/**
 * | at | field |
 * |---|---|
 * | 0 | signature, u32 |
 * | 8, 10 | flags, method, u16 |
 * | 12, 14 | time, date, u16 |
 * | 16 | CRC-32, u32 |
 * | 20, 24 | compressed bytes, bytes, u32 |
 * | 28, 30, 32 | bytes of name, extra fields, comment, u16 |
 * | 34 | disk, u16 |
 * | 42 | offset of the local header, u32 |
 */
function parseRecord(
  bytes: Uint8Array,
  index: number,
  expected: { entries: number; disk: number; fileBytes: number },
): Parsed<DirectoryRecord, ZipDefect> {
  const { entries, fileBytes } = expected;
  const truncated: ZipDefect = {
    code: 'directory-truncated',
    index,
    entries,
    sizeBytes: bytes.length,
  };
  if (bytes.length < DIRECTORY_RECORD_BYTES) return defective(truncated);
  const view = viewOf(bytes);
  if (view.getUint32(0, true) !== DIRECTORY_RECORD_SIGNATURE)
    return invalid(index, 'signature');
  const nameBytes = view.getUint16(28, true);
  const extraEnd =
    DIRECTORY_RECORD_BYTES + nameBytes + view.getUint16(30, true);
  const length = extraEnd + view.getUint16(32, true);

  const nameEnd = DIRECTORY_RECORD_BYTES + nameBytes;
  const extent = parseExtent(view, bytes.subarray(nameEnd, extraEnd));
  if (extent === null) return invalid(index, 'zip64');
  const field = findInvalidField(view, expected.disk);
  if (field !== null) return invalid(index, field);
  if (length > bytes.length) return defective(truncated);

  const name = decodeName(bytes.subarray(DIRECTORY_RECORD_BYTES, nameEnd));
  const endBytes =
    extent.localHeaderOffset + LOCAL_HEADER_BYTES + extent.compressedBytes;
  if (endBytes > fileBytes)
    return defective({
      code: 'entry-beyond-file',
      index,
      name,
      endBytes,
      fileBytes,
    });
  const flags = view.getUint16(8, true);
  const entry: ZipEntry = {
    index,
    name,
    nameBytes,
    method: view.getUint16(10, true),
    flags,
    crc32: view.getUint32(16, true),
    ...extent,
    isEncrypted: (flags & ENCRYPTED_BITS) !== 0,
  };
  return parsed({ entry, length });
}

function invalid(index: number, field: EntryField) {
  return defective({ code: 'entry-invalid' as const, index, field });
}

function findInvalidField(view: DataView, disk: number): EntryField | null {
  const compressedBytes = view.getUint32(20, true);
  const sizeBytes = view.getUint32(24, true);
  if (compressedBytes !== ZIP64_ELSEWHERE && sizeBytes !== ZIP64_ELSEWHERE) {
    // miniz reads method and time as one number, so it takes only an entry of
    // time 0 (all that torch writes) for stored here.
    const isStored = view.getUint32(10, true) === 0;
    if (isStored && compressedBytes !== sizeBytes) return 'sizes';
    if (sizeBytes > 0 && compressedBytes === 0) return 'sizes';
  }
  const entryDisk = view.getUint16(34, true);
  if (entryDisk === NO_DISK || (entryDisk !== disk && entryDisk !== 1))
    return 'disk';
  return (view.getUint16(8, true) & MASKED_BIT) === 0 ? null : 'masked';
}

/** `null`: a field that has to be in the Zip64 extra is not, or is above 2^53 - 1. */
function parseExtent(view: DataView, extra: Uint8Array): Extent | null {
  const extent = {
    compressedBytes: view.getUint32(20, true),
    sizeBytes: view.getUint32(24, true),
    localHeaderOffset: view.getUint32(42, true),
  };
  const isElsewhere = Object.values(extent).includes(ZIP64_ELSEWHERE);
  // Without extra fields the maximum is meant literally.
  if (!isElsewhere || extra.length === 0) return extent;
  const field = findZip64Extra(extra);
  if (field === 'malformed') return null;
  return field === 'absent' ? extent : applyZip64(extent, field);
}

/** Extra fields: id u16, length u16, content. */
function findZip64Extra(
  extra: Uint8Array,
): Uint8Array | 'absent' | 'malformed' {
  const view = viewOf(extra);
  let at = 0;
  while (at < extra.length) {
    if (extra.length - at < 4) return 'malformed';
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > extra.length) return 'malformed';
    if (view.getUint16(at, true) === ZIP64_EXTRA_ID)
      return extra.subarray(at + 4, end);
    at = end;
  }
  return 'absent';
}

/** The field holds, in this order, only the values that are elsewhere (u64 each). */
function applyZip64(extent: Extent, field: Uint8Array): Extent | null {
  const view = viewOf(field);
  const replaced = { ...extent };
  let at = 0;
  for (const key of [
    'sizeBytes',
    'compressedBytes',
    'localHeaderOffset',
  ] as const) {
    if (extent[key] !== ZIP64_ELSEWHERE) continue;
    const value = at + 8 <= field.length ? readSafeU64(view, at) : null;
    if (value === null) return null;
    replaced[key] = value;
    at += 8;
  }
  return replaced;
}
