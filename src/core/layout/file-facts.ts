import { JSON_MAX_BYTES, HEAD_BYTES } from '../bytes/limits.ts';
import { SourceError } from '../bytes/reader.ts';
import type { ByteReader, Entry, Source } from '../bytes/reader.ts';
import { parseJson } from '../formats/json/parse.ts';
import type { JsonDefect, JsonNode } from '../formats/json/types.ts';
import { defective } from '../formats/parsed.ts';
import type { Defect, Parsed } from '../formats/parsed.ts';
import { recognise } from '../formats/recognise.ts';
import type { Content } from '../formats/recognise.ts';
import {
  readSafetensors,
  readTensorNames,
} from '../formats/safetensors/read.ts';
import type { HeaderRecall } from '../formats/safetensors/recall.ts';
import type {
  SafetensorsDefect,
  SafetensorsHeader,
} from '../formats/safetensors/types.ts';
import { readTorchZip } from '../formats/torch-zip.ts';
import type { TorchZip, TorchZipDefect } from '../formats/torch-zip.ts';
import { memoise } from './memoise.ts';
import { nameOf, showPath } from './tree.ts';

/** A document that is larger than this tool reads. */
export interface TooLarge extends Defect<'too-large'> {
  readonly sizeBytes: number;
  readonly maxBytes: number;
}

/**
 * One file and what its bytes say, each read at most once and only when asked
 * for. Every fact rejects with a SourceError when the bytes cannot be had.
 */
export interface FileFacts {
  /** As the report names it. */
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** What the file is by its first bytes, whatever its name. */
  content(): Promise<Content>;
  safetensors(): Promise<Parsed<SafetensorsHeader, SafetensorsDefect>>;
  /**
   * Names of the tensors that a safetensors header declares, also where the loader
   * refuses what it says of them; `null` where it cannot be decoded.
   */
  tensorNames(): Promise<readonly string[] | null>;
  torchZip(): Promise<Parsed<TorchZip, TorchZipDefect>>;
  /** The whole file as JSON the way Python reads it; at most JSON_MAX_BYTES. */
  json(): Promise<Parsed<JsonNode, JsonDefect | TooLarge>>;
  /** The first bytes as text, at most HEAD_BYTES of them. */
  headText(): Promise<string>;
}

/** Facts of a listed entry; opening waits until a fact is asked for. */
export function fileFacts(
  source: Source,
  entry: Entry,
  recall: HeaderRecall,
): FileFacts {
  const withReader = async <T>(use: (reader: ByteReader) => Promise<T>) => {
    if (entry.kind !== 'file')
      throw new SourceError(
        entry.kind === 'symlink' ? 'LINK' : 'NOT_A_FILE',
        entry.reason ?? 'it is not a file',
      );
    const reader = await source.open(entry.path);
    try {
      return await use(reader);
    } finally {
      await reader.close();
    }
  };
  const head = memoise(() => withReader((reader) => readHead(reader)));
  return {
    path: showPath(source.label, entry.path),
    name: nameOf(entry.path === '' ? source.label : entry.path),
    sizeBytes: entry.sizeBytes,
    content: memoise(async () => {
      const bytes = await head();
      return withReader((reader) => recognise(bytes, reader));
    }),
    safetensors: memoise(async () => {
      const bytes = await head();
      return withReader((reader) => readSafetensors(reader, bytes, recall));
    }),
    tensorNames: memoise(async () => {
      const bytes = await head();
      return withReader((reader) => readTensorNames(reader, bytes));
    }),
    torchZip: memoise(() => withReader(readTorchZip)),
    json: memoise(() => withReader(readJson)),
    headText: async () => new TextDecoder().decode(await head()),
  };
}

async function readHead(reader: ByteReader): Promise<Uint8Array> {
  return reader.read(0, Math.min(HEAD_BYTES, reader.size));
}

async function readJson(
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
