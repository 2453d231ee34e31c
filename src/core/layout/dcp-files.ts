import { PICKLE_MAX_BYTES, RANK_FILES_MAX } from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { parseDcpMetadata } from '../formats/dcp-metadata.ts';
import type {
  DcpExtent,
  DcpMetadata,
  DcpMetadataDefect,
  DcpPiece,
} from '../formats/dcp-metadata.ts';
import { defective } from '../formats/parsed.ts';
import type { Parsed } from '../formats/parsed.ts';
import type { FileFacts } from './file-facts.ts';
import { memoise } from './memoise.ts';
import type { Memo } from './memoise.ts';
import type { TooLarge } from './read-json.ts';

/** The list of which value lies where; a save renames it to this when it is complete. */
export const DCP_METADATA = '.metadata';

/** What `.metadata` and the files that it names say. */
export interface DcpFacts {
  /** `null` where there is no such file in the folder. */
  readonly metadata: Memo<Parsed<
    DcpMetadata,
    DcpMetadataDefect | TooLarge
  > | null>;
  /** A file beside it, or `null` if there is none of the name. */
  readonly fileNamed: (name: string) => FileFacts | null;
}

/** Facts of a folder that torch's distributed checkpoint wrote. */
export function dcpFacts(
  fileNamed: (name: string) => FileFacts | null,
): DcpFacts {
  return {
    metadata: memoise(async () => {
      const file = fileNamed(DCP_METADATA);
      return file === null ? null : file.read(readMetadata);
    }),
    fileNamed,
  };
}

async function readMetadata(
  reader: ByteReader,
): Promise<Parsed<DcpMetadata, DcpMetadataDefect | TooLarge>> {
  const { size } = reader;
  if (size > PICKLE_MAX_BYTES)
    return defective({
      code: 'too-large',
      sizeBytes: size,
      maxBytes: PICKLE_MAX_BYTES,
    });
  return parseDcpMetadata(await reader.read(0, size));
}

/** Files that are not there, or too small, by their names and sizes alone. */
export interface DcpSizeDamage {
  readonly missing: readonly DcpPlaced[];
  readonly short: readonly (DcpPlaced & { readonly fileBytes: number })[];
}

/** A file, and what `.metadata` places in it. */
interface DcpPlaced {
  readonly name: string;
  readonly extent: DcpExtent;
}

/** Holds the files of a folder against what its `.metadata` places in them. */
export function findDcpSizeDamage(
  { fileNamed }: DcpFacts,
  { files }: DcpMetadata,
): DcpSizeDamage {
  const missing: DcpPlaced[] = [];
  const short: DcpSizeDamage['short'][number][] = [];
  for (const [name, extent] of files) {
    const fileBytes = fileNamed(name)?.sizeBytes;
    if (fileBytes === undefined) missing.push({ name, extent });
    else if (fileBytes < extent.endBytes)
      short.push({ name, extent, fileBytes });
  }
  return { missing, short };
}

/** Why the last tensor in a file cannot be what torch wrote there. */
export type DcpEndDamage = 'zeros' | 'not-there' | 'not-closed';

/** PK\3\4, with which torch.save begins, and PK\5\6, 22 bytes before where it ends. */
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];
const ZIP_END = [0x50, 0x4b, 0x05, 0x06];
const ZIP_END_BYTES = 22;
/** A safetensors file, the other format of tensors (filesystem.py, `SerializationFormat`). */
const SAFETENSORS_BRACE_AT = 8;
const BRACE = 0x7b;

/**
 * Looks whether the last tensor of a file begins and ends as torch.save writes one,
 * where the file itself begins so: one of the right size whose end was never written,
 * or one of another save.
 *
 * @returns `null` for nothing that would prove it
 * @throws SourceError when the bytes cannot be had
 */
export async function findDcpEndDamage(
  file: FileFacts,
  { first, last }: DcpExtent,
): Promise<DcpEndDamage | null> {
  if (last === null || !isPlain(first) || !isPlain(last)) return null;
  const { kind } = await file.content();
  file.forget();
  if (kind === 'zero-filled') return 'zeros';
  return file.read(async (reader) => {
    const end = last.offset + last.length;
    const start = await reader.read(first.offset, ZIP_START.length);
    const begin = await reader.read(last.offset, SAFETENSORS_BRACE_AT + 1);
    const close = await reader.read(end - ZIP_END_BYTES, ZIP_END_BYTES);
    // Of another format no more is known.
    if (!isLike(start, ZIP_START)) return null;
    if (begin[SAFETENSORS_BRACE_AT] === BRACE) return null;
    if (isZero(begin) || isZero(close)) return 'zeros';
    if (!isLike(begin, ZIP_START)) return 'not-there';
    return isLike(close, ZIP_END) ? null : 'not-closed';
  });
}

/**
 * Whether a file that `.metadata` names is there and does not end as torch wrote it, of
 * as many as are opened.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function hasDcpEndDamage(dcp: DcpFacts): Promise<boolean> {
  const read = await dcp.metadata();
  if (!read?.ok) return false;
  let opened = 0;
  for (const [name, extent] of read.value.files) {
    const file = dcp.fileNamed(name);
    if (file === null || (opened += 1) > RANK_FILES_MAX) continue;
    if ((await findDcpEndDamage(file, extent)) !== null) return true;
  }
  return false;
}

/** As the writer made it, and long enough to be looked at. */
function isPlain({ isTransformed, length }: DcpPiece): boolean {
  return !isTransformed && length >= ZIP_END_BYTES;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function isLike(bytes: Uint8Array, wanted: readonly number[]): boolean {
  return wanted.every((byte, at) => bytes[at] === byte);
}
