import type { ArgumentKind } from './opcodes.ts';

/**
 * The argument of an opcode as it stands in the file; `null` for none. Lines come without
 * their ends, one character a byte.
 */
export type Argument = null | number | bigint | Uint8Array | readonly string[];

/** A place in a pickle. */
export interface Cursor {
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

function takeBytes(
  cursor: Cursor,
  lengthBytes: 1 | 4 | 8,
): Uint8Array | undefined {
  const { view, at } = cursor;
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
  return new Uint8Array(view.buffer, view.byteOffset + start, length);
}

function takeLines(
  cursor: Cursor,
  count: number,
): readonly string[] | undefined {
  const { view } = cursor;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const lines: string[] = [];
  while (lines.length < count) {
    const start = cursor.at;
    const stop = bytes
      .subarray(start, start + LINE_MAX_BYTES)
      .indexOf(LINE_FEED);
    if (stop < 0) return undefined;
    lines.push(latin1(bytes.subarray(start, start + stop)));
    cursor.at = start + stop + 1;
  }
  return lines;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
