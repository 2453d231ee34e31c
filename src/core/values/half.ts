const HALF_EXPONENT = 0x7c00;
const HALF_MANTISSA_BITS = 10;
const HALF_BIAS = 15;

/** The number behind the magnitude bits of a 16-bit float (IEEE 754 binary16). */
export function fromHalf(bits: number): number {
  const exponent = bits >> HALF_MANTISSA_BITS;
  const fraction = (bits & 0x3ff) / 1024;
  if (bits >= HALF_EXPONENT) return bits === HALF_EXPONENT ? Infinity : NaN;
  return exponent === 0
    ? fraction * 2 ** (1 - HALF_BIAS)
    : (1 + fraction) * 2 ** (exponent - HALF_BIAS);
}

/** The number behind the magnitude bits of a bfloat16: the upper half of a float32. */
export function fromBfloat16(bits: number): number {
  return fromFloat32(bits << 16);
}

const WORD = new Int32Array(1);
const FLOAT = new Float32Array(WORD.buffer);

/** The number behind the bits of a float32. */
export function fromFloat32(bits: number): number {
  WORD[0] = bits;
  return FLOAT[0] ?? NaN;
}
