import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed, type Defect, type Parsed } from './parsed.ts';
import {
  checkAlignment,
  findUnsupported,
  openPickle,
  openRecord,
  readByteOrder,
  readVersion,
  type TorchRecordDefect,
  type TorchRecords,
} from './torch-records.ts';
import { readZipDirectory } from './zip/directory.ts';
import { findZipKind, type ZipKind } from './zip/kind.ts';
import { findMinizSearchStart, foldName, indexByName } from './zip/miniz.ts';
import type { ZipDefect, ZipDirectory, ZipEntry } from './zip/types.ts';

/** What the directory and the small records of a torch zip say. */
export interface TorchZip {
  readonly directory: ZipDirectory;
  /** The one folder that everything lies in; mostly `archive` or the file's stem. */
  readonly root: string;
  /** By folded name without the root; see {@link findTorchRecord}. */
  readonly records: TorchRecords;
  readonly pickle: ZipEntry;
  /** Records `data/<key>`. */
  readonly storages: {
    readonly count: number;
    /** Uncompressed. */
    readonly bytes: number;
  };
  /**
   * Storages with an encryption or method that torch refuses when it comes to
   * them: whether it does, only the pickle tells.
   */
  readonly unreadableStorages: readonly string[];
  /** `null` where it is compressed, and so not read. */
  readonly version: number | null;
  /** `null` where it is compressed; `little` where the archive does not say. */
  readonly byteOrder: 'little' | 'big' | null;
  /**
   * There is a `constants.pkl`: for `torch.jit.load`. `torch.load` refuses it by
   * default; see {@link TORCHSCRIPT_LOADER_ERROR}.
   */
  readonly isTorchScript: boolean;
  /** Every checksum is 0: written with `set_crc32_options(False)`. */
  readonly isCrcOff: boolean;
}

/** Why torch refuses an archive, as far as the directory and small records say. */
export type TorchZipDefect =
  | ZipDefect
  /** `isAtStart`: the file begins with the end record, so torch sees no zip. */
  | (Defect<'no-entries'> & { readonly isAtStart: boolean })
  | (Defect<'not-in-folder'> & {
      readonly name: string;
      readonly kind: ZipKind;
    })
  | (Defect<'second-root'> & {
      readonly root: string;
      readonly name: string;
      readonly kind: ZipKind;
    })
  /** Python cannot decode it. */
  | (Defect<'name-not-utf8'> & { readonly name: string })
  | TorchRecordDefect;

/**
 * Opens a torch zip as `torch.load` 2.13 does up to the pickle, and rejects what
 * it rejects until then (pytorch: caffe2/serialize/inline_container.cc `init`,
 * torch/serialization.py `_load`). Reads the directory and the first bytes of at
 * most three small records. The file has to begin with a local header; see
 * `recognise`.
 *
 * @throws SourceError when the bytes cannot be had.
 */
export async function readTorchZip(
  reader: ByteReader,
): Promise<Parsed<TorchZip, TorchZipDefect>> {
  const options = { searchStart: findMinizSearchStart };
  const directory = await readZipDirectory(reader, options);
  if (!directory.ok) return directory;
  const { entries } = directory.value;
  const root = findRoot(directory.value);
  if (!root.ok) return root;
  const records = findRecords(entries, root.value);
  const contents = await readContents(reader, entries, root.value, records);
  if (!contents.ok) return contents;
  const storages = [...records].filter(([name]) => isStorage(name));
  return parsed({
    directory: directory.value,
    root: root.value,
    records,
    ...contents.value,
    storages: {
      count: storages.length,
      bytes: storages.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0),
    },
    unreadableStorages: storages
      .filter(([, entry]) => findUnsupported(entry) !== null)
      .map(([name]) => name),
    isTorchScript: isTorchScript(entries, root.value),
    isCrcOff: entries.every(({ crc32 }) => crc32 === 0),
  });
}

/** A record of the archive by torch's name for it, e.g. `data/0`. */
export function findTorchRecord(
  zip: TorchZip,
  name: string,
): ZipEntry | undefined {
  return zip.records.get(foldName(name));
}

/** The folder of the first entry: torch looks for everything in it. */
function findRoot({
  entries,
  endRecordOffset,
}: ZipDirectory): Parsed<string, TorchZipDefect> {
  const [first] = entries;
  if (!first)
    return defective({ code: 'no-entries', isAtStart: endRecordOffset === 0 });
  const { name } = first;
  const slash = name.indexOf('/');
  return slash === -1
    ? defective({ code: 'not-in-folder', name, kind: findZipKind(entries) })
    : parsed(name.slice(0, slash));
}

function findRecords(entries: readonly ZipEntry[], root: string): TorchRecords {
  const prefix = foldName(`${root}/`);
  const records = new Map<string, ZipEntry>();
  for (const [name, entry] of indexByName(entries))
    if (name.startsWith(prefix)) records.set(name.slice(prefix.length), entry);
  return records;
}

/** A byte that is not UTF-8; see {@link ZipEntry.name}. */
const HIGH_BYTE = /\p{Cs}/u;

/** In the order in which torch reads, so that the defect is the one it names. */
async function readContents(
  reader: ByteReader,
  entries: readonly ZipEntry[],
  root: string,
  records: TorchRecords,
): Promise<
  Parsed<Pick<TorchZip, 'version' | 'byteOrder' | 'pickle'>, TorchZipDefect>
> {
  const kind = findZipKind(entries);
  const id = openRecord(records, '.data/serialization_id');
  if (!id.ok) return id;
  const version = await readVersion(reader, records, kind);
  if (!version.ok) return version;
  // Here the case of letters counts, and of a repeated name every entry.
  const stray = entries.find(({ name }) => !name.startsWith(`${root}/`));
  if (stray)
    return defective({ code: 'second-root', root, name: stray.name, kind });
  const undecodable = entries.find(({ name }) => HIGH_BYTE.test(name));
  if (undecodable)
    return defective({ code: 'name-not-utf8', name: undecodable.name });
  const format = openRecord(records, '.format_version');
  if (!format.ok) return format;
  const byteOrder = await readByteOrder(reader, records);
  if (!byteOrder.ok) return byteOrder;
  const alignment = await checkAlignment(reader, records);
  if (!alignment.ok) return alignment;
  const pickle = openPickle(records, kind);
  if (!pickle.ok) return pickle;
  return parsed({
    version: version.value,
    byteOrder: byteOrder.value,
    pickle: pickle.value,
  });
}

function isStorage(name: string): boolean {
  return /^data\/[^/]/.test(name);
}

function isTorchScript(entries: readonly ZipEntry[], root: string): boolean {
  return entries.some(({ name }) => name === `${root}/constants.pkl`);
}
