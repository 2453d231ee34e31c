import { latin1 } from './names.ts';
import type { ArgumentKind } from './opcodes.ts';

/**
 * The argument of an opcode as it stands in the file; `null` for none. Lines come without
 * their ends, one character a byte.
 */
export type Argument = null | number | bigint | Span | readonly string[];

/** Bytes `[start, end)` of a pickle: to make an array of each takes longer than to read it. */
export class Span {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  get length() {
    return this.end - this.start;
  }

  array(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }
}

/** A place in a pickle. */
export interface Cursor {
  readonly bytes: Uint8Array;
  /** Of the same bytes. */
  readonly view: DataView;
  at: number;
}

const LINE_FEED = 0x0a;
/** A module's or class's name, or a number: torch's are below 100 characters. */
const LINE_MAX_BYTES = 64 * 1024;

/**
 * Reads the argument that begins at the cursor, and leaves that behind it.
 *
 * @returns `undefined` when the bytes end before the argument does; a length from the
 *   file is held against what is left of them
 */
export function takeArgument(
  cursor: Cursor,
  kind: ArgumentKind,
): Argument | undefined {
  switch (kind) {
    case 'none':
      return null;
    case 'line':
      return takeLines(cursor, 1);
    case 'two-lines':
      return takeLines(cursor, 2);
    case 'bytes1':
    case 'bytes4':
    case 'bytes8':
      return takeBytes(cursor, LENGTH_BYTES[kind]);
    default:
      return takeNumber(cursor, kind);
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

/** Little-endian but for floats (CPython Lib/pickle.py, load_binfloat). */
function takeNumber(
  cursor: Cursor,
  kind: NumberKind,
): number | bigint | undefined {
  const { view, at } = cursor;
  const end = at + NUMBER_BYTES[kind];
  if (end > view.byteLength) return undefined;
  cursor.at = end;
  switch (kind) {
    case 'uint1':
      return view.getUint8(at);
    case 'uint2':
      return view.getUint16(at, true);
    case 'uint4':
      return view.getUint32(at, true);
    case 'int4':
      return view.getInt32(at, true);
    case 'float8':
      return view.getFloat64(at, false);
    case 'uint8':
      return view.getBigUint64(at, true);
  }
}

function takeBytes(cursor: Cursor, lengthBytes: 1 | 4 | 8): Span | undefined {
  const { bytes, view, at } = cursor;
  const start = at + lengthBytes;
  if (start > view.byteLength) return undefined;
  const length =
    lengthBytes === 1
      ? view.getUint8(at)
      : lengthBytes === 4
        ? view.getUint32(at, true)
        : Number(view.getBigUint64(at, true));
  if (length > view.byteLength - start) return undefined;
  cursor.at = start + length;
  return new Span(bytes, start, start + length);
}

function takeLines(
  cursor: Cursor,
  count: number,
): readonly string[] | undefined {
  const { bytes } = cursor;
  const lines: string[] = [];
  while (lines.length < count) {
    const start = cursor.at;
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0 || end - start >= LINE_MAX_BYTES) return undefined;
    lines.push(latin1(bytes, start, end));
    cursor.at = end + 1;
  }
  return lines;
}
