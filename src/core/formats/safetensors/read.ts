import {
  HEAD_BYTES,
  SAFETENSORS_HEADER_MAX_BYTES,
  SAFETENSORS_HEADER_READ_MAX_BYTES,
} from '../../bytes/limits.ts';
import type { ByteReader } from '../../bytes/reader.ts';
import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { parseHeader } from './header.ts';
import type { DeclaredHeader } from './header.ts';
import type { SafetensorsDefect, SafetensorsHeader } from './types.ts';
import { validateLayout } from './validate.ts';

/** Bytes of the header's length: an unsigned 64-bit integer, little-endian. */
const LENGTH_BYTES = 8;

/**
 * Reads the header of a safetensors file and holds it against the file's size:
 * all ten rules of the loader, in its order. Reads the header and, where it is
 * shorter than that, up to HEAD_BYTES; never the tensors.
 *
 * @param head the first bytes, when they were read already
 * @throws SourceError when the bytes cannot be had
 */
export async function readSafetensors(
  reader: ByteReader,
  head?: Uint8Array,
): Promise<Parsed<SafetensorsHeader, SafetensorsDefect>> {
  const first =
    head ?? (await reader.read(0, Math.min(HEAD_BYTES, reader.size)));
  const header = await readDeclared(reader, first);
  if (!header.ok) return header;
  const { declared, headerBytes } = header.value;
  return validateLayout(declared, headerBytes, reader.size);
}

/**
 * The names of the tensors that a header declares, whether or not the file keeps
 * to it: what a cut file was to hold.
 *
 * @returns `null` when the header cannot be decoded
 * @throws SourceError when the bytes cannot be had
 */
export async function readTensorNames(
  reader: ByteReader,
  head: Uint8Array,
): Promise<readonly string[] | null> {
  const header = await readDeclared(reader, head);
  return header.ok
    ? header.value.declared.tensors.map(({ name }) => name)
    : null;
}

async function readDeclared(
  reader: ByteReader,
  first: Uint8Array,
): Promise<
  Parsed<
    { readonly declared: DeclaredHeader; readonly headerBytes: number },
    SafetensorsDefect
  >
> {
  const length = readLength(first, reader.size);
  if (!length.ok) return length;
  const end = LENGTH_BYTES + length.value;
  const text =
    end <= first.length
      ? first.subarray(LENGTH_BYTES, end)
      : await readRest(reader, first, end);
  const header = parseHeader(text);
  return header.ok
    ? parsed({ declared: header.value, headerBytes: length.value })
    : header;
}

async function readRest(
  reader: ByteReader,
  first: Uint8Array,
  end: number,
): Promise<Uint8Array> {
  const rest = await reader.read(first.length, end - first.length);
  const text = new Uint8Array(end - LENGTH_BYTES);
  text.set(first.subarray(LENGTH_BYTES));
  text.set(rest, first.length - LENGTH_BYTES);
  return text;
}

function readLength(
  first: Uint8Array,
  sizeBytes: number,
): Parsed<number, SafetensorsDefect> {
  if (sizeBytes < LENGTH_BYTES)
    return defective({ code: 'header-too-small', sizeBytes });
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(SAFETENSORS_HEADER_MAX_BYTES))
    return defective({ code: 'header-too-large', headerBytes: String(length) });
  const headerBytes = Number(length);
  if (LENGTH_BYTES + headerBytes > sizeBytes)
    return defective({ code: 'header-beyond-file', headerBytes, sizeBytes });
  if (headerBytes > SAFETENSORS_HEADER_READ_MAX_BYTES)
    return defective({ code: 'not-read', headerBytes });
  return parsed(headerBytes);
}
