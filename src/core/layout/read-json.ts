import { JSON_MAX_BYTES } from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { parseJson } from '../formats/json/parse.ts';
import type { JsonDefect, JsonNode } from '../formats/json/types.ts';
import { defective } from '../formats/parsed.ts';
import type { Defect, Parsed } from '../formats/parsed.ts';

/** A document that is larger than this tool reads. */
export interface TooLarge extends Defect<'too-large'> {
  readonly sizeBytes: number;
  readonly maxBytes: number;
}

/**
 * A whole file as JSON the way Python reads it.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readJson(
  reader: ByteReader,
): Promise<Parsed<JsonNode, JsonDefect | TooLarge>> {
  if (reader.size > JSON_MAX_BYTES)
    return defective({
      code: 'too-large',
      sizeBytes: reader.size,
      maxBytes: JSON_MAX_BYTES,
    });
  const bytes = await reader.read(0, reader.size);
  return parseJson(bytes, 'python');
}
