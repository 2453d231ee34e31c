import type { PickleValue } from './pickle/values.ts';
import { fullNameOf } from './torch-globals.ts';

/** What torch's functions take beside storages, sizes and dtypes. */

export function isFlag(value: PickleValue | undefined): boolean {
  return value?.kind === 'bool';
}

export function isTrue(value: PickleValue | undefined): boolean {
  return value?.kind === 'bool' && value.value;
}

/** An OrderedDict, which torch always writes empty. */
export function isHooks(value: PickleValue | undefined): boolean {
  return (
    value?.kind === 'call' &&
    value.callee.kind === 'global' &&
    fullNameOf(value.callee) === 'collections.OrderedDict'
  );
}

/** Gradients are for these alone. */
export function isFloating(dtype: string | null): boolean {
  return dtype !== null && /^(?:F|BF|C)\d/.test(dtype);
}

/** None or an empty dict; of complex tensors also the bits `conj` and `neg`. */
export function isMetadata(
  value: PickleValue | undefined,
  dtype: string | null,
): boolean {
  if (value === undefined || value.kind === 'none') return true;
  if (value.kind !== 'dict' || value.entries.length > 2) return false;
  const isComplex = dtype?.startsWith('C') === true;
  return value.entries.every(
    ([key, bit]) =>
      isComplex &&
      key.kind === 'text' &&
      (key.value === 'conj' || key.value === 'neg') &&
      bit.kind === 'bool',
  );
}

/**
 * Attributes of a parameter that Python computes, as measured with torch 2.13; setting
 * them does something or is refused.
 */
const COMPUTED = new Set(
  'H T _backward_hooks _base _cdata _grad _grad_fn _has_symbolic_sizes_strides _post_accumulate_grad_hooks _python_dispatch _version data device dtype grad grad_dtype grad_fn imag is_cpu is_cuda is_ipu is_leaf is_maia is_meta is_mkldnn is_mps is_mtia is_nested is_quantized is_sparse is_sparse_csr is_vulkan is_xla is_xpu itemsize layout mH mT name names nbytes ndim output_nr real requires_grad retains_grad shape volatile'.split(
    ' ',
  ),
);

/** Attributes of one tensor that are looked at; several tensors may share them. */
const ATTRIBUTES_MAX = 64;

/** None, or a dict of attributes that anything can be set to. */
export function isPlainState(value: PickleValue | undefined): boolean {
  if (value?.kind === 'none') return true;
  return (
    value?.kind === 'dict' &&
    value.entries.length <= ATTRIBUTES_MAX &&
    value.entries.every(
      ([key]) =>
        key.kind === 'text' &&
        key.value.length <= 100 &&
        /^[a-z]\w*$/i.test(key.value) &&
        !COMPUTED.has(key.value),
    )
  );
}
