import type { ArgumentKind } from './opcodes.ts';

/** The argument of an opcode as it stands in the file. */
export type Argument =
  | { readonly kind: 'none' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'big'; readonly value: bigint }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  /** Without its line end; one character a byte. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] };

/** An argument, and where the next opcode begins. */
export interface ReadArgument {
  readonly argument: Argument;
  readonly end: number;
}

const NOTHING: Argument = { kind: 'none' };
const LINE_FEED = 0x0a;
/** A module's or class's name, or a number: torch's are below 100 characters. */
const LINE_MAX_BYTES = 64 * 1024;

/**
 * Reads the argument that begins at `at`.
 *
 * @returns `null` when the bytes end before the argument does; a length from the
 *   file is held against what is left of them
 */
export function readArgument(
  view: DataView,
  at: number,
  kind: ArgumentKind,
): ReadArgument | null {
  switch (kind) {
    case 'none':
      return { argument: NOTHING, end: at };
    case 'line':
      return readLines(view, at, 1);
    case 'two-lines':
      return readLines(view, at, 2);
    case 'bytes1':
    case 'bytes4':
    case 'bytes8':
      return readBytes(view, at, LENGTH_BYTES[kind]);
    default:
      return readNumber(view, at, kind);
  }
}

const LENGTH_BYTES = { bytes1: 1, bytes4: 4, bytes8: 8 } as const;

type NumberKind = 'uint1' | 'uint2' | 'uint4' | 'uint8' | 'int4' | 'float8';

const NUMBER_BYTES: Readonly<Record<NumberKind, number>> = {
  uint1: 1,
  uint2: 2,
  uint4: 4,
  uint8: 8,
  int4: 4,
  float8: 8,
};

function readNumber(
  view: DataView,
  at: number,
  kind: NumberKind,
): ReadArgument | null {
  const end = at + NUMBER_BYTES[kind];
  if (end > view.byteLength) return null;
  return { argument: numberAt(view, at, kind), end };
}

/** Little-endian but for floats (CPython Lib/pickle.py, load_binfloat). */
function numberAt(view: DataView, at: number, kind: NumberKind): Argument {
  switch (kind) {
    case 'uint1':
      return { kind: 'number', value: view.getUint8(at) };
    case 'uint2':
      return { kind: 'number', value: view.getUint16(at, true) };
    case 'uint4':
      return { kind: 'number', value: view.getUint32(at, true) };
    case 'int4':
      return { kind: 'number', value: view.getInt32(at, true) };
    case 'float8':
      return { kind: 'number', value: view.getFloat64(at, false) };
    case 'uint8':
      return { kind: 'big', value: view.getBigUint64(at, true) };
  }
}

function readBytes(
  view: DataView,
  at: number,
  lengthBytes: 1 | 4 | 8,
): ReadArgument | null {
  const start = at + lengthBytes;
  if (start > view.byteLength) return null;
  const length =
    lengthBytes === 1
      ? view.getUint8(at)
      : lengthBytes === 4
        ? view.getUint32(at, true)
        : Number(view.getBigUint64(at, true));
  if (length > view.byteLength - start) return null;
  const value = new Uint8Array(view.buffer, view.byteOffset + start, length);
  return { argument: { kind: 'bytes', value }, end: start + length };
}

function readLines(
  view: DataView,
  at: number,
  count: number,
): ReadArgument | null {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const lines: string[] = [];
  let start = at;
  while (lines.length < count) {
    const stop = bytes
      .subarray(start, start + LINE_MAX_BYTES)
      .indexOf(LINE_FEED);
    if (stop < 0) return null;
    lines.push(latin1(bytes.subarray(start, start + stop)));
    start += stop + 1;
  }
  return { argument: { kind: 'lines', lines }, end: start };
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
