import type { IncomingHttpHeaders } from 'node:http';
import { STORE_CODE_MAX_CHARACTERS } from './blob-limits.ts';

/** `[start, end)` of a representation of `sizeBytes`. */
export interface ContentRange {
  readonly start: number;
  readonly end: number;
  readonly sizeBytes: number;
}

/** RFC 9110, 14.4: `bytes 0-99/200`; `null` for any other form, unknown sizes included. */
export function parseContentRange(
  value: string | undefined,
): ContentRange | null {
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16})$/.exec(value ?? '');
  if (match === null) return null;
  const [first = NaN, last = NaN, sizeBytes = NaN] = match.slice(1).map(Number);
  const isSound = first <= last && last < sizeBytes;
  return isSound && Number.isSafeInteger(sizeBytes)
    ? { start: first, end: last + 1, sizeBytes }
    : null;
}

/** The size in the answer to a range beyond the end, with `*` for its range; `null` where it has none. */
export function parseUnsatisfied(value: string | undefined): number | null {
  const match = /^bytes \*\/(\d{1,16})$/.exec(value ?? '');
  const sizeBytes = Number(match?.[1] ?? NaN);
  return Number.isSafeInteger(sizeBytes) ? sizeBytes : null;
}

/**
 * The file's name in a `Content-Disposition` (RFC 6266): `filename*` first, and without
 * the folders that it may be given with; `null` where there is none.
 */
export function parseFileName(value: string | undefined): string | null {
  const text = value ?? '';
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s"]+)/i.exec(text);
  return (
    baseName(decode(extended?.[1])) ??
    baseName(quoted(text) ?? /;\s*filename\s*=\s*([^;\s"]+)/i.exec(text)?.[1])
  );
}

function quoted(text: string): string | undefined {
  const match = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(text);
  return match?.[1]?.replace(/\\(.)/g, '$1');
}

function decode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded UTF-8: as if it were not there.
    return undefined;
  }
}

function baseName(path: string | undefined): string | null {
  const name = path?.split(/[/\\]/).pop() ?? '';
  return name === '' || name === '.' || name === '..' ? null : name;
}

/**
 * What the store calls its error: Azure's header, or the `Code` of an XML body. Letters,
 * digits and spaces only; `''` where there is none, or where it repeats a secret.
 */
export function storeCode(
  headers: IncomingHttpHeaders,
  body: string,
  secrets: readonly string[],
): string {
  const header = headers['x-ms-error-code'];
  const raw =
    typeof header === 'string'
      ? header
      : (/<Code>([^<]*)<\/Code>/i.exec(body)?.[1] ?? '');
  if (secrets.some((secret) => raw.includes(secret))) return '';
  return raw
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .slice(0, STORE_CODE_MAX_CHARACTERS);
}
