/**
 * An integer from 0 to 2^64 - 1: a number wherever that is exact, as almost all are,
 * and only beyond that a bigint, which takes an object of its own. Equal ones are
 * equal to `===`.
 */
export type Unsigned = number | bigint;

const U64_END = 1n << 64n;
/** Digits of a number that is exact whatever they are. */
const EXACT_DIGITS = 15;

/** The value of a text of digits, or `null` for one beyond 2^64 - 1. */
export function unsignedOf(digits: string): Unsigned | null {
  return digits.length <= EXACT_DIGITS
    ? Number(digits)
    : withinU64(BigInt(digits));
}

/** The product, or `null` for one beyond 2^64 - 1. */
export function times(left: Unsigned, right: Unsigned): Unsigned | null {
  const product = Number(left) * Number(right);
  // One that is exact after rounding was exact before.
  if (Number.isSafeInteger(product)) return product;
  return withinU64(BigInt(left) * BigInt(right));
}

/** What is left when another that is not larger is taken away. */
export function minus(left: Unsigned, right: Unsigned): Unsigned {
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : narrow(BigInt(left) - BigInt(right));
}

/** Bits in bytes, or `null` where they do not fill them. */
export function wholeBytes(bits: Unsigned): Unsigned | null {
  if (typeof bits === 'number') return bits % 8 === 0 ? bits / 8 : null;
  return bits % 8n === 0n ? narrow(bits / 8n) : null;
}

/** Negative, 0 or positive, for sorting. */
export function compareUnsigned(left: Unsigned, right: Unsigned): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function withinU64(value: bigint): Unsigned | null {
  return value < U64_END ? narrow(value) : null;
}

function narrow(value: bigint): Unsigned {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
