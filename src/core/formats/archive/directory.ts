import type { ArchiveDefect } from '../../bytes/archive.ts';
import { defective, parsed, type Parsed } from '../parsed.ts';
import { DIRECTORY_RECORD_BYTES } from '../zip/entries.ts';
import { LOCAL_HEADER_BYTES, readSafeU64, viewOf } from '../zip/fields.ts';
import { findExtra } from './extra.ts';
import { decodeEntryName } from './names.ts';
import type { ArchiveEntry, EndRecords, NamedFault } from './types.ts';
import { bytesWords, grouped } from './words.ts';

/** The central directory, in its order. */
export interface Directory {
  readonly entries: readonly ArchiveEntry[];
  readonly faults: readonly NamedFault[];
}

const SIGNATURE = 0x02014b50; // PK\1\2
const ZIP64_EXTRA_ID = 0x0001;
const ELSEWHERE = 0xffff_ffff;
const NO_DISK = 0xffff;
/** Systems of "version made by" whose external attributes hold a Unix mode. */
const UNIX_SYSTEMS: ReadonlySet<number> = new Set([3, 19]);

/** Where a record stands and ends, and how its entry is called in messages. */
interface Frame {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly at: number;
  readonly nameEnd: number;
  readonly extraEnd: number;
  readonly words: string;
}

/**
 * The entries of a central directory (APPNOTE 4.3.12), in one pass. `bytes` is the
 * directory; `fileBytes` the size of the archive.
 */
export function parseDirectory(
  bytes: Uint8Array,
  end: EndRecords,
  fileBytes: number,
): Parsed<Directory, ArchiveDefect> {
  const view = viewOf(bytes);
  const entries: ArchiveEntry[] = [];
  const faults: NamedFault[] = [];
  let at = 0;
  for (let index = 0; index < end.entries; index += 1) {
    const frame = parseFrame(bytes, view, at, { index, all: end.entries });
    if (!frame.ok) return frame;
    const entry = parseEntry(frame.value, faults);
    if (!entry.ok) return entry;
    const least = leastEnd(entry.value);
    if (least > fileBytes)
      return malformed(
        'entry-beyond-file',
        `has ${bytesWords(fileBytes)}, and ${frame.value.words} is said to reach to byte ${grouped(least)}: it was cut, or joined from pieces of which one is missing`,
      );
    entries.push(entry.value);
    at = frame.value.extraEnd + view.getUint16(frame.value.at + 32, true);
    if (at > bytes.length) return cut(index, end.entries, bytes);
  }
  // One reader goes by the count, another by the bytes.
  if (at !== bytes.length)
    faults.push({ code: 'directory-inconsistent', name: '' });
  return parsed({ entries, faults });
}

/** Where the content of an entry ends if its local header has no extra fields. */
export function leastEnd(entry: ArchiveEntry): number {
  const { offset, nameBytes, compressedBytes } = entry;
  return offset + LOCAL_HEADER_BYTES + nameBytes + compressedBytes;
}

function malformed(code: ArchiveDefect['code'], words: string) {
  return defective<ArchiveDefect>({ code, words });
}

function cut(index: number, all: number, bytes: Uint8Array) {
  return malformed(
    'directory-truncated',
    `has a directory of ${bytesWords(bytes.length)} that ends within the ${grouped(index + 1)}. of ${grouped(all)} records`,
  );
}

/**
 * | at | field |
 * |---|---|
 * | 0 | signature, u32 |
 * | 28, 30, 32 | bytes of name, extra fields, comment, u16 |
 */
function parseFrame(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  { index, all }: { readonly index: number; readonly all: number },
): Parsed<Frame, ArchiveDefect> {
  if (at + DIRECTORY_RECORD_BYTES > bytes.length) return cut(index, all, bytes);
  const words = `the ${grouped(index + 1)}. of its ${grouped(all)} files`;
  if (view.getUint32(at, true) !== SIGNATURE)
    return malformed(
      'entry-invalid',
      `has something else in its directory where ${words} should be named`,
    );
  const nameEnd = at + DIRECTORY_RECORD_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  if (extraEnd > bytes.length) return cut(index, all, bytes);
  return parsed({ bytes, view, at, nameEnd, extraEnd, words });
}

/**
 * | at | field |
 * |---|---|
 * | 4, 6 | version made by, version needed, u16 |
 * | 8, 10 | flags, method, u16 |
 * | 16 | CRC-32, u32 |
 * | 34 | disk, u16 |
 * | 38 | external attributes, u32 |
 */
function parseEntry(
  frame: Frame,
  faults: NamedFault[],
): Parsed<ArchiveEntry, ArchiveDefect> {
  const { bytes, view, at, nameEnd, extraEnd } = frame;
  const flags = view.getUint16(at + 8, true);
  const nameAt = at + DIRECTORY_RECORD_BYTES;
  const extra = bytes.subarray(nameEnd, extraEnd);
  const name = decodeEntryName(bytes.subarray(nameAt, nameEnd), flags, extra);
  const zip64 = findExtra(extra, ZIP64_EXTRA_ID);
  const extent = parseExtent(view, at, zip64.field);
  if (extent === null)
    return malformed(
      'entry-invalid',
      `does not say how large ${frame.words} is: the zip64 field is missing or too short`,
    );
  const disk = view.getUint16(at + 34, true);
  if (zip64.isMalformed || (disk !== 0 && disk !== NO_DISK))
    faults.push({ code: 'directory-inconsistent', name: name ?? '' });
  return parsed({
    name,
    nameAt,
    nameBytes: nameEnd - nameAt,
    // The high byte is a system, which not all writers leave at 0.
    version: view.getUint16(at + 6, true) & 0xff,
    flags,
    method: view.getUint16(at + 10, true),
    crc32: view.getUint32(at + 16, true),
    ...extent,
    mode: UNIX_SYSTEMS.has(view.getUint16(at + 4, true) >>> 8)
      ? view.getUint32(at + 38, true) >>> 16
      : 0,
  });
}

/**
 * 20, 24 compressed bytes and bytes, 42 offset of the local header, u32 each; what is
 * ffffffff stands in the zip64 field, in the order below. `null` where it does not.
 */
function parseExtent(view: DataView, at: number, field: Uint8Array | null) {
  const wide = field === null ? null : viewOf(field);
  let next = 0;
  const take = (narrow: number): number | null => {
    if (narrow !== ELSEWHERE) return narrow;
    if (wide === null || next + 8 > wide.byteLength) return null;
    next += 8;
    return readSafeU64(wide, next - 8);
  };
  const sizeBytes = take(view.getUint32(at + 24, true));
  const compressedBytes = take(view.getUint32(at + 20, true));
  const offset = take(view.getUint32(at + 42, true));
  return sizeBytes === null || compressedBytes === null || offset === null
    ? null
    : { sizeBytes, compressedBytes, offset };
}
