import { defective, parsed } from './parsed.ts';
import type { Defect, Parsed } from './parsed.ts';
import type { PicklePersistent, PickleValue } from './pickle/values.ts';
import { fullNameOf, storageElement } from './torch-globals.ts';

/** A storage, or a part of one, that tensors are views of. */
export interface Storage {
  readonly key: string;
  /** `null` where it has no type of its own; torch takes it for bytes. */
  readonly dtype: string | null;
  readonly elementBytes: number;
  /** In the legacy format a tensor that needs more makes it grow. */
  sizeBytes: bigint;
  /** Where it begins in the storage of its key. */
  readonly startBytes: bigint;
}

/** Why a storage cannot be had. */
export type StorageDefect =
  | (Defect<'storage-missing'> & { readonly key: string })
  | (Defect<'storage-size'> & {
      readonly key: string;
      readonly expectedBytes: string;
      readonly foundBytes: number;
    })
  /** The legacy reader of 2.13 knows no storage without a type. */
  | (Defect<'storage-untyped'> & { readonly key: string });

/** Bytes of the record of a storage, by its key; `null` where there is none. */
export type StorageBytes = (key: string, claimedBytes: number) => number | null;

/** A storage; a text where it is not known whether torch makes it. */
export type JudgedStorage = Parsed<Storage | string, StorageDefect>;

/** Judges the ids of storages of one file, in the order in which they come. */
export type StorageJudge = (id: PicklePersistent) => JudgedStorage;

/** Fields of an id behind its first, which says `storage`. */
interface StorageId {
  readonly global: string;
  readonly key: string;
  readonly dtype: string | null;
  readonly elementBytes: number;
  readonly sizeBytes: bigint;
  readonly more: readonly PickleValue[];
}

const UNUSUAL = parsed('a storage of a kind that is not known here');

/**
 * `('storage', class, key, location, number of elements, …)`; loaders that say
 * where tensors go do not look at the location.
 */
function readId({ id }: PicklePersistent): StorageId | null {
  const [, type, key, location, count, ...more] =
    id.kind === 'tuple' ? id.items : [];
  const element = type?.kind === 'global' ? storageElement(type) : null;
  const isUsual =
    type?.kind === 'global' &&
    element !== null &&
    key?.kind === 'text' &&
    location?.kind === 'text' &&
    count?.kind === 'int' &&
    count.value >= 0n;
  if (!isUsual) return null;
  const { dtype, bytes: elementBytes } = element;
  const sizeBytes = count.value * BigInt(elementBytes);
  return {
    global: fullNameOf(type),
    key: key.value,
    dtype,
    elementBytes,
    sizeBytes,
    more,
  };
}

/** Of a zip: each in a record `data/<key>` (torch/serialization.py, `_load`). */
export function zipStorages(storageBytes: StorageBytes): StorageJudge {
  const loaded = new Map<string, Storage>();
  return (one) => {
    const id = readId(one);
    if (id === null) return UNUSUAL;
    const { key, dtype, elementBytes, sizeBytes } = id;
    // Of a storage that was loaded once, a second id only says the key.
    const before = loaded.get(key);
    if (before !== undefined) return parsed(before);
    const foundBytes = storageBytes(key, Number(sizeBytes));
    if (foundBytes === null) return defective({ code: 'storage-missing', key });
    if (sizeBytes !== BigInt(foundBytes))
      return defective({
        code: 'storage-size',
        key,
        expectedBytes: String(sizeBytes),
        foundBytes,
      });
    const storage = { key, dtype, elementBytes, sizeBytes, startBytes: 0n };
    // torch keeps those alone that have an address.
    if (foundBytes > 0) loaded.set(key, storage);
    return parsed(storage);
  };
}

/** Of a file whose records are not known: with the bytes that the ids claim. */
export function claimedStorages(): {
  readonly judge: StorageJudge;
  /** Bytes of each by its key. */
  readonly sizes: ReadonlyMap<string, number>;
} {
  const sizes = new Map<string, number>();
  const judge = zipStorages((key, claimedBytes) => {
    sizes.set(key, claimedBytes);
    return claimedBytes;
  });
  return { judge, sizes };
}

/**
 * Of the legacy format: all behind the pickles, each with its length
 * (torch/serialization.py, `_legacy_load`). `roots` are those that the file has to
 * hold, by key; `views` the keys of parts of them.
 */
export function legacyStorages(): {
  readonly judge: StorageJudge;
  readonly roots: ReadonlyMap<string, Storage>;
  readonly views: ReadonlyMap<string, Storage>;
} {
  const roots = new Map<string, Storage>();
  const views = new Map<string, Storage>();
  const judge: StorageJudge = (one) => {
    const id = readId(one);
    if (id === null) return UNUSUAL;
    const { key, dtype, elementBytes } = id;
    if (id.global === 'torch.storage.UntypedStorage')
      return defective({ code: 'storage-untyped', key });
    // Both lie under their keys in one place.
    if (views.has(key)) return UNUSUAL;
    const before = roots.get(key);
    const isLost = before?.sizeBytes === 0n;
    const sizeBytes = isLost ? 0n : id.sizeBytes;
    const made = { key, dtype, elementBytes, sizeBytes, startBytes: 0n };
    if (before === undefined) roots.set(key, made);
    const storage = before === undefined || isLost ? made : before;
    const [view] = id.more;
    if (view === undefined || view.kind === 'none') return parsed(storage);
    const part = readView(view, storage, id);
    if (part === null || roots.has(part.viewKey)) return UNUSUAL;
    const known = views.get(part.viewKey);
    if (known === undefined) views.set(part.viewKey, part.storage);
    return parsed(known ?? part.storage);
  };
  return { judge, roots, views };
}

/** `(key, offset, size)` in elements of the class that the id names. */
function readView(
  view: PickleValue,
  whole: Storage,
  { dtype, elementBytes }: StorageId,
): { readonly viewKey: string; readonly storage: Storage } | null {
  if (view.kind !== 'tuple' || view.items.length !== 3) return null;
  const [key, offset, size] = view.items;
  if (
    key?.kind !== 'text' ||
    offset?.kind !== 'int' ||
    size?.kind !== 'int' ||
    offset.value < 0n ||
    size.value < 0n
  )
    return null;
  const startBytes = offset.value * BigInt(elementBytes);
  const sizeBytes = size.value * BigInt(elementBytes);
  if (startBytes + sizeBytes > whole.sizeBytes) return null;
  return {
    viewKey: key.value,
    storage: { key: whole.key, dtype, elementBytes, sizeBytes, startBytes },
  };
}
