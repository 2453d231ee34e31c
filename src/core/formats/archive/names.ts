import { crc32 } from '../crc32.ts';
import { findExtra } from './extra.ts';

const UTF8_BIT = 1 << 11;
const UNICODE_PATH_ID = 0x7075;
/** Bytes from 0x80 on in code page 437, which a name is in by default (APPNOTE D.1). */
const CODE_PAGE =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The name of an entry; `null` where it is said to be UTF-8 and is not. Without the
 * flag it is UTF-8 where it can be, as Unix tools leave it, and code page 437 else.
 */
export function decodeEntryName(
  bytes: Uint8Array,
  flags: number,
  extra: Uint8Array,
): string | null {
  if ((flags & UTF8_BIT) !== 0) return decodeUtf8(bytes);
  return (
    unicodePath(bytes, extra) ?? decodeUtf8(bytes) ?? decodeCodePage(bytes)
  );
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return DECODER.decode(bytes);
  } catch {
    return null;
  }
}

function decodeCodePage(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : CODE_PAGE.charAt(byte - 0x80),
  ).join('');
}

/** Info-ZIP's field (APPNOTE 4.6.9): version 1, CRC-32 of the name it stands for, name. */
function unicodePath(bytes: Uint8Array, extra: Uint8Array): string | null {
  const { field } =
    extra.length === 0 ? NONE : findExtra(extra, UNICODE_PATH_ID);
  if (field === null || field.length < 5 || field[0] !== 1) return null;
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  if (view.getUint32(1, true) !== crc32(bytes, 0) >>> 0) return null;
  return decodeUtf8(field.subarray(5));
}

const NONE = { field: null };

/**
 * A name as a path below the root, without segments `.`; `null` where it is none that
 * every system unpacks to that very place: absolute, with `..`, a drive, a backslash, a
 * NUL or an empty segment. A path is never made of such a name.
 */
export function toEntryPath(name: string): string | null {
  const isFolder = name.endsWith('/');
  const path = isFolder ? name.slice(0, -1) : name;
  if (path.includes('\0') || path.includes('\\')) return null;
  if (/^[A-Za-z]:/.test(path)) return null;
  if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path)) return path;
  const segments = path.split('/');
  if (segments.some((one) => one === '' || one === '..')) return null;
  return segments.filter((one) => one !== '.').join('/');
}
