import { JSON_MAX_BYTES, PICKLE_MAX_BYTES } from '../bytes/limits.ts';

import type { ByteReader, Entry, Source, SweepFile } from '../bytes/reader.ts';
import type { JsonDefect, JsonNode } from '../formats/json/types.ts';
import type { Parsed } from '../formats/parsed.ts';
import { recognise } from '../formats/recognise.ts';
import type { Content } from '../formats/recognise.ts';
import {
  readSafetensors,
  readTensorNames,
} from '../formats/safetensors/read.ts';
import type {
  SafetensorsDefect,
  SafetensorsHeader,
} from '../formats/safetensors/types.ts';
import { readTorchLegacy } from '../formats/torch-legacy.ts';
import { crc32 } from '../formats/crc32.ts';
import type { TorchSums } from '../formats/torch-sums.ts';
import { salvageTorchZip } from '../formats/torch-salvage.ts';
import type { TorchSalvage } from '../formats/torch-salvage.ts';
import { readTorchState } from '../formats/torch-state.ts';
import type { TorchState, TorchStateDefect } from '../formats/torch-state.ts';
import { readTorchZip } from '../formats/torch-zip.ts';
import type { TorchZip, TorchZipDefect } from '../formats/torch-zip.ts';
import type { FileValues } from '../values/read-values.ts';
import { headerFacts } from './header-facts.ts';
import type { Shared } from './header-facts.ts';
import { memoise } from './memoise.ts';
import type { Memo } from './memoise.ts';
import { headFacts, withReader } from './open-file.ts';
import { readJson } from './read-json.ts';
import type { TooLarge } from './read-json.ts';
import { nameOf, showPath } from './tree.ts';
import { valueFacts } from './value-facts.ts';
import { readWeightIndex } from './weight-index.ts';
import type { WeightIndex, WeightIndexDefect } from './weight-index.ts';

/**
 * One file and what its bytes say, each read only when asked for, and kept until
 * it is let go. Every fact rejects with a SourceError when the bytes cannot be had.
 */
export interface FileFacts {
  /** As the report names it. */
  readonly path: string;
  readonly name: string;
  /** Below the root of its source. */
  readonly entryPath: string;
  readonly sizeBytes: number;
  /** What the directory of an archive states for its content; else `null`. */
  readonly crc32: number | null;
  /** What the file is by its first bytes, whatever its name. */
  content(): Promise<Content>;
  /** Let go of where those of other files need the room, and then read again. */
  safetensors(): Promise<Parsed<SafetensorsHeader, SafetensorsDefect>>;
  /** How many tensors its header holds, which is kept when the header is not. */
  tensorCount(): Promise<Parsed<number, SafetensorsDefect>>;
  /**
   * Names of the tensors that a safetensors header declares, also where the loader
   * refuses what it says of them; `null` where it cannot be decoded. Not kept.
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
  /**
   * What the numbers of its tensors show, all bytes of which are read; `null` where
   * it cannot be told which tensors there are.
   */
  values(): Promise<FileValues | null>;
  /**
   * Takes the file's bytes as a pass over its archive comes to them, so that `values`
   * and `torchSums` need not read them; `null` where they will read them themselves.
   */
  sweeper(): Promise<SweepFile | null>;
  /** Opens the file for `use` alone: what is read so is not kept. */
  read<T>(use: (reader: ByteReader) => Promise<T>): Promise<T>;
  /**
   * The whole file as JSON the way Python reads it; at most JSON_MAX_BYTES. Let go of
   * where others need the room, and then read again.
   */
  json(): Promise<Parsed<JsonNode, JsonDefect | TooLarge>>;
  /** What it says as an index of shards, kept as `json` is. */
  weightIndex(): Promise<Parsed<WeightIndex, WeightIndexDefect>>;
  /** The first bytes as text, at most HEAD_BYTES of them. */
  headText(): Promise<string>;
  /** Lets go of all that was read: asked for again, it is read again. */
  forget(): void;
}

/** Facts of a listed entry; opening waits until a fact is asked for. */
export function fileFacts(
  source: Source,
  entry: Entry,
  shared: Shared,
): FileFacts {
  return new ListedFile(source, entry, shared);
}

