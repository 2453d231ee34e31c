import {
  HEAD_BYTES,
  SAFETENSORS_HEADER_MAX_BYTES,
  SAFETENSORS_HEADER_READ_MAX_BYTES,
} from '../../bytes/limits.ts';
import type { ByteReader } from '../../bytes/reader.ts';
import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { parseHeader } from './header.ts';
import type { HeaderRecall } from './recall.ts';
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
 * @param recall knows headers that were decoded before
 * @throws SourceError when the bytes cannot be had
 */
export async function readSafetensors(
  reader: ByteReader,
  head?: Uint8Array,
  recall: HeaderRecall = (_text, _fileBytes, decode) => decode(),
): Promise<Parsed<SafetensorsHeader, SafetensorsDefect>> {
  const first =
    head ?? (await reader.read(0, Math.min(HEAD_BYTES, reader.size)));
  const text = await readText(reader, first);
  if (!text.ok) return text;
  return recall(text.value, reader.size, () => {
    const header = parseHeader(text.value);
    return header.ok
      ? validateLayout(header.value, text.value.length, reader.size)
      : header;
  });
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
  const text = await readText(reader, head);
  const header = text.ok ? parseHeader(text.value) : text;
  return header.ok ? header.value.tensors.map(({ name }) => name) : null;
}

/**
 * The JSON of the header: of a longer one all of it in one read, since to read the
 * rest alone and join the two costs more than 8 KiB twice.
 */
async function readText(
  reader: ByteReader,
  first: Uint8Array,
): Promise<Parsed<Uint8Array, SafetensorsDefect>> {
  const length = readLength(first, reader.size);
  if (!length.ok) return length;
  const end = LENGTH_BYTES + length.value;
  return parsed(
    end <= first.length
      ? first.subarray(LENGTH_BYTES, end)
      : await reader.read(LENGTH_BYTES, length.value),
  );
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
