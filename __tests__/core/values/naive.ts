import { VALUE_PAGE } from '../../../src/core/bytes/limits.ts';
import type { ByteOrder } from '../../../src/core/values/scan-tensor.ts';
import { kernelOf } from '../../../src/core/values/kernels.ts';
import type { Kernel } from '../../../src/core/values/kernels.ts';

/** The kernel of a dtype that has one. */
export function kernelFor(dtype: string): Kernel {
  const kernel = kernelOf(dtype);
  if (kernel === null) throw new Error(`${dtype} has no kernel`);
  return kernel;
}

/** The bytes of numbers of a dtype that JavaScript can write itself. */
export function bytesOf(
  dtype: string,
  numbers: readonly number[],
  order: ByteOrder = 'little',
): Uint8Array {
  const { width } = kernelFor(dtype);
  const bytes = new Uint8Array(numbers.length * width);
  const view = new DataView(bytes.buffer);
  const isLittle = order === 'little';
  for (const [index, number] of numbers.entries()) {
    const at = index * width;
    switch (dtype) {
      case 'F64':
        view.setFloat64(at, number, isLittle);
        break;
      case 'F32':
        view.setFloat32(at, number, isLittle);
        break;
      case 'BF16':
        view.setUint16(at, upperHalf(number), isLittle);
        break;
      case 'I32':
        view.setInt32(at, number, isLittle);
        break;
      default:
        throw new Error(`${dtype} is not written here`);
    }
  }
  return bytes;
}

/** A bfloat16 is the upper half of a float32; rounded to zero. */
function upperHalf(number: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, number);
  const bits = view.getUint16(0);
  // A NaN whose set bits all lie in the lower half stays one.
  return Number.isNaN(number) ? bits | 0x40 : bits;
}

/** What a tensor of one dtype shows, one number after another. */
export function naiveScan(dtype: string, bytes: Uint8Array, order: ByteOrder) {
  const { width } = kernelFor(dtype);
  const own = bytes.slice();
  if (order === 'big')
    for (let at = 0; at < own.length; at += width)
      own.subarray(at, at + width).reverse();
  const view = new DataView(own.buffer);
  const numbers = Array.from({ length: own.length / width }, (_, at) =>
    read(dtype, view, at * width),
  );
  const finite = numbers.filter(Number.isFinite).map(Math.abs);
  const firstBad = numbers.findIndex((one) => !Number.isFinite(one));
  const [first] = numbers;
  const isConstant =
    first !== undefined &&
    firstBad < 0 &&
    numbers.every((one) => one === first);
  const lastNonZero = bytes.findLastIndex((byte) => byte !== 0);
  return {
    nan: numbers.filter(Number.isNaN).length,
    infinite: numbers.filter((one) => Math.abs(one) === Infinity).length,
    firstBad: firstBad < 0 ? null : firstBad,
    largest: finite.reduce((most, one) => Math.max(most, one), 0),
    // Negative zero is zero.
    constant: isConstant ? first + 0 : null,
    isPaired: isPaired(bytes, width * kernelFor(dtype).parts),
    repeatedPages: repeatedPages(bytes),
    zeroTailBytes: bytes.length - 1 - lastNonZero,
  };
}

/** Whether elements of so many bytes are equal in pairs. */
export function isPaired(bytes: Uint8Array, unit: number): boolean {
  const elements = Array.from({ length: bytes.length / unit }, (_, at) =>
    bytes.subarray(at * unit, (at + 1) * unit).join(),
  );
  return (
    elements.length > 0 &&
    elements.length % 2 === 0 &&
    elements.every((one, at) => at % 2 === 0 || one === elements[at - 1])
  );
}

/** By all samples of each page, beside those of the page before it. */
export function repeatedPages(bytes: Uint8Array): number {
  const { stride, bytes: size } = VALUE_PAGE;
  const pages: string[] = [];
  // A page that ends behind its last sample counts as whole.
  const last = Math.floor((size - 1) / stride) * stride;
  for (let at = 0; at + last < bytes.length; at += size)
    pages.push(
      bytes
        .subarray(at, at + size)
        .filter((_byte, place) => place % stride === 0)
        .join(),
    );
  return pages.filter(
    (page, at) => page === pages[at - 1] && /[1-9]/.test(page),
  ).length;
}

function read(dtype: string, view: DataView, at: number): number {
  switch (dtype) {
    case 'F64':
      return view.getFloat64(at, true);
    case 'F32':
      return view.getFloat32(at, true);
    case 'BF16': {
      const word = new DataView(new ArrayBuffer(4));
      word.setUint16(2, view.getUint16(at, true), true);
      return word.getFloat32(0, true);
    }
    default:
      return view.getInt32(at, true);
  }
}
