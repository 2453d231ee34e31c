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
import { readTorchLegacy } from '../formats/torch-legacy.ts';
import { crc32 } from '../formats/crc32.ts';
import { checkTorchSums } from '../formats/torch-sums.ts';
import type { TorchSums } from '../formats/torch-sums.ts';
import { salvageTorchZip } from '../formats/torch-salvage.ts';
import type { TorchSalvage } from '../formats/torch-salvage.ts';
import { readTorchState } from '../formats/torch-state.ts';
import type { TorchState, TorchStateDefect } from '../formats/torch-state.ts';
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
 * One file and what its bytes say, each read only when asked for, and kept until
 * it is let go. Every fact rejects with a SourceError when the bytes cannot be had.
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
  /** What a torch file, zip or legacy, describes; `null` for any other content. */
  torchState(): Promise<Parsed<TorchState, TorchStateDefect> | null>;
  /**
   * What the checksums of a torch zip say, for which all of it is read; `null` for any
   * other content.
   */
  torchSums(): Promise<TorchSums | null>;
  /** What is left of a torch zip without its directory; `null` for nothing. */
  torchSalvage(): Promise<TorchSalvage | null>;
  /** The whole file as JSON the way Python reads it; at most JSON_MAX_BYTES. */
  json(): Promise<Parsed<JsonNode, JsonDefect | TooLarge>>;
  /** The first bytes as text, at most HEAD_BYTES of them. */
  headText(): Promise<string>;
  /** Lets go of all that was read: asked for again, it is read again. */
  forget(): void;
}

/** Facts of a listed entry; opening waits until a fact is asked for. */
export function fileFacts(
  source: Source,
  entry: Entry,
  recall: HeaderRecall,
): FileFacts {
  return new ListedFile(source, entry, recall);
}

/**
 * A class, so that a file of which nothing is asked costs no more than its name:
 * a run may have a hundred thousand of them.
 */
class ListedFile implements FileFacts {
  readonly #source: Source;
  readonly #entry: Entry;
  readonly #recall: HeaderRecall;
  #facts: Facts | null = null;

  constructor(source: Source, entry: Entry, recall: HeaderRecall) {
    this.#source = source;
    this.#entry = entry;
    this.#recall = recall;
  }

  get path() {
    return showPath(this.#source.label, this.#entry.path);
  }

  get name() {
    return nameOf(this.#entry.path || this.#source.label);
  }

  get sizeBytes() {
    return this.#entry.sizeBytes;
  }

  content() {
    return this.#read().content();
  }

  safetensors() {
    return this.#read().safetensors();
  }

  tensorNames() {
    return this.#read().tensorNames();
  }

  torchZip() {
    return this.#read().torchZip();
  }

  torchState() {
    return this.#read().torchState();
  }

  async torchSums() {
    const { kind } = await this.content();
    const zip = kind === 'zip' ? await this.torchZip() : null;
    if (!zip?.ok) return null;
    const codec = this.#source.crc32 ?? crc32;
    return withReader(this.#source, this.#entry, (reader) =>
      checkTorchSums(reader, zip.value, codec),
    );
  }

  torchSalvage() {
    return withReader(this.#source, this.#entry, salvageTorchZip);
  }

  json() {
    return this.#read().json();
  }

  headText() {
    return this.#read().headText();
  }

  forget() {
    this.#facts = null;
  }

  #read(): Facts {
    return (this.#facts ??= factsOf(this.#source, this.#entry, this.#recall));
  }
}

type Facts = Pick<
  FileFacts,
  | 'content'
  | 'safetensors'
  | 'tensorNames'
  | 'torchZip'
  | 'torchState'
  | 'json'
  | 'headText'
>;

function factsOf(source: Source, entry: Entry, recall: HeaderRecall): Facts {
  const head = memoise(() => withReader(source, entry, readHead));
  /** Opens the file again only where the head does not hold what is read. */
  const withHead = async <T>(
    use: (reader: ByteReader, head: Uint8Array) => Promise<T>,
  ) => {
    const first = await head();
    const reader = reopening(first, () => open(source, entry));
    try {
      return await use(reader, first.bytes);
    } finally {
      await reader.close();
    }
  };
  const content = memoise(() =>
    withHead((reader, bytes) => recognise(bytes, reader)),
  );
  const torchZip = memoise(() => withReader(source, entry, readTorchZip));
  return {
    content,
    safetensors: memoise(() =>
      withHead((reader, bytes) => readSafetensors(reader, bytes, recall)),
    ),
    tensorNames: memoise(() => withHead(readTensorNames)),
    torchZip,
    torchState: memoise(async () => {
      const { kind } = await content();
      if (kind === 'torch-legacy')
        return withReader(source, entry, readTorchLegacy);
      const zip = kind === 'zip' ? await torchZip() : null;
      if (!zip?.ok) return null;
      return withReader(source, entry, (reader) =>
        readTorchState(reader, zip.value),
      );
    }),
    json: memoise(() => withReader(source, entry, readJson)),
    headText: async () => new TextDecoder().decode((await head()).bytes),
  };
}

/** The first bytes of a file, and what was known of it when they were read. */
interface Head extends Pick<ByteReader, 'size' | 'access'> {
  readonly bytes: Uint8Array;
}

async function readHead(reader: ByteReader): Promise<Head> {
  const { size, access } = reader;
  const bytes = await reader.read(0, Math.min(HEAD_BYTES, size));
  return { size, access, bytes };
}

/**
 * A reader that opens the file when it is read. A file that has another size by
 * then is being written: what its two states say together is true of neither.
 */
function reopening(
  { size, access }: Head,
  reopen: () => Promise<ByteReader>,
): ByteReader {
  const opened = memoise(reopen);
  let isOpen = false;
  const reader = async () => {
    const again = await opened();
    isOpen = true;
    if (again.size === size) return again;
    throw new SourceError(
      'CHANGED',
      `the file changed while it was read, from ${size} to ${again.size} bytes`,
    );
  };
  return {
    size,
    access,
    read: async (start, length) => (await reader()).read(start, length),
    async *stream(start, end) {
      yield* (await reader()).stream(start, end);
    },
    close: async () => {
      if (isOpen) await (await opened()).close();
    },
  };
}

async function open(source: Source, entry: Entry): Promise<ByteReader> {
  if (entry.kind === 'file') return source.open(entry.path);
  throw new SourceError(
    entry.kind === 'symlink' ? 'LINK' : 'NOT_A_FILE',
    entry.reason ?? 'it is not a file',
  );
}

async function withReader<T>(
  source: Source,
  entry: Entry,
  use: (reader: ByteReader) => Promise<T>,
): Promise<T> {
  const reader = await open(source, entry);
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
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
