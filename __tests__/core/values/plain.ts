import { isPaired, repeatedPages } from './naive.ts';
import { readFileSync } from 'node:fs';

/** One number of a dtype, the plain way. */
interface Plain {
  readonly width: number;
  /** Numbers to an element. */
  readonly parts: number;
  readonly read: (view: DataView, at: number) => number;
}

/** Single bytes of a dtype, as torch read them (scripts/values/answers.py). */
interface ByteAnswer {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: string;
  readonly nan: number;
  readonly infinite: number;
  readonly constant: number | null;
}

// The file is our own.
const ANSWERS = JSON.parse(
  readFileSync(new URL('torch-answers.json', import.meta.url), 'utf8'),
) as readonly ByteAnswer[];

/** What torch says of each of the 256 bytes; of infinities the sign is not kept. */
function tableOf(dtype: string): ReadonlyMap<number, number> {
  return new Map(
    ANSWERS.filter(
      (one) => one.dtype === dtype && one.shape.join() === '1',
    ).map(({ bytes, nan, infinite, constant }) => {
      const number = infinite > 0 ? Infinity : (constant ?? NaN);
      return [Buffer.from(bytes, 'base64')[0] ?? -1, nan > 0 ? NaN : number];
    }),
  );
}

/** IEEE 754 binary16, by the definition of its fields. */
function half(view: DataView, at: number): number {
  const digits = view.getUint16(at, true).toString(2).padStart(16, '0');
  const sign = digits.startsWith('1') ? -1 : 1;
  const exponent = parseInt(digits.slice(1, 6), 2);
  const fraction = parseInt(digits.slice(6), 2) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -14
    : sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function upper(view: DataView, at: number): number {
  const word = new DataView(new ArrayBuffer(4));
  word.setUint16(2, view.getUint16(at, true), true);
  return word.getFloat32(0, true);
}

const f32 = (view: DataView, at: number) => view.getFloat32(at, true);
const f64 = (view: DataView, at: number) => view.getFloat64(at, true);

function byTable(dtype: string): Plain {
  const table = tableOf(dtype);
  return {
    width: 1,
    parts: 1,
    read: (view, at) => {
      const number = table.get(view.getUint8(at));
      if (number === undefined)
        throw new Error(`torch has not read this byte of ${dtype}`);
      return number;
    },
  };
}

/** Every dtype that has a kernel, but F4, which has two numbers in a byte. */
export const PLAIN: ReadonlyMap<string, Plain> = new Map<string, Plain>([
  ['F64', { width: 8, parts: 1, read: f64 }],
  ['F32', { width: 4, parts: 1, read: f32 }],
  ['F16', { width: 2, parts: 1, read: half }],
  ['BF16', { width: 2, parts: 1, read: upper }],
  ['C32', { width: 2, parts: 2, read: half }],
  ['C64', { width: 4, parts: 2, read: f32 }],
  ['C128', { width: 8, parts: 2, read: f64 }],
  ['I16', { width: 2, parts: 1, read: (view, at) => view.getInt16(at, true) }],
  ['U16', { width: 2, parts: 1, read: (view, at) => view.getUint16(at, true) }],
  ['I32', { width: 4, parts: 1, read: (view, at) => view.getInt32(at, true) }],
  ['U32', { width: 4, parts: 1, read: (view, at) => view.getUint32(at, true) }],
  [
    'I64',
    {
      width: 8,
      parts: 1,
      read: (view, at) => Number(view.getBigInt64(at, true)),
    },
  ],
  [
    'U64',
    {
      width: 8,
      parts: 1,
      read: (view, at) => Number(view.getBigUint64(at, true)),
    },
  ],
  ['BOOL', { width: 1, parts: 1, read: (view, at) => view.getUint8(at) }],
  ...[
    'F8_E4M3',
    'F8_E5M2',
    'F8_E4M3FNUZ',
    'F8_E5M2FNUZ',
    'F8_E8M0',
    'U8',
    'I8',
  ].map((dtype): [string, Plain] => [dtype, byTable(dtype)]),
]);

/** What little-endian elements of a dtype show, one number after another. */
export function plainScan({ width, parts, read }: Plain, bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = Array.from({ length: bytes.length / width }, (_, at) =>
    read(view, at * width),
  );
  const firstBad = numbers.findIndex((one) => !Number.isFinite(one));
  return {
    nan: numbers.filter(Number.isNaN).length,
    infinite: numbers.filter((one) => Math.abs(one) === Infinity).length,
    firstBad: firstBad < 0 ? null : Math.floor(firstBad / parts),
    largest: numbers
      .filter(Number.isFinite)
      .reduce((most, one) => Math.max(most, Math.abs(one)), 0),
    constant: firstBad < 0 ? constantIn(numbers, bytes, width * parts) : null,
    isPaired: isPaired(bytes, width * parts),
    repeatedPages: repeatedPages(bytes),
    zeroTailBytes: bytes.length - 1 - bytes.findLastIndex((byte) => byte !== 0),
  };
}

/** Zeros of both signs are one number; of others the bytes have to agree. */
function constantIn(
  numbers: readonly number[],
  bytes: Uint8Array,
  unit: number,
): number | null {
  const [first] = numbers;
  if (first === undefined) return null;
  if (numbers.every((one) => one === 0)) return 0;
  return bytes.every((byte, at) => byte === bytes[at % unit]) ? first : null;
}
