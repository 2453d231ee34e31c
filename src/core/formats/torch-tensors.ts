import { defective, parsed } from './parsed.ts';
import type { Defect, Parsed } from './parsed.ts';
import type {
  PickleCall,
  PicklePersistent,
  PickleValue,
} from './pickle/values.ts';
import { fullNameOf, storageElement } from './torch-globals.ts';

/** Bytes of the record of a storage, by its key; `null` where there is none. */
export type StorageBytes = (key: string) => number | null;

/** What is known of a tensor without its values. */
export interface TensorShape {
  /** As safetensors spells it; `null` where the storage has no type of its own. */
  readonly dtype: string | null;
  readonly shape: readonly number[];
  readonly storage: StorageView;
}

/** Where the numbers of a tensor lie: in elements of its storage. */
export interface StorageView {
  readonly key: string;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Why torch cannot put a tensor together. */
export type TensorDefect =
  | (Defect<'storage-missing'> & { readonly key: string })
  | (Defect<'storage-size'> & {
      readonly key: string;
      readonly expectedBytes: string;
      readonly foundBytes: number;
    })
  /** It reaches beyond its storage, or its sizes and strides are none. */
  | (Defect<'tensor-out-of-bounds'> & {
      readonly key: string;
      readonly shape: readonly string[];
    });

/** What the calls and ids of a pickle would make. */
export interface Judged {
  readonly tensors: ReadonlyMap<PickleCall, TensorShape>;
  /** The first thing that this reader does not know well enough; `null` for none. */
  readonly unknown: string | null;
}

interface Storage {
  readonly key: string;
  readonly dtype: string | null;
  readonly elements: bigint;
}

interface Judging {
  readonly storageBytes: StorageBytes;
  readonly storages: Map<PicklePersistent, Storage>;
  /** By key: what the first id that named it said. */
  readonly loaded: Map<string, Storage>;
  readonly tensors: Map<PickleCall, TensorShape>;
}

/** `null`: torch makes it. A text: not known. */
type Judgement = Parsed<string | null, TensorDefect>;

/** Judges everything that a pickle makes, in the order in which it does. */
export function judgeMade(
  made: readonly (PickleCall | PicklePersistent)[],
  storageBytes: StorageBytes,
): Parsed<Judged, TensorDefect> {
  const judging: Judging = {
    storageBytes,
    storages: new Map(),
    loaded: new Map(),
    tensors: new Map(),
  };
  let unknown: string | null = null;
  for (const one of made) {
    const judgement =
      one.kind === 'call'
        ? judgeCall(judging, one)
        : judgeStorage(judging, one);
    if (!judgement.ok) return judgement;
    unknown ??= judgement.value;
  }
  return parsed({ tensors: judging.tensors, unknown });
}

export function isOrderedDict(call: PickleCall): boolean {
  return nameOf(call) === 'collections.OrderedDict';
}

function nameOf({ callee }: PickleCall): string {
  return callee.kind === 'global' ? fullNameOf(callee) : 'what is no global';
}

/**
 * A storage: `('storage', class, key, location, number of elements)`
 * (torch/serialization.py, `persistent_load` and `load_tensor`).
 */
function judgeStorage(judging: Judging, one: PicklePersistent): Judgement {
  const [, type, key, location, count, ...more] =
    one.id.kind === 'tuple' ? one.id.items : [];
  const element = type?.kind === 'global' ? storageElement(type) : null;
  const isUsual =
    element !== null &&
    key?.kind === 'text' &&
    location?.kind === 'text' &&
    count?.kind === 'int' &&
    count.value >= 0n &&
    more.length === 0;
  if (!isUsual) return parsed('a storage of a kind that is not known here');
  // Of a storage that was loaded once, a second id only says the key.
  const before = judging.loaded.get(key.value);
  if (before !== undefined) {
    judging.storages.set(one, before);
    return parsed(null);
  }
  const storage: Storage = {
    key: key.value,
    dtype: element.dtype,
    elements: count.value,
  };
  judging.storages.set(one, storage);
  return loadStorage(judging, storage, element.bytes);
}

function loadStorage(
  { loaded, storageBytes }: Judging,
  storage: Storage,
  elementBytes: number,
): Judgement {
  const { key, elements } = storage;
  const found = storageBytes(key);
  if (found === null) return defective({ code: 'storage-missing', key });
  const expected = elements * BigInt(elementBytes);
  if (expected !== BigInt(found))
    return defective({
      code: 'storage-size',
      key,
      expectedBytes: String(expected),
      foundBytes: found,
    });
  // torch keeps those alone that have an address.
  if (found > 0) loaded.set(key, storage);
  return parsed(null);
}

function judgeCall(judging: Judging, call: PickleCall): Judgement {
  const args = call.args.kind === 'tuple' ? call.args.items : null;
  const isUntouched = call.items.length === 0 && call.entries.length === 0;
  if (!call.isReduced) return parsed(`an instance of ${nameOf(call)}`);
  switch (nameOf(call)) {
    case 'collections.OrderedDict':
      return parsed(
        args?.length === 0 &&
          call.items.length === 0 &&
          call.entries.every(([key]) => isHashable(key)) &&
          call.states.every(({ kind }) => kind === 'dict')
          ? null
          : 'a dict that is not made as torch makes it',
      );
    case 'torch._utils._rebuild_tensor_v2':
      return isUntouched && call.states.length === 0 && args !== null
        ? judgeTensor(judging, call, args)
        : parsed('a tensor that is not made as torch makes it');
    case 'torch._utils._rebuild_parameter':
      return parsed(
        isUntouched && call.states.length === 0 && args !== null
          ? judgeParameter(judging, call, args)
          : 'a parameter that is not made as torch makes it',
      );
    default:
      return parsed(`an object of ${nameOf(call)}`);
  }
}

/** `(storage, offset, sizes, strides, requires_grad, hooks)` (torch/_utils.py). */
function judgeTensor(
  { storages, tensors }: Judging,
  call: PickleCall,
  args: readonly PickleValue[],
): Judgement {
  const [from, offset, sizes, strides, grad, hooks, ...more] = args;
  const storage = from?.kind === 'persistent' ? storages.get(from) : undefined;
  const shape = integersIn(sizes);
  const steps = integersIn(strides);
  const isUsual =
    storage !== undefined &&
    offset?.kind === 'int' &&
    shape !== null &&
    steps !== null &&
    grad?.kind === 'bool' &&
    hooks?.kind === 'call' &&
    isOrderedDict(hooks) &&
    more.length === 0;
  if (!isUsual) return parsed('a tensor that is not made as torch makes it');
  if (!isWithin(storage.elements, offset.value, shape, steps))
    return defective({
      code: 'tensor-out-of-bounds',
      key: storage.key,
      shape: shape.map(String),
    });
  tensors.set(call, {
    dtype: storage.dtype,
    shape: shape.map(Number),
    storage: {
      key: storage.key,
      offset: Number(offset.value),
      strides: steps.map(Number),
    },
  });
  return parsed(null);
}

function judgeParameter(
  { tensors }: Judging,
  call: PickleCall,
  [from, grad, hooks, ...more]: readonly PickleValue[],
): string | null {
  const tensor = from?.kind === 'call' ? tensors.get(from) : undefined;
  const isUsual =
    tensor !== undefined &&
    grad?.kind === 'bool' &&
    hooks?.kind === 'call' &&
    isOrderedDict(hooks) &&
    more.length === 0;
  if (!isUsual) return 'a parameter that is not made as torch makes it';
  tensors.set(call, tensor);
  return null;
}

function integersIn(value: PickleValue | undefined): readonly bigint[] | null {
  if (value?.kind !== 'tuple') return null;
  const integers = value.items.flatMap((item) =>
    item.kind === 'int' ? [item.value] : [],
  );
  return integers.length === value.items.length ? integers : null;
}

/** aten/src/ATen/native/Resize.h, `checkInBoundsForStorage`. */
function isWithin(
  elements: bigint,
  offset: bigint,
  shape: readonly bigint[],
  strides: readonly bigint[],
): boolean {
  if (shape.length !== strides.length || offset < 0n) return false;
  if ([...shape, ...strides].some((one) => one < 0n)) return false;
  if (shape.includes(0n)) return true;
  const last = shape.reduce(
    (sum, size, at) => sum + (size - 1n) * (strides[at] ?? 0n),
    offset,
  );
  return last < elements;
}

/** Python refuses lists, dicts and sets as keys. */
function isHashable(value: PickleValue): boolean {
  return value.kind === 'text' || value.kind === 'int';
}
