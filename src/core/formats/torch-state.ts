import {
  PICKLE_LIMITS,
  PICKLE_MAX_BYTES,
  SAFETENSORS_MAX_ENTRIES,
} from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed } from './parsed.ts';
import type { Defect, Parsed } from './parsed.ts';
import { unpickle } from './pickle/machine.ts';
import type { PickleDefect, Unpickled } from './pickle/machine.ts';
import { describeRoot } from './torch-entries.ts';
import type { RootEntries } from './torch-entries.ts';
import { weightsOnlyProfile } from './torch-profile.ts';
import type { StorageIdFields, TorchRefusal } from './torch-profile.ts';
import { zipStorages } from './torch-storages.ts';
import type { StorageBytes } from './torch-storages.ts';
import { judgeMade } from './torch-tensors.ts';
import type { Judged, TensorDefect } from './torch-tensors.ts';
import { findTorchRecord } from './torch-zip.ts';
import type { TorchZip } from './torch-zip.ts';
import { readStored } from './zip/stored.ts';

/** What the pickle of a torch file describes. */
export interface TorchState extends RootEntries {
  /** Why it is not told whether torch would put it together; `null` when it would. */
  readonly unknown: string | null;
  /** Bytes behind what torch reads: of the pickle, or of a legacy file. */
  readonly trailingBytes: number;
  /** In the legacy format: where the values of each storage stand in the file. */
  readonly storagesAt: ReadonlyMap<string, StorageExtent> | null;
}

/** Bytes of a file that are the values of a storage. */
export interface StorageExtent {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Why `torch.load(weights_only=True)` refuses a pickle. */
export type TorchPickleDefect =
  | (Defect<'refused'> & { readonly refusal: TorchRefusal })
  | Exclude<PickleDefect, Defect<'pickle-left'>>
  | TensorDefect;

/** Why `torch.load(weights_only=True)` refuses a torch file that is one. */
export type TorchStateDefect =
  | TorchPickleDefect
  /** Legacy: the number behind the magic one; `null` for what is no number. */
  | (Defect<'legacy-protocol'> & { readonly found: string | null })
  /** Legacy: values for a storage that no tensor has. */
  | (Defect<'legacy-key'> & { readonly key: string })
  /** Legacy: before the values stands another number of elements. */
  | (Defect<'legacy-count'> & {
      readonly key: string;
      readonly expectedBytes: string;
      readonly found: string;
    })
  /** Legacy: the file ends among the values. */
  | (Defect<'legacy-cut'> & {
      readonly key: string;
      readonly storages: number;
      /** Before this one. */
      readonly complete: number;
      readonly expectedBytes: number;
      readonly fileBytes: number;
      /** As torch counts: of this storage. */
      readonly missingBytes: number;
    });

/** A pickle as `weights_only` takes it. */
export interface AllowedPickle extends Unpickled {
  readonly doubt: string | null;
}

/**
 * Works through one pickle by the rules of `weights_only`.
 *
 * @param more globals that the loader allows besides torch's own
 */
export function readAllowed(
  bytes: Uint8Array,
  idFields: StorageIdFields,
  more?: ReadonlySet<string>,
): Parsed<AllowedPickle, TorchPickleDefect> {
  const profile = weightsOnlyProfile(idFields, more);
  const read = unpickle(bytes, PICKLE_LIMITS, profile.watch);
  const refusal = profile.refusal();
  if (refusal !== null) return defective({ code: 'refused', refusal });
  if (read.ok) return parsed({ ...read.value, doubt: profile.doubt() });
  const { defect } = read;
  // Only a refusal ends it so.
  if (defect.code === 'pickle-left')
    return defective({ code: 'pickle-cut', at: defect.at });
  return defective(defect);
}

/**
 * Reads the pickle of a torch file as `torch.load(weights_only=True)` of 2.13 does:
 * what it refuses is a defect, what this reader does not know well enough to say is
 * `unknown`. Nothing that the pickle names is looked up or made.
 *
 * @param bytes the whole record `data.pkl`
 */
export function parseTorchState(
  bytes: Uint8Array,
  storageBytes: StorageBytes,
): Parsed<TorchState, TorchPickleDefect> {
  const read = readAllowed(bytes, 5);
  if (!read.ok) return read;
  const { made, endBytes } = read.value;
  const judged = judgeMade(made, zipStorages(storageBytes));
  if (!judged.ok) return judged;
  const trailingBytes = bytes.length - endBytes;
  return parsed(stateOf(read.value, judged.value, { trailingBytes }));
}

/** The state of a pickle all of whose calls were judged. */
export function stateOf(
  { value, doubt }: AllowedPickle,
  { tensors, unknown }: Judged,
  more: Partial<Pick<TorchState, 'trailingBytes' | 'storagesAt'>>,
): TorchState {
  const why = doubt ?? unknown ?? excessOf(tensors.size);
  if (why !== null) return unknownState(why);
  const root = describeRoot(value, tensors);
  return {
    ...root,
    unknown: null,
    trailingBytes: 0,
    storagesAt: null,
    ...more,
  };
}

/** As of a safetensors header. One call with its arguments may stand for any number. */
function excessOf(tensors: number): string | null {
  return tensors > SAFETENSORS_MAX_ENTRIES
    ? 'it makes more tensors than are looked through'
    : null;
}

/** A state of which it is not known whether torch loads it. */
export function unknownState(unknown: string): TorchState {
  return {
    unknown,
    root: 'unknown',
    tensors: [],
    inner: [],
    others: [],
    oddKeys: 0,
    trailingBytes: 0,
    storagesAt: null,
  };
}

/**
 * The state of a torch zip whose directory was read.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readTorchState(
  reader: ByteReader,
  zip: TorchZip,
): Promise<Parsed<TorchState, TorchPickleDefect>> {
  const bytes = await readPickle(reader, zip);
  return typeof bytes === 'string'
    ? parsed(unknownState(bytes))
    : parseTorchState(bytes, storageBytesOf(zip));
}

/**
 * The pickle of a torch zip; a text where this tool does not get at it.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readPickle(
  reader: ByteReader,
  zip: TorchZip,
): Promise<Uint8Array | string> {
  if (zip.isTorchScript) return 'it is a TorchScript archive';
  if (zip.unreadableStorages.length > 0)
    return 'some of its storages are encrypted or packed in a rare way';
  if (zip.pickle.method !== 0) return 'its pickle is compressed';
  if (zip.pickle.sizeBytes > PICKLE_MAX_BYTES)
    return 'its pickle is larger than is read';
  const bytes = await readStored(reader, zip.pickle, PICKLE_MAX_BYTES);
  return bytes.ok
    ? bytes.value
    : 'its pickle could not be found in the archive';
}

/** Bytes of the records that the directory of a torch zip lists. */
export function storageBytesOf(zip: TorchZip): StorageBytes {
  return (key) => findTorchRecord(zip, `data/${key}`)?.sizeBytes ?? null;
}
