import { oncePer } from './once-per.ts';
import type { PickleGlobal } from './pickle/values.ts';

/**
 * What `torch.load(weights_only=True)` of 2.13 lets a pickle name
 * (torch/_weights_only_unpickler.py, `_get_allowed_globals`): tensor classes,
 * storages, dtypes and what puts tensors together.
 */
const DTYPES =
  'bfloat16 bits16 bits1x8 bits2x4 bits4x2 bits8 bool complex128 complex32 complex64 float16 float32 float4_e2m1fn_x2 float64 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu int1 int16 int2 int3 int32 int4 int5 int6 int64 int7 int8 qint32 qint8 quint2x4 quint4x2 quint8 uint1 uint16 uint2 uint3 uint32 uint4 uint5 uint6 uint64 uint7 uint8';
const QUANTISERS =
  'per_channel_affine per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine per_tensor_symmetric';
const ELEMENTS = 'BFloat16 Byte Char Double Float Half Int Long Short';
const REBUILDERS =
  '_rebuild_device_tensor_from_cpu_tensor _rebuild_device_tensor_from_numpy _rebuild_meta_tensor_no_storage _rebuild_nested_tensor _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_tensor _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_wrapper_subclass';

/** Bytes of an element and the name of its type as safetensors spells it. */
interface Element {
  readonly bytes: number;
  readonly dtype: string | null;
}

const element = (bytes: number, dtype: string | null): Element => ({
  bytes,
  dtype,
});

/** By the class of the storage, on the CPU (`torch.`) and in CUDA's (`torch.cuda.`). */
const STORAGES: ReadonlyMap<string, Element> = new Map([
  ['ByteStorage', element(1, 'U8')],
  ['CharStorage', element(1, 'I8')],
  ['BoolStorage', element(1, 'BOOL')],
  ['ShortStorage', element(2, 'I16')],
  ['HalfStorage', element(2, 'F16')],
  ['BFloat16Storage', element(2, 'BF16')],
  ['IntStorage', element(4, 'I32')],
  ['FloatStorage', element(4, 'F32')],
  ['LongStorage', element(8, 'I64')],
  ['DoubleStorage', element(8, 'F64')],
  ['ComplexFloatStorage', element(8, 'C64')],
  ['ComplexDoubleStorage', element(16, 'C128')],
  ['QInt8Storage', element(1, 'QINT8')],
  ['QUInt8Storage', element(1, 'QUINT8')],
  ['QInt32Storage', element(4, 'QINT32')],
]);

/** dtypes that `_rebuild_tensor_v3` names; those of fewer than 8 bits are left out. */
const DTYPE_ELEMENTS: ReadonlyMap<string, Element> = new Map([
  ['torch.uint8', element(1, 'U8')],
  ['torch.int8', element(1, 'I8')],
  ['torch.bool', element(1, 'BOOL')],
  ['torch.int16', element(2, 'I16')],
  ['torch.uint16', element(2, 'U16')],
  ['torch.float16', element(2, 'F16')],
  ['torch.bfloat16', element(2, 'BF16')],
  ['torch.int32', element(4, 'I32')],
  ['torch.uint32', element(4, 'U32')],
  ['torch.float32', element(4, 'F32')],
  ['torch.int64', element(8, 'I64')],
  ['torch.uint64', element(8, 'U64')],
  ['torch.float64', element(8, 'F64')],
  ['torch.complex32', element(4, 'C32')],
  ['torch.complex64', element(8, 'C64')],
  ['torch.complex128', element(16, 'C128')],
  ['torch.float8_e4m3fn', element(1, 'F8_E4M3')],
  ['torch.float8_e5m2', element(1, 'F8_E5M2')],
  ['torch.float8_e4m3fnuz', element(1, 'F8_E4M3FNUZ')],
  ['torch.float8_e5m2fnuz', element(1, 'F8_E5M2FNUZ')],
  ['torch.float8_e8m0fnu', element(1, 'F8_E8M0')],
  ['torch.float4_e2m1fn_x2', element(1, null)],
  ['torch.bits8', element(1, null)],
]);

const within = (module: string, names: string) =>
  names.split(' ').map((name) => `${module}.${name}`);
const withEnd = (names: string, end: string) =>
  names
    .split(' ')
    .map((name) => `${name}${end}`)
    .join(' ');

const ALLOWED: ReadonlySet<string> = new Set([
  '_codecs.encode',
  'builtins.bytearray',
  'builtins.complex',
  'builtins.set',
  'collections.Counter',
  'collections.OrderedDict',
  'torch.Size',
  'torch.Tensor',
  'torch._tensor._rebuild_from_type_v2',
  'torch.device',
  'torch.nn.parameter.Parameter',
  'torch.serialization._get_layout',
  'torch.storage.TypedStorage',
  'torch.storage.UntypedStorage',
  ...within('torch', DTYPES),
  ...within('torch', QUANTISERS),
  ...within('torch._utils', REBUILDERS),
  ...within('torch', withEnd(`${ELEMENTS} Bool`, 'Tensor')),
  ...within(
    'torch',
    withEnd(
      `${ELEMENTS} Bool ComplexDouble ComplexFloat QInt32 QInt8 QUInt2x4 QUInt4x2 QUInt8`,
      'Storage',
    ),
  ),
  ...within('torch.cuda', withEnd(`${ELEMENTS} Bool`, 'Tensor')),
  ...within(
    'torch.cuda',
    withEnd(`${ELEMENTS} Bool ComplexDouble ComplexFloat`, 'Storage'),
  ),
  ...within('torch.sparse', withEnd(ELEMENTS, 'Tensor')),
  ...within('torch.cuda.sparse', withEnd(ELEMENTS, 'Tensor')),
]);

/** Modules of which torch refuses every name with words of its own. */
const BLOCKED: ReadonlySet<string> = new Set(['sys', 'os', 'posix', 'nt']);

/** Python 2's names of modules that a pickle of protocol 2 may hold. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['__builtin__', 'builtins'],
]);

/**
 * The name under which torch looks a global up, e.g. `collections.OrderedDict`. Once for
 * each: a pickle of a thousand tensors refers to the same few.
 */
export const fullNameOf = oncePer(
  ({ module, name }: PickleGlobal) =>
    `${RENAMED.get(module) ?? module}.${name}`,
);

export function isAllowedGlobal(global: PickleGlobal): boolean {
  return !isBlockedGlobal(global) && ALLOWED.has(fullNameOf(global));
}

export function isBlockedGlobal({ module }: PickleGlobal): boolean {
  return BLOCKED.has(RENAMED.get(module) ?? module);
}

/** The elements of a storage class; `null` for any other global. */
export const storageElement = oncePer(
  (global: PickleGlobal): Element | null => {
    const name = fullNameOf(global);
    if (name === 'torch.storage.UntypedStorage') return element(1, null);
    const [, type] = /^torch\.(?:cuda\.)?(\w+)$/.exec(name) ?? [];
    return STORAGES.get(type ?? '') ?? null;
  },
);

/** The elements of a dtype; `null` for any other global, or one without known bytes. */
export function dtypeElement(global: PickleGlobal): Element | null {
  return DTYPE_ELEMENTS.get(fullNameOf(global)) ?? null;
}