/**
 * A class, so that a file of which nothing is asked costs no more than its name:
 * a run may have a hundred thousand of them.
 */
class ListedFile implements FileFacts {
  readonly #source: Source;
  readonly #entry: Entry;
  readonly #shared: Shared;
  #facts: Facts | null = null;

  constructor(source: Source, entry: Entry, shared: Shared) {
    this.#source = source;
    this.#entry = entry;
    this.#shared = shared;
  }

  get path() {
    return showPath(this.#source, this.#entry.path);
  }

  get name() {
    return nameOf(this.#entry.path || this.#source.label);
  }

  get entryPath() {
    return this.#entry.path;
  }

  get sizeBytes() {
    return this.#entry.sizeBytes;
  }

  get crc32() {
    return this.#entry.crc32 ?? null;
  }

  content() {
    return this.#read().content();
  }

  safetensors() {
    return this.#read().safetensors();
  }

  tensorCount() {
    return this.#read().tensorCount();
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

  torchSums() {
    return this.#read().torchSums();
  }

  torchSalvage() {
    return withReader(this.#source, this.#entry, salvageTorchZip);
  }

  values() {
    return this.#read().values();
  }

  sweeper() {
    return this.#read().sweeper();
  }

  read<T>(use: (reader: ByteReader) => Promise<T>) {
    return withReader(this.#source, this.#entry, use);
  }

  json() {
    return this.#read().json();
  }

  weightIndex() {
    return this.#read().weightIndex();
  }

  headText() {
    return this.#read().headText();
  }

  forget() {
    this.#facts?.forget();
    this.#facts = null;
  }

  #read(): Facts {
    return (this.#facts ??= factsOf(this.#source, this.#entry, this.#shared));
  }
}

type Facts = Pick<
  FileFacts,
  | 'content'
  | 'safetensors'
  | 'tensorCount'
  | 'tensorNames'
  | 'torchZip'
  | 'torchState'
  | 'torchSums'
  | 'values'
  | 'sweeper'
  | 'json'
  | 'weightIndex'
  | 'headText'
  | 'forget'
>;

function factsOf(source: Source, entry: Entry, shared: Shared): Facts {
  const { head, withHead } = headFacts(source, entry);
  const content = memoise(() =>
    withHead((reader, bytes) => recognise(bytes, reader)),
  );
  const header = headerFacts(shared, (recall) =>
    withHead((reader, bytes) => readSafetensors(reader, bytes, recall)),
  );
  const torchZip = memoise(() => withReader(source, entry, readTorchZip));
  const torchState = shared.shelf(async (takes) => {
    const { kind } = await content();
    if (kind === 'torch-legacy') {
      takes(Math.min(entry.sizeBytes, PICKLE_MAX_BYTES));
      return withReader(source, entry, readTorchLegacy);
    }
    const zip = kind === 'zip' ? await torchZip() : null;
    if (!zip?.ok) return null;
    takes(zip.value.pickle.sizeBytes);
    return withReader(source, entry, (reader) =>
      readTorchState(reader, zip.value),
    );
  });
  const document = <T>(read: (reader: ByteReader) => Promise<T>): Memo<T> =>
    shared.documents((takes) => {
      takes(Math.min(entry.sizeBytes, JSON_MAX_BYTES));
      return withReader(source, entry, read);
    });
  const json = document(readJson);
  const weightIndex = document(readWeightIndex);
  const known = {
    content,
    safetensors: header.safetensors,
    torchZip,
    torchState,
  };
  return {
    ...known,
    ...valueFacts(known, {
      sizeBytes: entry.sizeBytes,
      crc32: source.crc32 ?? crc32,
      read: withHead,
    }),
    tensorCount: header.tensorCount,
    tensorNames: () => withHead(readTensorNames),
    json,
    weightIndex,
    headText: async () => new TextDecoder().decode((await head()).bytes),
    forget: () => {
      header.forget();
      torchState.forget();
      json.forget();
      weightIndex.forget();
    },
  };
}
