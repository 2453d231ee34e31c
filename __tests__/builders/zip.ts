import { crc32, deflateRawSync } from 'node:zlib';
import { SourceError, type ByteReader } from '../../src/core/bytes/reader.ts';

/** One file of a built archive. What is left out is as a plain writer would have it. */
export interface ZipFile {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the directory says in place of the truth. */
  readonly directory?: Partial<DirectoryFields>;
  /** Compresses the content, at a level of zlib (6). */
  readonly level?: number;
  /** The name in the local header, where it is another. */
  readonly localName?: string;
  /** Unix mode, with the type of the file. */
  readonly mode?: number;
  /** Puts every number of the directory record into a Zip64 extra field. */
  readonly isZip64?: boolean;
}

export interface DirectoryFields {
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  readonly localHeaderOffset: number;
  readonly disk: number;
}

/** Numbers of a directory record, for archives that are not held in memory. */
export interface DirectoryFile extends Partial<DirectoryFields> {
  readonly name: string;
  readonly method?: number;
  readonly flags?: number;
  readonly isZip64?: boolean;
  readonly mode?: number;
}

export interface ZipOptions {
  /** Writes the Zip64 end record and locator, as torch does. */
  readonly isZip64?: boolean;
  readonly comment?: string;
  /** Local headers with zero sizes, a padding field, and a data descriptor. */
  readonly isTorchLike?: boolean;
  /** As GitHub's uploader: zero sizes in local headers, flag 3, and a data descriptor. */
  readonly hasDescriptors?: boolean;
}

const UTF8 = new TextEncoder();

/** A zip file of stored entries, in the given order. */
export function buildZip(
  files: readonly ZipFile[],
  options: ZipOptions = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const records: DirectoryFile[] = [];
  let at = 0;
  for (const file of files) {
    const content = toBytes(file.content ?? '');
    const { level } = file;
    const packed =
      level === undefined ? content : deflateRawSync(content, { level });
    const plain: DirectoryFields = {
      crc32: crc32(content),
      compressedBytes: packed.length,
      sizeBytes: content.length,
      localHeaderOffset: at,
      disk: 0,
    };
    const own = {
      ...file,
      ...(level === undefined ? {} : { method: 8 }),
      ...(options.hasDescriptors ? { flags: (file.flags ?? 0) | 8 } : {}),
    };
    const local = localParts(own, packed, plain, at, options);
    parts.push(...local);
    at += local.reduce((sum, part) => sum + part.length, 0);
    records.push({ ...own, ...plain, ...file.directory });
  }
  return concatBytes([...parts, buildZipEnd(records, at, options)]);
}

/** Central directory and end records of an archive whose directory starts there. */
export function buildZipEnd(
  files: readonly DirectoryFile[],
  directoryOffset: number,
  { isZip64 = false, comment = '' }: ZipOptions = {},
): Uint8Array {
  const directory = concatBytes(files.map(directoryRecord));
  const count = files.length;
  const endOffset = directoryOffset + directory.length;
  const zip64 = fields([
    ['u32', 0x06064b50],
    ['u64', 44],
    ['u16', 0x031e],
    ['u16', 45],
    ['u32', 0],
    ['u32', 0],
    ['u64', count],
    ['u64', count],
    ['u64', directory.length],
    ['u64', directoryOffset],
    ['u32', 0x07064b50], // locator
    ['u32', 0],
    ['u64', endOffset],
    ['u32', 1],
  ]);
  const end = fields([
    ['u32', 0x06054b50],
    ['u16', 0],
    ['u16', 0],
    ['u16', Math.min(count, 0xffff)],
    ['u16', Math.min(count, 0xffff)],
    ['u32', Math.min(directory.length, 0xffffffff)],
    ['u32', Math.min(directoryOffset, 0xffffffff)],
    ['u16', toBytes(comment).length],
  ]);
  const tail = [end, toBytes(comment)];
  return concatBytes([directory, ...(isZip64 ? [zip64] : []), ...tail]);
}

