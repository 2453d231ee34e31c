import { BYTE_DTYPES, byteTableOf, byteValue } from './byte-tables.ts';
import type { ByteTable } from './byte-tables.ts';
import { fromBfloat16, fromFloat32, fromHalf } from './half.ts';

/**
 * What is to be known of one dtype. `largest` is the one function that every byte
 * passes through; whatever is faster has to answer the same.
 */
export interface Kernel {
  /** Bytes of what `largest` compares: of a complex number, of one part. */
  readonly width: number;
  /** Numbers to an element: 2 of a complex one. */
  readonly parts: number;
  /** Elements in `width` bytes: 2 of F4. */
  readonly perWidth: number;
  /** Whether it is of numbers that training changes by small amounts. */
  readonly isFloat: boolean;
  /**
   * The largest absolute value in bytes of this machine's order that begin at a
   * multiple of 8 in their buffer and hold whole numbers; NaN when there is a NaN or
   * an infinity among them.
   */
  readonly largest: (bytes: Uint8Array) => number;
  /**
   * The number that begins at byte `at` of `view`, little-endian; of two in one byte
   * the one that they both are, else NaN.
   */
  readonly value: (view: DataView, at: number) => number;
}

type Words = Int32Array;

const wordsOf = (bytes: Uint8Array): Words =>
  new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);

/** The exponent of infinity: bits at and above it are no finite number. */
const INFINITE_F32 = 0x7f80_0000;
const INFINITE_F16 = 0x7c00;
const INFINITE_BF16 = 0x7f80;

/** The sign aside. */
const MAGNITUDE = 0x7fff_ffff;

/**
 * The largest magnitude bits of float32. As integers they order as the numbers do,
 * NaN above all; four maxima, so that no step waits for the one before it.
 */
function largestF32(bytes: Uint8Array): number {
  const words = wordsOf(bytes);
  const inFours = words.length & ~3;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  // Comparing, not Math.max: that V8 takes for one of floats in some starts.
  for (let at = 0; at < inFours; at += 4) {
    const one = (words[at] ?? 0) & MAGNITUDE;
    const two = (words[at + 1] ?? 0) & MAGNITUDE;
    const three = (words[at + 2] ?? 0) & MAGNITUDE;
    const four = (words[at + 3] ?? 0) & MAGNITUDE;
    if (one > a) a = one;
    if (two > b) b = two;
    if (three > c) c = three;
    if (four > d) d = four;
  }
  for (let at = inFours; at < words.length; at++)
    a = Math.max(a, (words[at] ?? 0) & MAGNITUDE);
  const bits = Math.max(a, b, c, d);
  return bits >= INFINITE_F32 ? NaN : fromFloat32(bits);
}

/** Of two 16-bit floats in a word: their magnitude bits, and the sign bit above each. */
const MAGNITUDES = 0x7fff_7fff;
const SIGNS = 0x8000_8000 | 0;
/** Of the number in the lower half. */
const LOWER_MAGNITUDE = 0x7fff;

/**
 * The largest 15 magnitude bits of 16-bit floats, two to a word. What is the largest so
 * far stands with both sign bits set: a half of a word that is larger borrows the bit
 * when it is taken off. So eight numbers take one comparison, and the largest of them is
 * looked for only where one is larger, which is seldom.
 */
function largest16(bytes: Uint8Array): number {
  const words = wordsOf(bytes);
  const inFours = words.length & ~3;
  let most = SIGNS;
  for (let at = 0; at < inFours; at += 4) {
    const one = (words[at] ?? 0) & MAGNITUDES;
    const two = (words[at + 1] ?? 0) & MAGNITUDES;
    const three = (words[at + 2] ?? 0) & MAGNITUDES;
    const four = (words[at + 3] ?? 0) & MAGNITUDES;
    const kept = (most - one) & (most - two) & (most - three) & (most - four);
    if ((kept & SIGNS) === SIGNS) continue;
    most = largerOf(largerOf(most, one), largerOf(largerOf(two, three), four));
  }
  let bits = Math.max((most >> 16) & LOWER_MAGNITUDE, most & LOWER_MAGNITUDE);
  for (let at = inFours * 4; at + 1 < bytes.length; at += 2) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    const [low, high] = HOST_IS_LITTLE ? [first, second] : [second, first];
    bits = Math.max(bits, ((high & 0x7f) << 8) | low);
  }
  return bits;
}

/** Of each half the larger magnitude, with both sign bits set. */
function largerOf(left: number, right: number): number {
  const upper = Math.max(
    (left >> 16) & LOWER_MAGNITUDE,
    (right >> 16) & LOWER_MAGNITUDE,
  );
  const lower = Math.max(left & LOWER_MAGNITUDE, right & LOWER_MAGNITUDE);
  return (upper << 16) | lower | SIGNS;
}

/** Whether this machine keeps the lowest byte first. */
export const HOST_IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Of float64: what is no finite number leaves NaN in a product with 0. */
function largestF64(bytes: Uint8Array): number {
  const numbers = new Float64Array(
    bytes.buffer,
    bytes.byteOffset,
    bytes.length >> 3,
  );
  const inTwos = numbers.length & ~1;
  let a = 0;
  let b = 0;
  let lost = 0;
  for (let at = 0; at < inTwos; at += 2) {
    const one = Math.abs(numbers[at] ?? 0);
    const two = Math.abs(numbers[at + 1] ?? 0);
    lost += one * 0 + two * 0;
    if (one > a) a = one;
    if (two > b) b = two;
  }
  const last = Math.abs(numbers[inTwos] ?? 0);
  lost += last * 0;
  return Number.isNaN(lost) ? NaN : Math.max(a, b, last);
}

