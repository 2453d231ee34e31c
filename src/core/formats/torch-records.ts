import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed, type Defect, type Parsed } from './parsed.ts';
import type { ZipKind } from './zip/kind.ts';
import { foldName } from './zip/miniz.ts';
import { readStored } from './zip/stored.ts';
import type { ZipEntry } from './zip/types.ts';

/** What miniz does not read: said of a record only when torch asks for it. */
export type UnsupportedFeature = 'method' | 'encryption' | 'feature';

/** Why torch refuses a record that it reads before the pickle. */
export type TorchRecordDefect =
  | (Defect<'record-missing'> & {
      readonly record: string;
      readonly kind: ZipKind;
    })
  | (Defect<'record-unsupported'> & {
      readonly record: string;
      readonly feature: UnsupportedFeature;
    })
  /** Its local header is not one, or its content ends beyond the file. */
  | (Defect<'record-unreadable'> & { readonly record: string })
  /** `data.pkl` of 0 bytes. */
  | (Defect<'record-empty'> & { readonly record: string })
  /** `text`: the first bytes, from the file, one character a byte. */
  | (Defect<'version-invalid'> & { readonly text: string })
  | (Defect<'version-unsupported'> & { readonly version: number })
  | (Defect<'byteorder-invalid'> & { readonly text: string })
  | (Defect<'alignment-invalid'> & { readonly text: string });

/** Records by their folded name without the root. */
export type TorchRecords = ReadonlyMap<string, ZipEntry>;

/** A file format version is a digit or two; kMaxSupportedFileFormatVersion is 10. */
const MAX_VERSION = 10;
/** Versions, byte orders and alignments take some 6 bytes. */
const CONTENT_MAX_BYTES = 64;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_PATCH_BIT = 1 << 5;

/** What of this entry torch cannot read, in the order in which miniz looks. */
export function findUnsupported(entry: ZipEntry): UnsupportedFeature | null {
  if (entry.method !== STORED && entry.method !== DEFLATED) return 'method';
  if (entry.isEncrypted) return 'encryption';
  return (entry.flags & ENCRYPTED_PATCH_BIT) === 0 ? null : 'feature';
}

/** The record, or `null` where there is none; rejects one that torch cannot read. */
export function openRecord(
  records: TorchRecords,
  record: string,
): Parsed<ZipEntry | null, TorchRecordDefect> {
  const entry = records.get(foldName(record));
  if (!entry) return parsed(null);
  const feature = findUnsupported(entry);
  return feature === null
    ? parsed(entry)
    : defective({ code: 'record-unsupported', record, feature });
}

/** The pickle of the archive; rejects one that is missing or of 0 bytes. */
export function openPickle(
  records: TorchRecords,
  kind: ZipKind,
): Parsed<ZipEntry, TorchRecordDefect> {
  const record = 'data.pkl';
  const pickle = openRecord(records, record);
  if (!pickle.ok) return pickle;
  if (!pickle.value) return defective({ code: 'record-missing', record, kind });
  return pickle.value.sizeBytes === 0
    ? defective({ code: 'record-empty', record })
    : parsed(pickle.value);
}

/**
 * The file format version from `.data/version`, else `version`, read as C++
 * `stoull` reads it; `null` where the record is compressed. Rejects a missing
 * one and anything but 1…10.
 */
export async function readVersion(
  reader: ByteReader,
  records: TorchRecords,
  kind: ZipKind,
): Promise<Parsed<number | null, TorchRecordDefect>> {
  const inner = await readContent(reader, records, '.data/version');
  if (!inner.ok || inner.value !== 'absent') return toVersion(inner);
  const outer = await readContent(reader, records, 'version');
  if (outer.ok && outer.value === 'absent')
    return defective({ code: 'record-missing', record: 'version', kind });
  return toVersion(outer);
}

function toVersion(content: Content): Parsed<number | null, TorchRecordDefect> {
  if (!content.ok) return content;
  if (typeof content.value !== 'object') return parsed(null);
  const { text } = content.value;
  const digits = /^[\t-\r ]*\+?(-?\d+)/.exec(text)?.[1];
  if (digits === undefined || digits.length > 20)
    return defective({ code: 'version-invalid', text });
  const version = Number(digits);
  return version < 1 || version > MAX_VERSION
    ? defective({ code: 'version-unsupported', version })
    : parsed(version);
}

/** `little` where there is no `byteorder`, `null` where it is compressed. */
export async function readByteOrder(
  reader: ByteReader,
  records: TorchRecords,
): Promise<Parsed<'little' | 'big' | null, TorchRecordDefect>> {
  const content = await readContent(reader, records, 'byteorder');
  if (!content.ok) return content;
  if (content.value === 'absent') return parsed('little');
  if (content.value === 'compressed') return parsed(null);
  const { text } = content.value;
  return text === 'little' || text === 'big'
    ? parsed(text)
    : defective({ code: 'byteorder-invalid', text });
}

/** Rejects a `.storage_alignment` that Python's `int` would not take. */
export async function checkAlignment(
  reader: ByteReader,
  records: TorchRecords,
): Promise<Parsed<null, TorchRecordDefect>> {
  const content = await readContent(reader, records, '.storage_alignment');
  if (!content.ok) return content;
  if (typeof content.value !== 'object') return parsed(null);
  const { text } = content.value;
  return /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text)
    ? parsed(null)
    : defective({ code: 'alignment-invalid', text });
}

type Content = Parsed<
  { readonly text: string } | 'absent' | 'compressed',
  TorchRecordDefect
>;

async function readContent(
  reader: ByteReader,
  records: TorchRecords,
  record: string,
): Promise<Content> {
  const entry = openRecord(records, record);
  if (!entry.ok) return entry;
  if (!entry.value) return parsed('absent');
  if (entry.value.method === DEFLATED) return parsed('compressed');
  // miniz does not look for the content of an entry without any.
  if (entry.value.compressedBytes === 0) return parsed({ text: '' });
  const bytes = await readStored(reader, entry.value, CONTENT_MAX_BYTES);
  if (!bytes.ok) return defective({ code: 'record-unreadable', record });
  return parsed({ text: String.fromCharCode(...bytes.value) });
}
