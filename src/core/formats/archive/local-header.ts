import type { EntryDamage } from '../../bytes/archive.ts';
import { defective, parsed, type Parsed } from '../parsed.ts';
import { LOCAL_HEADER_BYTES, viewOf } from '../zip/fields.ts';
import type { ArchiveEntry } from './types.ts';
import { bytesWords, crcWords, grouped } from './words.ts';

const SIGNATURE = 0x04034b50; // PK\3\4
const DESCRIPTOR_BIT = 1 << 3;
const ELSEWHERE = 0xffff_ffff;

/**
 * Where the content begins after the start of the local header: its size with name and
 * extra fields. Rejects a header that says something else than the directory; sizes and
 * checksum only where they are not in a descriptor behind the content.
 *
 * @param header from its start on, at least with the whole name
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
  const words = findDifference(view, entry);
  return words === null
    ? parsed(LOCAL_HEADER_BYTES + nameBytes + view.getUint16(28, true))
    : differing(words);
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
function findDifference(view: DataView, entry: ArchiveEntry): string | null {
  const flags = view.getUint16(6, true);
  const method = view.getUint16(8, true);
  if (method !== entry.method)
    return `header says that it is packed by method ${method}, and the directory by ${entry.method}`;
  if (((flags ^ entry.flags) & 1) !== 0)
    return 'header and the directory differ in whether it is encrypted';
  if ((flags & DESCRIPTOR_BIT) !== 0) return null;
  const crc32 = view.getUint32(14, true);
  if (crc32 !== entry.crc32)
    return `header states the checksum ${crcWords(crc32)}, and the directory ${crcWords(entry.crc32)}`;
  const compressedBytes = view.getUint32(18, true);
  const sizeBytes = view.getUint32(22, true);
  return isOther(compressedBytes, entry.compressedBytes) ||
    isOther(sizeBytes, entry.sizeBytes)
    ? `header states ${bytesWords(sizeBytes)}, packed ${grouped(compressedBytes)}, and the directory ${grouped(entry.sizeBytes)}, packed ${grouped(entry.compressedBytes)}`
    : null;
}

/** Large sizes stand in a zip64 field, which the directory has as well. */
function isOther(local: number, central: number): boolean {
  return local !== central && local !== ELSEWHERE;
}
