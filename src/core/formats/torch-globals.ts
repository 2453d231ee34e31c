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

/** Bytes of an element by the storage's class; a dtype without one has `null`. */
const STORAGE_BYTES: ReadonlyMap<string, number> = new Map([
  ['torch.ByteStorage', 1],
  ['torch.CharStorage', 1],
  ['torch.BoolStorage', 1],
  ['torch.storage.UntypedStorage', 1],
  ['torch.ShortStorage', 2],
  ['torch.HalfStorage', 2],
  ['torch.BFloat16Storage', 2],
  ['torch.IntStorage', 4],
  ['torch.FloatStorage', 4],
  ['torch.LongStorage', 8],
  ['torch.DoubleStorage', 8],
  ['torch.ComplexFloatStorage', 8],
  ['torch.ComplexDoubleStorage', 16],
]);

/** The names of dtypes as safetensors spells them, by the storage's class. */
const STORAGE_DTYPES: ReadonlyMap<string, string> = new Map([
  ['torch.ByteStorage', 'U8'],
  ['torch.CharStorage', 'I8'],
  ['torch.BoolStorage', 'BOOL'],
  ['torch.ShortStorage', 'I16'],
  ['torch.HalfStorage', 'F16'],
  ['torch.BFloat16Storage', 'BF16'],
  ['torch.IntStorage', 'I32'],
  ['torch.FloatStorage', 'F32'],
  ['torch.LongStorage', 'I64'],
  ['torch.DoubleStorage', 'F64'],
  ['torch.ComplexFloatStorage', 'C64'],
  ['torch.ComplexDoubleStorage', 'C128'],
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

/** The name under which torch looks a global up, e.g. `collections.OrderedDict`. */
export function fullNameOf({ module, name }: PickleGlobal): string {
  return `${RENAMED.get(module) ?? module}.${name}`;
}

export function isAllowedGlobal(global: PickleGlobal): boolean {
  return !isBlockedGlobal(global) && ALLOWED.has(fullNameOf(global));
}

export function isBlockedGlobal({ module }: PickleGlobal): boolean {
  return BLOCKED.has(RENAMED.get(module) ?? module);
}

/** Bytes of an element of a storage class on the CPU; `null` for any other global. */
export function storageElement(
  global: PickleGlobal,
): { readonly bytes: number; readonly dtype: string | null } | null {
  const name = fullNameOf(global);
  const bytes = STORAGE_BYTES.get(name);
  if (bytes === undefined) return null;
  return { bytes, dtype: STORAGE_DTYPES.get(name) ?? null };
}
