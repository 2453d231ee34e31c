import type { PickleValue } from './pickle/values.ts';
import { fullNameOf } from './torch-globals.ts';

/** Dimensions of one tensor; torch itself takes 64 in most places. */
const DIMENSIONS_MAX = 64;

/** The integers of a tuple or a `torch.Size`, or `null`. */
export function sizesIn(
  value: PickleValue | undefined,
): readonly bigint[] | null {
  if (value?.kind === 'call') {
    const { callee, args, isReduced } = value;
    const isSize =
      isReduced &&
      callee.kind === 'global' &&
      fullNameOf(callee) === 'torch.Size' &&
      args.kind === 'tuple' &&
      args.items.length === 1 &&
      args.items[0]?.kind === 'tuple';
    return isSize ? sizesIn(args.items[0]) : null;
  }
  if (value?.kind !== 'tuple' || value.items.length > DIMENSIONS_MAX)
    return null;
  const integers: bigint[] = [];
  for (const item of value.items) {
    if (item.kind !== 'int') return null;
    integers.push(item.value);
  }
  return integers;
}

/** Far within what torch counts in (int64). */
const COUNTABLE = 1n << 50n;

/** Whether torch can count the elements of a shape, and each of the other numbers. */
export function isCountable(
  shape: readonly bigint[],
  others: readonly bigint[] = [],
): boolean {
  const elements = shape.reduce(
    (product, size) => product * (size === 0n ? 1n : size),
    1n,
  );
  return isBelow(elements) && shape.every(isBelow) && others.every(isBelow);
}

function isBelow(one: bigint): boolean {
  return one < COUNTABLE && one > -COUNTABLE;
}

/**
 * The bytes of a storage that a view needs, from the storage's start, or `null` for
 * one that torch refuses whatever the storage (aten/src/ATen/native/Resize.h,
 * `checkInBoundsForStorage`; ATen/EmptyTensor.cpp, `computeStorageNbytes`).
 */
export function bytesNeeded(
  offset: bigint,
  shape: readonly bigint[],
  strides: readonly bigint[],
  elementBytes: bigint,
): bigint | null {
  if (shape.length !== strides.length || offset < 0n) return null;
  if (shape.some((size) => size < 0n)) return null;
  // Of a tensor without elements the strides do not count.
  if (shape.includes(0n)) return 0n;
  if (strides.some((stride) => stride < 0n)) return null;
  const last = shape.reduce(
    (sum, size, at) => sum + (size - 1n) * (strides[at] ?? 0n),
    offset,
  );
  return (last + 1n) * elementBytes;
}

/** Without elements, and of a negative size: some of these torch takes, some not. */
export function isOddEmpty(shape: readonly bigint[]): boolean {
  return shape.includes(0n) && shape.some((size) => size < 0n);
}

/** More dimensions than tensors have. */
const FEW_DIMENSIONS = 8;

/** Of many each tuple once: it may stand in a hundred thousand tensors. */
export function asNumbers(
  known: Map<PickleValue, readonly number[]>,
  from: PickleValue | undefined,
  sizes: readonly bigint[],
): readonly number[] {
  if (from === undefined || sizes.length <= FEW_DIMENSIONS)
    return sizes.map(Number);
  const numbers = known.get(from) ?? sizes.map(Number);
  known.set(from, numbers);
  return numbers;
}
