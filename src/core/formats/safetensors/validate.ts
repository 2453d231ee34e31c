import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { DeclaredHeader, DeclaredTensor } from './header.ts';
import type { SafetensorsDefect, SafetensorsHeader } from './types.ts';

const LENGTH_BYTES = 8;
const U64_END = 1n << 64n;

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
  const sorted = [...header.tensors].sort(compareOffsets);
  let expectedBegin = 0n;
  for (const tensor of sorted) {
    const defect =
      findOffsetDefect(tensor, expectedBegin) ?? findSizeDefect(tensor);
    if (defect !== null) return defective(defect);
    expectedBegin = tensor.end;
  }
  const expected = BigInt(LENGTH_BYTES + headerBytes) + expectedBegin;
  const ending = findEndDefect(expected, sizeBytes);
  if (ending !== null) return defective(ending);
  return parsed({
    headerBytes,
    tensors: sorted.map(({ name, dtype, shape, begin, end }) => ({
      name,
      dtype,
      shape: shape.map(Number),
      begin: Number(begin),
      end: Number(end),
    })),
    metadata: header.metadata,
    notes: header.notes,
  });
}

function compareOffsets(left: DeclaredTensor, right: DeclaredTensor): number {
  return compare(left.begin, right.begin) || compare(left.end, right.end);
}

function compare(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function findOffsetDefect(
  { name, begin, end }: DeclaredTensor,
  expectedBegin: bigint,
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
  if (bits % 8n !== 0n)
    return { code: 'misaligned', tensor: name, bits: String(bits) };
  if (end - begin === bits / 8n) return null;
  return {
    code: 'size-mismatch',
    tensor: name,
    dtype,
    shape: shape.map(String),
    expectedBytes: String(bits / 8n),
    foundBytes: String(end - begin),
  };
}

/** In the file's order, since an overflow before a zero still counts. */
function bitsInAll({ shape, bits }: DeclaredTensor): bigint | null {
  let product = 1n;
  for (const factor of [...shape, bits]) {
    product *= factor;
    if (product >= U64_END) return null;
  }
  return product;
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
