import { deflateRawSync } from 'node:zlib';
import { bytesContent, crc32Of, joined } from './contents.ts';
import type { Content } from './contents.ts';

/** A file in an archive as the uploader writes it. */
export interface ZipEntry {
  /** Its path, with `/`. */
  readonly name: string;
  readonly content: string | Uint8Array | Content;
  /** `stored` is `compression-level: 0`. Virtual contents can only be stored. */
  readonly method?: 'stored' | 'deflated';
  readonly level?: number;
  readonly modified?: Date;
  /** Given, it stands for the truth. */
  readonly crc32?: number;
}

export interface ZipContentOptions {
  /** The uploader never writes one. */
  readonly comment?: string;
}

const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;
/** Bit 3: sizes and CRC follow the data. */
const DESCRIPTOR_FLAG = 0x0008;
const UTF8_FLAG = 0x0800;
const REGULAR_FILE = 0o100644;
const DOS_ARCHIVE = 0x20;
const MODIFIED = new Date('2026-10-01T12:00:00Z');

/** An entry with everything that its records say. */
interface Laid {
  readonly name: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly time: number;
  readonly crc: number;
  readonly data: Content;
  readonly sizeBytes: number;
  readonly isZip64: boolean;
}

/**
 * An archive as archiver 7 writes it for `@actions/artifact` (compress-commons
 * 6, zip-archive-output-stream.js): a data descriptor behind every file, no
 * sizes in local headers, and Zip64 only in the directory.
 */
export function zipContent(
  entries: readonly ZipEntry[],
  { comment = '' }: ZipContentOptions = {},
): Content {
  const parts: Content[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  // The end of one entry and the start of the next are one part: fewer to search.
  let pending: Buffer[] = [];
  for (const entry of entries) {
    const laid = layOut(entry);
    const header = localHeader(laid);
    const end = descriptor(laid);
    parts.push(bytesContent(Buffer.concat([...pending, header])), laid.data);
    pending = [end];
    records.push(directoryRecord(laid, offset));
    offset += header.length + laid.data.sizeBytes + end.length;
  }
  const directory = Buffer.concat(records);
  const end = endRecords(entries.length, directory.length, offset, comment);
  parts.push(bytesContent(Buffer.concat([...pending, directory, end])));
  return joined(parts);
}

function layOut(entry: ZipEntry): Laid {
  const { content, method = 'stored', level = 6, modified = MODIFIED } = entry;
  const isBytes = typeof content === 'string' || content instanceof Uint8Array;
  const plain = isBytes ? bytesContent(content) : content;
  if (method === 'deflated' && !isBytes)
    throw new Error(`${entry.name}: a virtual content can only be stored`);
  const data =
    method === 'deflated' && isBytes
      ? bytesContent(deflateRawSync(content, { level }))
      : plain;
  const name = Buffer.from(entry.name);
  return {
    name,
    flags:
      DESCRIPTOR_FLAG | (name.length === entry.name.length ? 0 : UTF8_FLAG),
    method: method === 'deflated' ? 8 : 0,
    time: dosTime(modified),
    crc: entry.crc32 ?? crc32Of(plain),
    data,
    sizeBytes: plain.sizeBytes,
    isZip64: Math.max(plain.sizeBytes, data.sizeBytes) > MAX_32,
  };
}

/** Date in the upper half, time in the lower, in steps of two seconds, UTC. */
function dosTime(date: Date): number {
  const days =
    ((date.getUTCFullYear() - 1980) << 9) |
    ((date.getUTCMonth() + 1) << 5) |
    date.getUTCDate();
  const seconds =
    (date.getUTCHours() << 11) |
    (date.getUTCMinutes() << 5) |
    (date.getUTCSeconds() >> 1);
  return days * 0x10000 + seconds;
}

function localHeader(laid: Laid): Buffer {
  const header = numbers(
    ...[4, 0x04034b50],
    ...[2, 20], // 2.0 even where the entry turns out to need Zip64
    ...[2, laid.flags],
    ...[2, laid.method],
    ...[4, laid.time],
    ...[4, 0],
    ...[4, 0],
    ...[4, 0],
    ...[2, laid.name.length],
    ...[2, 0],
  );
  return Buffer.concat([header, laid.name]);
}

function descriptor(laid: Laid): Buffer {
  const width = laid.isZip64 ? 8 : 4;
  return numbers(
    ...[4, 0x08074b50],
    ...[4, laid.crc],
    ...[width, laid.data.sizeBytes],
    ...[width, laid.sizeBytes],
  );
}

function directoryRecord(laid: Laid, offset: number): Buffer {
  // A small file behind the first 4 GiB gets the field too, with all three numbers.
  const isZip64 = laid.isZip64 || offset > MAX_32;
  const extra = numbers(
    ...[2, 1],
    ...[2, 24],
    ...[8, laid.sizeBytes],
    ...[8, laid.data.sizeBytes],
    ...[8, offset],
  );
  const record = numbers(
    ...[4, 0x02014b50],
    ...[2, 0x032d], // made by Unix, 4.5
    ...[2, isZip64 ? 45 : 20],
    ...[2, laid.flags],
    ...[2, laid.method],
    ...[4, laid.time],
    ...[4, laid.crc],
    ...[4, isZip64 ? MAX_32 : laid.data.sizeBytes],
    ...[4, isZip64 ? MAX_32 : laid.sizeBytes],
    ...[2, laid.name.length],
    ...[2, isZip64 ? extra.length : 0],
    ...[2, 0], // comment
    ...[2, 0], // disk
    ...[2, 0], // internal attributes
    ...[4, REGULAR_FILE * 0x10000 + DOS_ARCHIVE],
    ...[4, isZip64 ? MAX_32 : offset],
  );
  const parts = isZip64 ? [record, laid.name, extra] : [record, laid.name];
  return Buffer.concat(parts);
}

function endRecords(
  count: number,
  directoryBytes: number,
  offset: number,
  comment: string,
): Buffer {
  const isZip64 = count > MAX_16 || Math.max(directoryBytes, offset) > MAX_32;
  const zip64 = numbers(
    ...[4, 0x06064b50],
    ...[8, 44],
    ...[2, 45],
    ...[2, 45],
    ...[4, 0],
    ...[4, 0],
    ...[8, count],
    ...[8, count],
    ...[8, directoryBytes],
    ...[8, offset],
    ...[4, 0x07064b50], // locator
    ...[4, 0],
    ...[8, offset + directoryBytes],
    ...[4, 1],
  );
  const text = Buffer.from(comment);
  const end = numbers(
    ...[4, 0x06054b50],
    ...[2, 0],
    ...[2, 0],
    // Where there is a Zip64 record, all of these point to it.
    ...[2, isZip64 ? MAX_16 : count],
    ...[2, isZip64 ? MAX_16 : count],
    ...[4, isZip64 ? MAX_32 : directoryBytes],
    ...[4, isZip64 ? MAX_32 : offset],
    ...[2, text.length],
  );
  return Buffer.concat(isZip64 ? [zip64, end, text] : [end, text]);
}

/** Numbers, little-endian: a width in bytes and a value, by turns. */
function numbers(...list: readonly number[]): Buffer {
  let length = 0;
  for (let at = 0; at < list.length; at += 2) length += list[at] ?? 0;
  const bytes = Buffer.alloc(length);
  let at = 0;
  for (let index = 0; index < list.length; index += 2) {
    const width = list[index] ?? 0;
    const value = list[index + 1] ?? 0;
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeUIntLE(value, at, width);
    at += width;
  }
  return bytes;
}
