import { Span } from './arguments.ts';
import type { Argument } from './arguments.ts';
import { latin1, NAME_MAX_BYTES } from './names.ts';
import { StepFault } from './stack.ts';

/** Python's `int` takes blanks and underscores, too; no pickle has them. */
export function parseInteger(line: string): bigint {
  if (!/^[+-]?\d{1,1000}$/.test(line)) throw new StepFault('operand-invalid');
  return BigInt(line);
}

/** Bytes of one LONG that are computed; 8 hold any size or offset. */
const LONG_MAX_BYTES = 255;
/** As many as a number holds exactly: random states have hundreds of five. */
const NUMBER_MAX_BYTES = 6;

/** Little-endian two's complement (pickle.decode_long); no bytes are 0. */
export function twosComplement({ bytes, start, end }: Span): bigint {
  const length = end - start;
  if (length > LONG_MAX_BYTES) throw new StepFault('operand-invalid');
  const isNegative = length > 0 && ((bytes[end - 1] ?? 0) & 0x80) !== 0;
  if (length <= NUMBER_MAX_BYTES) {
    let number = isNegative ? -(2 ** (8 * length)) : 0;
    for (let at = start, unit = 1; at < end; at += 1, unit *= 256)
      number += (bytes[at] ?? 0) * unit;
    return BigInt(number);
  }
  let value = isNegative ? -1n : 0n;
  for (let at = end - 1; at >= start; at -= 1)
    value = (value << 8n) | BigInt(bytes[at] ?? 0);
  return value;
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LOOSE = new TextDecoder('utf-8', { ignoreBOM: true });
/** A surrogate as three bytes, which Python's `surrogatepass` lets through. */
const SURROGATE_LEAD = 0xed;

/**
 * UTF-8 as pickles hold it (Lib/pickle.py, `load_binunicode`): strict, but for lone
 * surrogates, which come out as replacement characters.
 */
export function decodeText(span: Span): string {
  const { bytes: all, start, end } = span;
  if (span.length <= NAME_MAX_BYTES && isAscii(all, start, end))
    return latin1(all, start, end);
  const bytes = span.array();
  try {
    return STRICT.decode(bytes);
  } catch {
    const without = withoutSurrogates(bytes);
    if (without === null || !isStrict(without))
      throw new StepFault('operand-invalid');
    return LOOSE.decode(bytes);
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1)
    if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

/** `null` where there is none, so that something else is wrong. */
function withoutSurrogates(bytes: Uint8Array): Uint8Array | null {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    const isSurrogate =
      lead === SURROGATE_LEAD &&
      second >= 0xa0 &&
      second <= 0xbf &&
      (bytes[at + 2] ?? 0) >> 6 === 2;
    if (isSurrogate) at += 2;
    else kept[length++] = lead;
  }
  return length === bytes.length ? null : kept.subarray(0, length);
}

function isStrict(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export function numberIn(argument: Argument): number {
  if (typeof argument === 'number') return argument;
  throw new StepFault('operand-invalid');
}

export function spanIn(argument: Argument): Span {
  if (argument instanceof Span) return argument;
  throw new StepFault('operand-invalid');
}

export function linesIn(argument: Argument): readonly string[] {
  if (Array.isArray(argument)) return argument as readonly string[];
  throw new StepFault('operand-invalid');
}

export function lineIn(argument: Argument): string {
  return linesIn(argument)[0] ?? '';
}
