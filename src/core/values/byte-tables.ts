/**
 * The absolute value of every byte of the dtypes that have 256 values, so that one
 * look at which bytes occur tells all about a tensor. NaN and infinities stay as
 * they are.
 */
export type ByteTable = Float64Array;

/** How the bits of a small float are laid out, and what stands for no number. */
interface SmallFloat {
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly bias: number;
  /**
   * `ieee`: the highest exponent is infinity and NaN. `fn`: only all ones are NaN.
   * `fnuz`: only negative zero is NaN.
   */
  readonly special: 'ieee' | 'fn' | 'fnuz';
}

/** torch/headeronly/util/Float8_*.h; E8M0 aside, which has no mantissa. */
const SMALL_FLOATS: Readonly<Record<string, SmallFloat>> = {
  F8_E4M3: { exponentBits: 4, mantissaBits: 3, bias: 7, special: 'fn' },
  F8_E5M2: { exponentBits: 5, mantissaBits: 2, bias: 15, special: 'ieee' },
  F8_E4M3FNUZ: { exponentBits: 4, mantissaBits: 3, bias: 8, special: 'fnuz' },
  F8_E5M2FNUZ: { exponentBits: 5, mantissaBits: 2, bias: 16, special: 'fnuz' },
};

/** E2M1 (OCP Microscaling Formats 1.0, table 5): the sign is bit 3. */
const F4_MAGNITUDES = [0, 0.5, 1, 1.5, 2, 3, 4, 6] as const;

const E8M0_BIAS = 127;
const E8M0_NAN = 0xff;

/**
 * The number that a byte stands for, or of two in one byte the one that they both
 * are, else NaN. Rejects no byte: what is no number is NaN or infinite.
 */
export function byteValue(dtype: string, byte: number): number {
  const small = SMALL_FLOATS[dtype];
  if (small !== undefined) return smallFloat(small, byte);
  switch (dtype) {
    case 'F8_E8M0':
      return byte === E8M0_NAN ? NaN : 2 ** (byte - E8M0_BIAS);
    case 'F4':
      return byte >> 4 === (byte & 15) ? fourBits(byte & 15) : NaN;
    case 'I8':
      return (byte << 24) >> 24;
    default:
      return byte;
  }
}

/** Of which elements, or pairs of them, take a byte. */
export const BYTE_DTYPES: ReadonlySet<string> = new Set([
  ...Object.keys(SMALL_FLOATS),
  'F8_E8M0',
  'F4',
  'U8',
  'I8',
  'BOOL',
]);

/** The table of one of `BYTE_DTYPES`. */
export function byteTableOf(dtype: string): ByteTable {
  const magnitude = (byte: number) =>
    dtype === 'F4'
      ? Math.max(Math.abs(fourBits(byte & 15)), Math.abs(fourBits(byte >> 4)))
      : Math.abs(byteValue(dtype, byte));
  return Float64Array.from({ length: 256 }, (_, byte) => magnitude(byte));
}

function fourBits(bits: number): number {
  const magnitude = F4_MAGNITUDES[bits & 7] ?? NaN;
  return bits > 7 ? -magnitude : magnitude;
}

function smallFloat(format: SmallFloat, byte: number): number {
  const { exponentBits, mantissaBits, bias, special } = format;
  const magnitude = byte & 0x7f;
  if (special === 'fnuz' && byte === 0x80) return NaN;
  if (special === 'fn' && magnitude === 0x7f) return NaN;
  const sign = byte > 0x7f ? -1 : 1;
  const exponent = magnitude >> mantissaBits;
  const mantissa = magnitude & ((1 << mantissaBits) - 1);
  if (special === 'ieee' && exponent === (1 << exponentBits) - 1)
    return mantissa === 0 ? sign * Infinity : NaN;
  const fraction = mantissa / (1 << mantissaBits);
  return exponent === 0
    ? sign * fraction * 2 ** (1 - bias)
    : sign * (1 + fraction) * 2 ** (exponent - bias);
}
