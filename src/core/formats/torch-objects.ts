import type { PickleCall, PickleValue } from './pickle/values.ts';
import { fullNameOf } from './torch-globals.ts';
import { sizesIn } from './torch-sizes.ts';

/**
 * Whether torch makes this call of what is no tensor: `null`, or what is not known
 * of it. Containers that it is given may be added to later, so only those count
 * that torch itself gives.
 */
export function judgeObject(name: string, call: PickleCall): string | null {
  const args = call.args.kind === 'tuple' ? call.args.items : null;
  const isMade = args !== null && OBJECTS.get(name)?.(args, call) === true;
  return isMade ? null : `an object of ${name}`;
}

/**
 * Of one argument that is looked at: a pickle may give the same one to a hundred
 * thousand calls.
 */
const ITEMS_MAX = 256;
/** The state of numpy's generator, 624 words, is the longest that torch.save writes. */
const TEXT_MAX_CHARACTERS = 2560;

/** What makes an array of numpy, by the names of numpy 2 and of numpy 1. */
const RECONSTRUCT = [
  'numpy._core.multiarray._reconstruct',
  'numpy.core.multiarray._reconstruct',
];

/**
 * What transformers (trainer_pt_utils.py, `safe_globals`) and accelerate (utils/other.py,
 * `TORCH_SAFE_GLOBALS`) allow besides, so that the state of numpy's generator loads.
 */
export const NUMPY_GLOBALS: ReadonlySet<string> = new Set([
  ...RECONSTRUCT,
  'numpy.dtype',
  'numpy.ndarray',
  'numpy.dtypes.UInt32DType',
]);

type ObjectRule = (args: readonly PickleValue[], call: PickleCall) => boolean;

const isUntouched = ({ items, entries, states }: PickleCall) =>
  items.length === 0 && entries.length === 0 && states.length === 0;

const OBJECTS: ReadonlyMap<string, ObjectRule> = new Map<string, ObjectRule>([
  [
    'collections.OrderedDict',
    (args, { items, states }) =>
      args.length === 0 &&
      items.length === 0 &&
      states.every(({ kind }) => kind === 'dict'),
  ],
  [
    'collections.Counter',
    ([from, ...more], { items, states }) =>
      (from === undefined || from.kind === 'dict') &&
      more.length === 0 &&
      items.length === 0 &&
      states.length === 0,
  ],
  [
    'torch.Size',
    ([sizes, ...more], call) =>
      sizes?.kind === 'tuple' &&
      sizesIn(sizes) !== null &&
      more.length === 0 &&
      isUntouched(call),
  ],
  [
    'torch.device',
    ([type, index, ...more], call) =>
      type?.kind === 'text' &&
      /^(?:cpu|cuda|meta|mps|xpu)$/.test(type.value) &&
      (index === undefined || isIndex(index)) &&
      more.length === 0 &&
      isUntouched(call),
  ],
  [
    'torch.serialization._get_layout',
    (_args, call) => layoutOf(call) !== null && isUntouched(call),
  ],
  [
    'builtins.set',
    ([items, ...more], call) =>
      (items === undefined ||
        (items.kind === 'list' &&
          items.items.length <= ITEMS_MAX &&
          items.items.every(isScalar))) &&
      more.length === 0 &&
      isUntouched(call),
  ],
  [
    'builtins.bytearray',
    ([from, ...more], call) =>
      (from === undefined || (from.kind === 'call' && isEncoded(from))) &&
      more.length === 0 &&
      isUntouched(call),
  ],
  [
    'builtins.complex',
    (args, call) =>
      args.length === 2 &&
      args.every(({ kind }) => kind === 'float') &&
      isUntouched(call),
  ],
  ['_codecs.encode', (_args, call) => isEncoded(call) && isUntouched(call)],
  ['numpy.dtype', (_args, call) => dtypeBytes(call) !== null],
  ...RECONSTRUCT.map((name): [string, ObjectRule] => [name, isArray]),
]);

/** Above, torch refuses the number of a device. */
const DEVICES = 16n;

function isIndex(value: PickleValue): boolean {
  return value.kind === 'int' && value.value >= 0n && value.value < DEVICES;
}

