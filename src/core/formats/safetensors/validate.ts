import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { compareUnsigned, minus, times, wholeBytes } from '../unsigned.ts';
import type { Unsigned } from '../unsigned.ts';
import { bitsOf } from './dtypes.ts';
import type { DeclaredHeader } from './header.ts';
import type { DeclaredTensor } from './plain-entry.ts';
import type {
  SafetensorsDefect,
  SafetensorsHeader,
  TensorInfo,
} from './types.ts';

const LENGTH_BYTES = 8;

/**
 * Holds the declared tensors against each other and the file's size: contiguous
 * from 0, each as long as its shape and dtype say, the last ending with the file
 * (safetensors/src/tensor.rs, `Metadata::validate`).
 */
export function validateLayout(
  header: DeclaredHeader,
  headerBytes: number,
  sizeBytes: number,
): Parsed<SafetensorsHeader, SafetensorsDefect> {
  const sorted = inOrder(header.tensors);
  let expectedBegin: Unsigned = 0;
  for (const tensor of sorted) {
    const defect =
      findOffsetDefect(tensor, expectedBegin) ?? findSizeDefect(tensor);
    if (defect !== null) return defective(defect);
    expectedBegin = tensor.end;
  }
  const expected = BigInt(LENGTH_BYTES + headerBytes) + BigInt(expectedBegin);
  const ending = findEndDefect(expected, sizeBytes);
  if (ending !== null) return defective(ending);
  return parsed({
    headerBytes,
    tensors: sorted.map((one) => (isInNumbers(one) ? one : inNumbers(one))),
    metadata: header.metadata,
    notes: header.notes,
  });
}

/** Almost every header has them so, and looking is cheaper than sorting. */
function inOrder(tensors: readonly DeclaredTensor[]) {
  const isSorted = tensors.every((tensor, at) => {
    const next = tensors[at + 1];
    return next === undefined || compareOffsets(tensor, next) <= 0;
  });
  return isSorted ? tensors : [...tensors].sort(compareOffsets);
}

/** So that it need not be made anew: almost every one is. */
function isInNumbers(tensor: DeclaredTensor): tensor is TensorInfo {
  const isNumber = (value: Unsigned) => typeof value === 'number';
  const { shape, begin, end } = tensor;
  return shape.every(isNumber) && isNumber(begin) && isNumber(end);
}

function inNumbers(tensor: DeclaredTensor): TensorInfo {
  const { name, dtype, shape, begin, end } = tensor;
  return {
    name,
    dtype,
    shape: shape.map(Number),
    begin: Number(begin),
    end: Number(end),
  };
}

function compareOffsets(left: DeclaredTensor, right: DeclaredTensor): number {
  return (
    compareUnsigned(left.begin, right.begin) ||
    compareUnsigned(left.end, right.end)
  );
}

function findOffsetDefect(
  { name, begin, end }: DeclaredTensor,
  expectedBegin: Unsigned,
): SafetensorsDefect | null {
  if (begin === expectedBegin && end >= begin) return null;
  const order = begin > expectedBegin ? 'hole' : 'overlap';
  return {
    code: 'offsets',
    tensor: name,
    fault: end < begin ? 'reversed' : order,
    begin: String(begin),
    end: String(end),
    expectedBegin: String(expectedBegin),
  };
}

function findSizeDefect(tensor: DeclaredTensor): SafetensorsDefect | null {
  const { name, dtype, shape, begin, end } = tensor;
  const bits = bitsInAll(tensor);
  if (bits === null) return { code: 'overflow', tensor: name };
  const expected = wholeBytes(bits);
  if (expected === null)
    return { code: 'misaligned', tensor: name, bits: String(bits) };
  const found = minus(end, begin);
  if (found === expected) return null;
  return {
    code: 'size-mismatch',
    tensor: name,
    dtype,
    shape: shape.map(String),
    expectedBytes: String(expected),
    foundBytes: String(found),
  };
}

/** In the file's order, since an overflow before a zero still counts. */
function bitsInAll({ shape, dtype }: DeclaredTensor): Unsigned | null {
  let product: Unsigned | null = 1;
  for (const size of shape) {
    product = times(product, size);
    if (product === null) return null;
  }
  return times(product, bitsOf(dtype) ?? 0);
}

function findEndDefect(
  expected: bigint,
  sizeBytes: number,
): SafetensorsDefect | null {
  if (expected > BigInt(sizeBytes))
    return { code: 'truncated', sizeBytes, expectedBytes: String(expected) };
  const expectedBytes = Number(expected);
  return expectedBytes < sizeBytes
    ? { code: 'trailing', sizeBytes, expectedBytes }
    : null;
}