/** Which of the 256 bytes occur tells all. */
function largestByte(table: ByteTable, bytes: Uint8Array): number {
  const seen = new Uint8Array(table.length);
  const inTwos = bytes.length & ~1;
  for (let at = 0; at < inTwos; at += 2) {
    seen[bytes[at] ?? 0] = 1;
    seen[bytes[at + 1] ?? 0] = 1;
  }
  if (inTwos < bytes.length) seen[bytes[inTwos] ?? 0] = 1;
  let largest = 0;
  for (const [byte, magnitude] of table.entries()) {
    if (seen[byte] !== 1) continue;
    if (!Number.isFinite(magnitude)) return NaN;
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/** For what is in small tensors alone: one number after another. */
function largestBy(width: number, value: Kernel['value']): Kernel['largest'] {
  return (bytes) => {
    const own = HOST_IS_LITTLE ? bytes : swapped(bytes, width);
    const view = viewOf(own);
    let largest = 0;
    for (let at = 0; at + width <= bytes.length; at += width)
      largest = Math.max(largest, Math.abs(value(view, at)));
    return largest;
  };
}

/** A view of exactly these bytes. */
export function viewOf({
  buffer,
  byteOffset,
  byteLength,
}: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** The bytes of each number in the other order. */
export function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const copy = bytes.slice();
  for (let at = 0; at + width <= copy.length; at += width)
    copy.subarray(at, at + width).reverse();
  return copy;
}

function signed(bits: number, from: (magnitude: number) => number): number {
  const magnitude = from(bits & 0x7fff);
  return bits > 0x7fff ? -magnitude : magnitude;
}

const FLOAT_16 = { width: 2, parts: 1, perWidth: 1, isFloat: true } as const;

const F32: Kernel = {
  width: 4,
  parts: 1,
  perWidth: 1,
  isFloat: true,
  largest: largestF32,
  value: (view, at) => view.getFloat32(at, true),
};

const F64: Kernel = {
  width: 8,
  parts: 1,
  perWidth: 1,
  isFloat: true,
  largest: largestF64,
  value: (view, at) => view.getFloat64(at, true),
};

const F16: Kernel = {
  ...FLOAT_16,
  largest: (bytes) => {
    const bits = largest16(bytes);
    return bits >= INFINITE_F16 ? NaN : fromHalf(bits);
  },
  value: (view, at) => signed(view.getUint16(at, true), fromHalf),
};

const BF16: Kernel = {
  ...FLOAT_16,
  largest: (bytes) => {
    const bits = largest16(bytes);
    return bits >= INFINITE_BF16 ? NaN : fromBfloat16(bits);
  },
  value: (view, at) => signed(view.getUint16(at, true), fromBfloat16),
};

const INTEGERS: Readonly<Record<string, readonly [number, Kernel['value']]>> = {
  I16: [2, (view, at) => view.getInt16(at, true)],
  U16: [2, (view, at) => view.getUint16(at, true)],
  I32: [4, (view, at) => view.getInt32(at, true)],
  U32: [4, (view, at) => view.getUint32(at, true)],
  // Rounded beyond 2^53.
  I64: [8, (view, at) => Number(view.getBigInt64(at, true))],
  U64: [8, (view, at) => Number(view.getBigUint64(at, true))],
};

const KERNELS: ReadonlyMap<string, Kernel> = new Map([
  ['F64', F64],
  ['F32', F32],
  ['F16', F16],
  ['BF16', BF16],
  ['C32', { ...F16, parts: 2 }],
  ['C64', { ...F32, parts: 2 }],
  ['C128', { ...F64, parts: 2 }],
  ...Object.entries(INTEGERS).map(
    ([dtype, [width, value]]): [string, Kernel] => [
      dtype,
      {
        width,
        parts: 1,
        perWidth: 1,
        isFloat: false,
        largest: largestBy(width, value),
        value,
      },
    ],
  ),
  ...[...BYTE_DTYPES].map((dtype): [string, Kernel] => [
    dtype,
    byteKernel(dtype),
  ]),
]);

function byteKernel(dtype: string): Kernel {
  // Made for the first numbers: most files hold none of one byte.
  let table: ByteTable | null = null;
  return {
    width: 1,
    parts: 1,
    perWidth: dtype === 'F4' ? 2 : 1,
    isFloat: dtype.startsWith('F'),
    largest: (bytes) => {
      table ??= byteTableOf(dtype);
      return largestByte(table, bytes);
    },
    value: (view, at) => byteValue(dtype, view.getUint8(at)),
  };
}

/**
 * The kernel of a dtype as safetensors spells it (and torch's complex ones), or
 * `null` for one whose values are not looked at: F6, which is packed across bytes.
 */
export function kernelOf(dtype: string): Kernel | null {
  return KERNELS.get(dtype) ?? null;
}