function isScalar({ kind }: PickleValue): boolean {
  return ['none', 'bool', 'int', 'float', 'text', 'bytes'].includes(kind);
}

/** `dtype('u4', False, True)` with the state that numpy gives it: bytes of an element. */
function dtypeBytes(value: PickleValue | undefined): number | null {
  if (value?.kind !== 'call' || !value.isReduced) return null;
  const { callee, args, states, items, entries } = value;
  if (callee.kind !== 'global' || fullNameOf(callee) !== 'numpy.dtype')
    return null;
  const [type] = args.kind === 'tuple' ? args.items : [];
  const [, bytes] =
    type?.kind === 'text' ? (/^[uif]([1248])$/.exec(type.value) ?? []) : [];
  const [state] = states;
  const [version, order] = state?.kind === 'tuple' ? state.items : [];
  const isUsual =
    states.length === 1 &&
    items.length === 0 &&
    entries.length === 0 &&
    version?.kind === 'int' &&
    version.value === 3n &&
    order?.kind === 'text' &&
    /^[<>|=]$/.test(order.value);
  return isUsual && bytes !== undefined ? Number(bytes) : null;
}

/** Elements of an array that numpy makes, of one dimension; `null` for anything else. */
export function arrayLength(call: PickleCall): number | null {
  const [state] = call.states;
  const [, shape] = state?.kind === 'tuple' ? state.items : [];
  const [size] = shape?.kind === 'tuple' ? shape.items : [];
  const isMade =
    call.isReduced &&
    call.callee.kind === 'global' &&
    RECONSTRUCT.includes(fullNameOf(call.callee)) &&
    call.args.kind === 'tuple' &&
    isArray(call.args.items, call);
  return isMade && size?.kind === 'int' ? Number(size.value) : null;
}

/** An array of one dimension whose state holds as many bytes as it takes. */
function isArray(
  [type, ...more]: readonly PickleValue[],
  { states, items, entries }: PickleCall,
): boolean {
  const [state, ...others] = states;
  if (state?.kind !== 'tuple' || items.length + entries.length > 0)
    return false;
  const [, shape, dtype, isFortran, raw] = state.items;
  const [size, ...sizes] = shape?.kind === 'tuple' ? shape.items : [];
  const bytes = dtypeBytes(dtype);
  const text =
    raw?.kind === 'call' && isEncoded(raw) && raw.args.kind === 'tuple'
      ? raw.args.items[0]
      : undefined;
  return (
    type?.kind === 'global' &&
    fullNameOf(type) === 'numpy.ndarray' &&
    more.length === 2 &&
    others.length === 0 &&
    sizes.length === 0 &&
    size?.kind === 'int' &&
    isFortran?.kind === 'bool' &&
    bytes !== null &&
    text?.kind === 'text' &&
    size.value * BigInt(bytes) === BigInt(text.value.length)
  );
}

/** Bytes, as pickle writes them below protocol 3: a text and `latin1`. */
function isEncoded({ callee, args, isReduced }: PickleCall): boolean {
  if (!isReduced || callee.kind !== 'global' || args.kind !== 'tuple')
    return false;
  const [text, encoding, ...more] = args.items;
  return (
    fullNameOf(callee) === '_codecs.encode' &&
    text?.kind === 'text' &&
    text.value.length <= TEXT_MAX_CHARACTERS &&
    /^[\0-\xff]*$/.test(text.value) &&
    encoding?.kind === 'text' &&
    encoding.value === 'latin1' &&
    more.length === 0
  );
}

const LAYOUTS =
  /^torch\.(?:strided|sparse_coo|sparse_csr|sparse_csc|sparse_bsr|sparse_bsc)$/;

/** The layout that a call of `_get_layout` gives, or `null`. */
export function layoutOf({
  callee,
  args,
  isReduced,
}: PickleCall): string | null {
  if (!isReduced || callee.kind !== 'global' || args.kind !== 'tuple')
    return null;
  const [name, ...more] = args.items;
  return fullNameOf(callee) === 'torch.serialization._get_layout' &&
    name?.kind === 'text' &&
    LAYOUTS.test(name.value) &&
    more.length === 0
    ? name.value
    : null;
}
