import { defective, parsed } from './parsed.ts';
import type { Defect, Parsed } from './parsed.ts';
import type {
  PickleCall,
  PicklePersistent,
  PickleValue,
} from './pickle/values.ts';
import { dtypeElement, fullNameOf } from './torch-globals.ts';
import {
  isFlag,
  isFloating,
  isHooks,
  isMetadata,
  isPlainState,
  isTrue,
} from './torch-arguments.ts';
import { metaShape, sparseShape } from './torch-bare-tensors.ts';
import { judgeObject } from './torch-objects.ts';
import {
  asNumbers,
  bytesNeeded,
  isCountable,
  isOddEmpty,
  sizesIn,
} from './torch-sizes.ts';
import type { Storage, StorageDefect, StorageJudge } from './torch-storages.ts';

/** Where the values of a tensor lie: a view of a storage, which others may share. */
export interface TensorStorage {
  /** Of the record `data/<key>`; in the legacy format, of the storage in the file. */
  readonly key: string;
  /** In elements, from the storage's start. */
  readonly offset: number;
  /** In elements, one a dimension; 0 repeats the same values. */
  readonly strides: readonly number[];
  readonly elementBytes: number;
  /** Of the whole storage. */
  readonly storageBytes: number;
}

/** What is known of a tensor without its values. */
export interface TensorShape {
  /** As safetensors spells it; `null` where it has no name there and none here. */
  readonly dtype: string | null;
  readonly shape: readonly number[];
  /** `meta`: on torch's meta device, without any values. */
  readonly form: 'dense' | 'meta' | 'sparse';
  /** `null` for any but a dense one. */
  readonly storage: TensorStorage | null;
}

/** Why torch cannot put a tensor together. */
export type TensorDefect =
  | StorageDefect
  /** It reaches beyond its storage, or its sizes and strides are none. */
  | (Defect<'tensor-out-of-bounds'> & {
      readonly key: string;
      readonly shape: readonly string[];
    })
  /** Its gradient is wanted, which torch refuses of it. */
  | (Defect<'tensor-gradient'> & {
      readonly key: string;
      readonly dtype: string | null;
    });

/** What the calls and ids of a pickle would make. */
export interface Judged {
  readonly tensors: ReadonlyMap<PickleCall, TensorShape>;
  /** The first thing that this reader does not know well enough; `null` for none. */
  readonly unknown: string | null;
}

interface Judging {
  /** Tuples of many sizes or strides, as numbers. */
  readonly sizes: Map<PickleValue, readonly number[]>;
  readonly judgeStorage: StorageJudge;
  /** In the legacy format a storage grows to what a tensor needs. */
  readonly canGrow: boolean;
  readonly storages: Map<PicklePersistent, Storage>;
  readonly tensors: Map<PickleCall, TensorShape>;
}

/** `null`: torch makes it. A text: not known. */
type Judgement = Parsed<string | null, TensorDefect>;

/** Judges everything that a pickle makes, in the order in which it does. */
export function judgeMade(
  made: readonly (PickleCall | PicklePersistent)[],
  judgeStorage: StorageJudge,
  canGrow = false,
): Parsed<Judged, TensorDefect> {
  const judging: Judging = {
    judgeStorage,
    canGrow,
    sizes: new Map(),
    storages: new Map(),
    tensors: new Map(),
  };
  let unknown: string | null = null;
  for (const one of made) {
    const judgement =
      one.kind === 'call' ? judgeCall(judging, one) : keepStorage(judging, one);
    if (!judgement.ok) return judgement;
    unknown ??= judgement.value;
  }
  return parsed({ tensors: judging.tensors, unknown });
}

function nameOf({ callee }: PickleCall): string {
  return callee.kind === 'global' ? fullNameOf(callee) : 'what is no global';
}

function keepStorage(judging: Judging, one: PicklePersistent): Judgement {
  const judged = judging.judgeStorage(one);
  if (!judged.ok) return judged;
  if (typeof judged.value === 'string') return parsed(judged.value);
  judging.storages.set(one, judged.value);
  return MADE;
}

function storageOf(
  { storages }: Judging,
  value: PickleValue | undefined,
): Storage | null {
  return value?.kind === 'persistent' ? (storages.get(value) ?? null) : null;
}

/** What one of torch's functions makes of its arguments. */
type Maker = (
  judging: Judging,
  call: PickleCall,
  args: readonly PickleValue[],
) => Judgement;

const MADE: Judgement = parsed(null);
const UNUSUAL: Judgement = parsed(
  'a tensor that is not made as torch makes it',
);

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['torch._utils._rebuild_tensor_v2', judgeTensor],
  ['torch._utils._rebuild_tensor_v3', judgeTyped],
  ['torch._utils._rebuild_parameter', judgeParameter],
  ['torch._utils._rebuild_parameter_with_state', judgeParameter],
  ['torch._tensor._rebuild_from_type_v2', judgeSubclass],
  ['torch._utils._rebuild_meta_tensor_no_storage', judgeShape(metaShape)],
  ['torch._utils._rebuild_sparse_tensor', judgeShape(sparseShape)],
]);

function judgeCall(judging: Judging, call: PickleCall): Judgement {
  if (!call.isReduced) return parsed(`an instance of ${nameOf(call)}`);
  const maker = MAKERS.get(nameOf(call));
  if (maker === undefined) return parsed(judgeObject(nameOf(call), call));
  const isUntouched =
    call.items.length === 0 &&
    call.entries.length === 0 &&
    call.states.length === 0;
  return isUntouched && call.args.kind === 'tuple'
    ? maker(judging, call, call.args.items)
    : UNUSUAL;
}

