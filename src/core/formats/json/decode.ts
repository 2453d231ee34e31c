import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { JsonDefect } from './types.ts';

/** Decodes a document of UTF-8, which no byte order mark may begin. */
export function decodeUtf8(bytes: Uint8Array): Parsed<string, JsonDefect> {
  return hasMark(bytes)
    ? defective({ code: 'byte-order-mark', at: 0 })
    : decodePiece(bytes);
}

/** Whether bytes begin with a byte order mark. */
export function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Decodes UTF-8 and keeps what TextDecoder would drop: a byte order mark. */
export function decodePiece(bytes: Uint8Array): Parsed<string, JsonDefect> {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return parsed(decoder.decode(bytes));
  } catch {
    return defective({ code: 'invalid-utf8', at: validPrefix(bytes) });
  }
}

/**
 * How many of some bytes are whole characters, when others follow: the last one may be
 * cut. RFC 3629 section 3: the first byte says how many there are, up to four.
 */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bytes that a text takes in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Bytes that are decoded at a time to find where some are not UTF-8. */
const PROBE_BYTES = 64 * 1024;

/** Bytes before the first that is not UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  let valid = 0;
  while (valid < bytes.length) {
    const whole = bytes.subarray(valid, valid + PROBE_BYTES);
    const piece = whole.subarray(0, wholeCharacters(whole));
    if (piece.length === 0 || !isValid(piece)) break;
    valid += piece.length;
  }
  const rest = bytes.subarray(valid, valid + PROBE_BYTES);
  let invalid = rest.length;
  let known = 0;
  while (invalid - known > 1) {
    const middle = (known + invalid) >>> 1;
    if (isValid(rest.subarray(0, middle))) known = middle;
    else invalid = middle;
  }
  return valid + known;
}

function isValid(bytes: Uint8Array): boolean {
  try {
    // `stream` lets a character be cut at the end of the part.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
