/**
 * CRC-32 of long contents without their bytes: the checksums of two parts give
 * that of both (zlib's crc32_combine, in its form of zlib 1.2.12).
 */
const POLYNOMIAL = 0xedb88320;

/** The product of two polynomials modulo that of CRC-32, bits reflected. */
function multiply(left: number, right: number): number {
  let bit = 0x80000000;
  let factor = right;
  let product = 0;
  while (bit !== 0) {
    if ((left & bit) !== 0) product ^= factor;
    bit >>>= 1;
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product >>> 0;
}

/** x to the power of 8 times `bytes`, modulo the polynomial. */
function shift(bytes: number): number {
  let power = 0x80000000;
  // x^8, the shift by one byte, squared for every further bit of the count.
  let square = 0x00800000;
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = multiply(square, power);
    square = multiply(square, square);
  }
  return power;
}

/** The CRC-32 of a part followed by another that is `bytes` long. */
export function combineCrc32(
  first: number,
  second: number,
  bytes: number,
): number {
  return (multiply(shift(bytes), first) ^ second) >>> 0;
}

/** The CRC-32 of a part, `bytes` long, that stands `count` times in a row. */
export function repeatCrc32(part: number, bytes: number, count: number) {
  let crc = 0;
  let doubled = part;
  let length = bytes;
  for (let rest = count; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) crc = combineCrc32(crc, doubled, length);
    doubled = combineCrc32(doubled, doubled, length);
    length *= 2;
  }
  return crc;
}