/** `(storage, offset, sizes, strides, requires_grad, hooks[, metadata])` (torch/_utils.py). */
function judgeTensor(
  judging: Judging,
  call: PickleCall,
  args: readonly PickleValue[],
): Judgement {
  const [from, offset, sizes, strides, grad, hooks, metadata, ...more] = args;
  const storage = storageOf(judging, from);
  if (storage === null || more.length > 0) return UNUSUAL;
  const dtype = storage.dtype ?? 'U8';
  if (dtype.startsWith('Q')) return UNUSUAL;
  const wantsGradient = isTrue(grad);
  if (!isFlag(grad) || !isHooks(hooks) || !isMetadata(metadata, dtype))
    return UNUSUAL;
  if (wantsGradient && !isFloating(dtype))
    return defective({ code: 'tensor-gradient', key: storage.key, dtype });
  const element = { dtype, bytes: storage.elementBytes };
  return place(judging, call, storage, element, [offset, sizes, strides]);
}

/** The same with the dtype behind the hooks: of types that have no storage class. */
function judgeTyped(
  judging: Judging,
  call: PickleCall,
  args: readonly PickleValue[],
): Judgement {
  const [from, offset, sizes, strides, grad, hooks, type, metadata, ...more] =
    args;
  const storage = storageOf(judging, from);
  const element = type?.kind === 'global' ? dtypeElement(type) : null;
  if (storage === null || element === null || more.length > 0) return UNUSUAL;
  const { dtype } = element;
  if (!isFlag(grad) || !isHooks(hooks) || !isMetadata(metadata, dtype))
    return UNUSUAL;
  // torch 2.13 asks for the gradient first, and then may not change the tensor.
  if (isTrue(grad))
    return defective({ code: 'tensor-gradient', key: storage.key, dtype });
  return place(judging, call, storage, element, [offset, sizes, strides]);
}

function place(
  judging: Judging,
  call: PickleCall,
  storage: Storage,
  { dtype, bytes }: { readonly dtype: string | null; readonly bytes: number },
  [from, sizes, steps]: readonly (PickleValue | undefined)[],
): Judgement {
  const { tensors, canGrow } = judging;
  const shape = sizesIn(sizes);
  const strides = sizesIn(steps);
  const offset = from?.kind === 'int' ? from.value : null;
  if (shape === null || strides === null || offset === null) return UNUSUAL;
  if (!isCountable(shape, strides) || !isCountable([], [offset]))
    return UNUSUAL;
  if (isOddEmpty(shape)) return UNUSUAL;
  const needed = bytesNeeded(offset, shape, strides, BigInt(bytes));
  if (needed === null || needed > storage.sizeBytes) {
    if (canGrow && needed !== null && storage.startBytes === 0n)
      storage.sizeBytes = needed;
    else
      return defective({
        code: 'tensor-out-of-bounds',
        key: storage.key,
        shape: shape.map(String),
      });
  }
  tensors.set(call, {
    dtype,
    shape: asNumbers(judging.sizes, sizes, shape),
    form: 'dense',
    storage: {
      key: storage.key,
      offset: Number(offset) + Number(storage.startBytes) / bytes,
      strides: asNumbers(judging.sizes, steps, strides),
      elementBytes: bytes,
      storageBytes: Number(storage.sizeBytes),
    },
  });
  return MADE;
}

/** `(tensor, requires_grad, hooks[, state])`. */
function judgeParameter(
  { tensors }: Judging,
  call: PickleCall,
  args: readonly PickleValue[],
): Judgement {
  const [from, grad, hooks, state, ...more] = args;
  const tensor = from?.kind === 'call' ? tensors.get(from) : undefined;
  const hasState =
    nameOf(call) === 'torch._utils._rebuild_parameter_with_state';
  const isUsual =
    tensor !== undefined &&
    isFlag(grad) &&
    isHooks(hooks) &&
    more.length === 0 &&
    (hasState ? isPlainState(state) : state === undefined);
  if (!isUsual) return UNUSUAL;
  if (isTrue(grad) && !isFloating(tensor.dtype)) return UNUSUAL;
  tensors.set(call, tensor);
  return MADE;
}

/** `(function, class, its arguments, state)`: a tensor with attributes of its own. */
function judgeSubclass(
  judging: Judging,
  call: PickleCall,
  [callee, type, args, state, ...more]: readonly PickleValue[],
): Judgement {
  const maker = callee?.kind === 'global' && MAKERS.get(fullNameOf(callee));
  const isUsual =
    maker &&
    maker !== judgeSubclass &&
    maker !== judgeParameter &&
    type?.kind === 'global' &&
    fullNameOf(type) === 'torch.Tensor' &&
    args?.kind === 'tuple' &&
    isPlainState(state) &&
    more.length === 0;
  return isUsual ? maker(judging, call, args.items) : UNUSUAL;
}

/** Of a tensor that is told from its arguments alone. */
function judgeShape(
  shapeOf: (
    args: readonly PickleValue[],
    tensors: ReadonlyMap<PickleCall, TensorShape>,
  ) => TensorShape | null,
): Maker {
  return ({ tensors }, call, args) => {
    const shape = shapeOf(args, tensors);
    if (shape === null) return UNUSUAL;
    tensors.set(call, shape);
    return MADE;
  };
}
