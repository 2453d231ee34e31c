import type { ByteReader } from '../../bytes/reader.ts';
import { defective, parsed, type Defect, type Parsed } from '../parsed.ts';
import { LOCAL_HEADER_BYTES, viewOf } from './fields.ts';
import type { ZipEntry } from './types.ts';

/** Why the content of an entry cannot be found or is not plain bytes. */
export type ZipContentDefect =
  | Defect<'local-header-invalid'>
  | Defect<'content-beyond-file'>
  | Defect<'content-not-stored'>;

const LOCAL_HEADER_SIGNATURE = 0x04034b50; // PK\3\4
/** Extra fields that one read spans: torch pads to a multiple of 64. */
const EXTRA_GUESS_BYTES = 128;

/**
 * Where the content of an entry starts in the file, from its local header
 * (0 signature, 26 and 28 bytes of name and extra fields): its name, flags, sizes
 * and checksum are not looked at, as miniz does and as torch leaves them zero.
 *
 * @throws SourceError when the bytes cannot be had.
 */
export async function readContentOffset(
  reader: ByteReader,
  entry: ZipEntry,
): Promise<Parsed<number, ZipContentDefect>> {
  const { localHeaderOffset } = entry;
  const header = await reader.read(localHeaderOffset, LOCAL_HEADER_BYTES);
  return parseContentOffset(header, entry, reader.size);
}

/**
 * The first bytes (at most `maxBytes`) of a stored entry; mostly in one read.
 * Rejects an entry that is compressed or encrypted.
 *
 * @throws SourceError when the bytes cannot be had.
 */
export async function readStored(
  reader: ByteReader,
  entry: ZipEntry,
  maxBytes: number,
): Promise<Parsed<Uint8Array, ZipContentDefect>> {
  if (entry.method !== 0 || entry.isEncrypted)
    return defective({ code: 'content-not-stored' });
  const wanted = Math.min(entry.sizeBytes, maxBytes);
  const start = entry.localHeaderOffset;
  const guess =
    LOCAL_HEADER_BYTES + entry.nameBytes + EXTRA_GUESS_BYTES + wanted;
  // It became shorter since its directory was read.
  if (start + LOCAL_HEADER_BYTES > reader.size)
    return defective({ code: 'content-beyond-file' });
  const bytes = await reader.read(start, Math.min(guess, reader.size - start));
  const offset = parseContentOffset(bytes, entry, reader.size);
  if (!offset.ok) return offset;
  const end = offset.value - start + wanted;
  return parsed(
    end <= bytes.length
      ? bytes.subarray(offset.value - start, end)
      : await reader.read(offset.value, wanted),
  );
}

/**
 * The same from a header that was read with others.
 *
 * @param header at least its first 30 bytes
 */
export function parseContentOffset(
  header: Uint8Array,
  entry: ZipEntry,
  fileBytes: number,
): Parsed<number, ZipContentDefect> {
  const view = viewOf(header);
  if (view.getUint32(0, true) !== LOCAL_HEADER_SIGNATURE)
    return defective({ code: 'local-header-invalid' });
  const variableBytes = view.getUint16(26, true) + view.getUint16(28, true);
  const offset = entry.localHeaderOffset + LOCAL_HEADER_BYTES + variableBytes;
  const contentBytes =
    entry.method === 0
      ? Math.max(entry.sizeBytes, entry.compressedBytes)
      : entry.compressedBytes;
  return offset + contentBytes > fileBytes
    ? defective({ code: 'content-beyond-file' })
    : parsed(offset);
}