function localParts(
  file: ZipFile,
  content: Uint8Array,
  plain: DirectoryFields,
  at: number,
  { isTorchLike = false, hasDescriptors = false }: ZipOptions,
): readonly Uint8Array[] {
  const name = toBytes(file.localName ?? file.name);
  const isDescribed = isTorchLike || hasDescriptors;
  const sizes = isDescribed ? { ...plain, ...ZEROS } : plain;
  const extra = isTorchLike ? padding(at + 30 + name.length) : new Uint8Array();
  const header = fields([
    ['u32', 0x04034b50],
    ['u16', 0],
    ['u16', file.flags ?? 0],
    ['u16', file.method ?? 0],
    ['u32', 0], // time and date, as torch: none
    ['u32', sizes.crc32],
    ['u32', sizes.compressedBytes],
    ['u32', sizes.sizeBytes],
    ['u16', name.length],
    ['u16', extra.length],
  ]);
  const descriptor = fields([
    ['u32', 0x08074b50],
    ['u32', plain.crc32],
    ['u32', plain.compressedBytes],
    ['u32', plain.sizeBytes],
  ]);
  const parts = [header, name, extra, content];
  return isDescribed ? [...parts, descriptor] : parts;
}

const ZEROS = { crc32: 0, compressedBytes: 0, sizeBytes: 0 };

/** torch's field `FB`, so that the content starts at a multiple of 64. */
function padding(start: number): Uint8Array {
  const bytes = (64 - ((start + 4) % 64)) % 64;
  const header = fields([
    ['u16', 0x4246],
    ['u16', bytes],
  ]);
  return concatBytes([header, new Uint8Array(bytes).fill(0x5a)]);
}

function directoryRecord(file: DirectoryFile): Uint8Array {
  const name = toBytes(file.name);
  const max = 0xffffffff;
  const sizeBytes = file.sizeBytes ?? 0;
  const compressedBytes = file.compressedBytes ?? sizeBytes;
  const offset = file.localHeaderOffset ?? 0;
  const isZip64 = file.isZip64 ?? Math.max(sizeBytes, offset) >= max;
  const extra = fields([
    ['u16', 1],
    ['u16', 24],
    ['u64', sizeBytes],
    ['u64', compressedBytes],
    ['u64', offset],
  ]);
  const header = fields([
    ['u32', 0x02014b50],
    ['u16', file.mode === undefined ? 0 : 0x0314],
    ['u16', 0],
    ['u16', file.flags ?? 0],
    ['u16', file.method ?? 0],
    ['u32', 0],
    ['u32', file.crc32 ?? 0],
    ['u32', isZip64 ? max : compressedBytes],
    ['u32', isZip64 ? max : sizeBytes],
    ['u16', name.length],
    ['u16', isZip64 ? extra.length : 0],
    ['u16', 0],
    ['u16', file.disk ?? 0],
    ['u16', 0],
    ['u32', ((file.mode ?? 0) << 16) >>> 0],
    ['u32', isZip64 ? max : offset],
  ]);
  return concatBytes(isZip64 ? [header, name, extra] : [header, name]);
}

type Field = readonly ['u16' | 'u32' | 'u64', number];
const WIDTHS = { u16: 2, u32: 4, u64: 8 };

function fields(list: readonly Field[]): Uint8Array {
  const length = list.reduce((sum, [type]) => sum + WIDTHS[type], 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [type, value] of list) {
    if (type === 'u16') view.setUint16(at, value, true);
    else if (type === 'u32') view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += WIDTHS[type];
  }
  return bytes;
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? UTF8.encode(content) : content;
}

/** The parts one after another. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A reader and what was read through it. */
export interface ArchiveReader extends ByteReader {
  readonly reads: { start: number; length: number }[];
}

/**
 * A reader of a file that ends in `tail` and is `sizeBytes` long: what comes
 * before is generated on reading and never held.
 */
export function archiveReader(
  tail: Uint8Array,
  sizeBytes: number = tail.length,
): ArchiveReader {
  const reads: { start: number; length: number }[] = [];
  const tailStart = sizeBytes - tail.length;
  const read = (start: number, length: number): Promise<Uint8Array> => {
    if (start < 0 || length < 0 || start + length > sizeBytes)
      return Promise.reject(
        new SourceError('RANGE', `${start}+${length} of ${sizeBytes}`),
      );
    reads.push({ start, length });
    const bytes = new Uint8Array(length).fill(0xa5);
    const overlap = Math.max(start, tailStart);
    if (overlap < start + length)
      bytes.set(
        tail.subarray(overlap - tailStart, start + length - tailStart),
        overlap - start,
      );
    return Promise.resolve(bytes);
  };
  return {
    size: sizeBytes,
    access: 'random',
    reads,
    read,
    async *stream(start, end) {
      yield await read(start, end - start);
    },
    close: () => Promise.resolve(),
  };
}
