import type { PickleCall, PickleValue } from './pickle/values.ts';
import { isFlag, isFloating, isTrue } from './torch-arguments.ts';
import { dtypeElement } from './torch-globals.ts';
import { layoutOf } from './torch-objects.ts';
import {
  bytesNeeded,
  isCountable,
  isOddEmpty,
  sizesIn,
} from './torch-sizes.ts';
import type { TensorShape } from './torch-tensors.ts';

/**
 * A tensor on the meta device: `(dtype, sizes, strides, requires_grad)`. torch makes
 * it, and it has no values. `null` for what torch does not write so.
 */
export function metaShape([
  type,
  sizes,
  steps,
  grad,
  ...more
]: readonly PickleValue[]): TensorShape | null {
  const element = type?.kind === 'global' ? dtypeElement(type) : null;
  const shape = sizesIn(sizes);
  const strides = sizesIn(steps);
  const isUsual =
    element !== null &&
    shape !== null &&
    strides?.length === shape.length &&
    isCountable(shape, strides) &&
    !isOddEmpty(shape) &&
    bytesNeeded(0n, shape, strides, BigInt(element.bytes)) !== null &&
    isFlag(grad) &&
    (!isTrue(grad) || isFloating(element.dtype)) &&
    more.length === 0;
  if (!isUsual) return null;
  const { dtype } = element;
  return { dtype, shape: shape.map(Number), form: 'meta', storage: null };
}

/**
 * A sparse tensor: `(layout, (indices, values, size, is_coalesced))`. `null` for what
 * torch does not write so.
 */
export function sparseShape(
  [layout, parts, ...more]: readonly PickleValue[],
  tensors: ReadonlyMap<PickleCall, TensorShape>,
): TensorShape | null {
  const name = layout?.kind === 'call' ? layoutOf(layout) : null;
  if (name !== 'torch.sparse_coo' || parts?.kind !== 'tuple' || more.length > 0)
    return null;
  const [at, from, sizes, coalesced, ...rest] = parts.items;
  const indices = at?.kind === 'call' ? tensors.get(at) : undefined;
  const values = from?.kind === 'call' ? tensors.get(from) : undefined;
  const shape = sizesIn(sizes);
  if (!indices || values?.form !== 'dense' || shape === null) return null;
  const isUsual =
    indices.dtype === 'I64' &&
    isCountable(shape) &&
    shape.every((size) => size >= 0n) &&
    isSparse(indices.shape, values.shape, shape.map(Number)) &&
    isFlag(coalesced) &&
    rest.length === 0;
  if (!isUsual) return null;
  const { dtype } = values;
  return { dtype, shape: shape.map(Number), form: 'sparse', storage: null };
}

/** Indices of (sparse dimensions, entries), values of (entries, dense dimensions …). */
function isSparse(
  [sparse = 0, entries, ...more]: readonly number[],
  [ofValues, ...dense]: readonly number[],
  shape: readonly number[],
): boolean {
  return (
    entries !== undefined &&
    more.length === 0 &&
    ofValues === entries &&
    shape.length === sparse + dense.length &&
    dense.every((size, dimension) => shape[sparse + dimension] === size)
  );
}
