import type { EntryDamage } from '../../bytes/archive.ts';
import { defective, parsed, type Parsed } from '../parsed.ts';
import { LOCAL_HEADER_BYTES, readSafeU64, viewOf } from '../zip/fields.ts';
import { findExtra } from './extra.ts';
import type { ArchiveEntry } from './types.ts';
import { bytesWords, crcWords, grouped } from './words.ts';

const SIGNATURE = 0x04034b50; // PK\3\4
const DESCRIPTOR_BIT = 1 << 3;
const ELSEWHERE = 0xffff_ffff;
const ZIP64_EXTRA_ID = 0x0001;
/**
 * Encrypted, sizes in a descriptor, patched, strongly encrypted, name in UTF-8, masked:
 * how content and name are to be read. zip.js refuses most of what differs in them.
 */
const READING_BITS = 0b10_1000_0110_1001;

/** Bytes of a local header with name and extra fields, by its first 30. */
export function localHeaderBytes(header: Uint8Array): number {
  const view = viewOf(header);
  return (
    LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true)
  );
}

/**
 * Where the content begins after the start of the local header: its size with name and
 * extra fields. Rejects a header that says something else than the directory; sizes and
 * checksum only where they are not in a descriptor behind the content.
 *
 * @param header from its start on, with name and extra fields
 * @param name the bytes of the name in the directory
 */
export function parseLocalHeader(
  header: Uint8Array,
  entry: ArchiveEntry,
  name: Uint8Array,
): Parsed<number, EntryDamage> {
  const view = viewOf(header);
  if (view.getUint32(0, true) !== SIGNATURE)
    return differing(
      `header should begin at byte ${grouped(entry.offset)} of the archive, and something else is there`,
    );
  const nameBytes = view.getUint16(26, true);
  const isSame =
    nameBytes === name.length &&
    name.every((byte, at) => header[LOCAL_HEADER_BYTES + at] === byte);
  if (!isSame)
    return differing(
      'header has another name than the directory of the archive',
    );
  const extra = header.subarray(LOCAL_HEADER_BYTES + nameBytes);
  const words = findDifference(view, entry, extra);
  return words === null ? parsed(localHeaderBytes(header)) : differing(words);
}

function differing(words: string) {
  return defective<EntryDamage>({ code: 'headers-differ', words });
}

/**
 * | at | field |
 * |---|---|
 * | 6, 8 | flags, method, u16 |
 * | 14 | CRC-32, u32 |
 * | 18, 22 | compressed bytes, bytes, u32 |
 * | 26, 28 | bytes of name, extra fields, u16 |
 */
function findDifference(
  view: DataView,
  entry: ArchiveEntry,
  extra: Uint8Array,
): string | null {
  const flags = view.getUint16(6, true);
  const method = view.getUint16(8, true);
  if (method !== entry.method)
    return `header says that it is packed by method ${method}, and the directory by ${entry.method}`;
  if (((flags ^ entry.flags) & READING_BITS) !== 0)
    return `header has the flags ${flags}, and the directory of the archive ${entry.flags}: they differ in how it is to be read`;
  if ((flags & DESCRIPTOR_BIT) !== 0) return null;
  const crc32 = view.getUint32(14, true);
  if (crc32 !== entry.crc32)
    return `header states the checksum ${crcWords(crc32)}, and the directory ${crcWords(entry.crc32)}`;
  const sizes = readSizes(view, extra);
  if (sizes === null)
    return 'header does not say how large it is: the zip64 field is missing or too short';
  const { sizeBytes, compressedBytes } = sizes;
  return compressedBytes !== entry.compressedBytes ||
    sizeBytes !== entry.sizeBytes
    ? `header states ${bytesWords(sizeBytes)}, packed ${grouped(compressedBytes)}, and the directory ${grouped(entry.sizeBytes)}, packed ${grouped(entry.compressedBytes)}`
    : null;
}

/** Large sizes stand in the zip64 field: bytes, compressed bytes, u64 each. */
function readSizes(view: DataView, extra: Uint8Array) {
  const compressedBytes = view.getUint32(18, true);
  const sizeBytes = view.getUint32(22, true);
  if (compressedBytes !== ELSEWHERE && sizeBytes !== ELSEWHERE)
    return { sizeBytes, compressedBytes };
  const { field } = findExtra(extra, ZIP64_EXTRA_ID);
  if (field === null || field.length < 16) return null;
  const wide = viewOf(field);
  const [size, compressed] = [readSafeU64(wide, 0), readSafeU64(wide, 8)];
  if (size === null || compressed === null) return null;
  return {
    sizeBytes: sizeBytes === ELSEWHERE ? size : sizeBytes,
    compressedBytes:
      compressedBytes === ELSEWHERE ? compressed : compressedBytes,
  };
}
