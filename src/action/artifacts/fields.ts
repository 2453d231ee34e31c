/**
 * The checked gate for what services answer. All that is asked for is held against the
 * type that it must have; what else an answer holds is passed over.
 */
import { SourceError } from '../../core/bytes/reader.ts';

/** The own fields of a JSON object. */
export type Fields = ReadonlyMap<string, unknown>;

/** More than any name, id, token or URL has. */
const MAX_TEXT_CHARACTERS = 16 * 1024;

/** An answer is not what the service is known to give. */
export function badAnswer(what: string): SourceError {
  return new SourceError(
    'BAD_ANSWER',
    `GitHub's answer is not what was expected: ${what}. Nothing is concluded from it. Start the job again; if it stays so, the service has changed: report it to Checkpoint Gate, and use \`path\` after actions/download-artifact until then.`,
  );
}

/**
 * The fields of a JSON object. A map: `__proto__` is one key among others.
 *
 * @param what is read, for the error
 * @throws SourceError
 */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badAnswer(`${what} is not an object`);
  return new Map<string, unknown>(Object.entries(value));
}

/** @throws SourceError when it is no list */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw badAnswer(`${what} is not a list`);
  return Array.from<unknown>(value);
}

/**
 * The first of several spellings that is there and not null: Twirp answers in snake_case,
 * and in camelCase where a server takes the other of the two JSON forms of protobuf.
 */
export function pick(fields: Fields, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = fields.get(name);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** @throws SourceError when it is no text, is empty, or longer than any */
export function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string') throw badAnswer(`${what} is not text`);
  if (value === '' || value.length > MAX_TEXT_CHARACTERS)
    throw badAnswer(`${what} has ${value.length} characters`);
  return value;
}

/**
 * An id as digits: JSON of protobuf has 64-bit numbers as text, REST as a number.
 *
 * @throws SourceError
 */
export function idOf(value: unknown, what: string): string {
  const digits =
    typeof value === 'bigint' || Number.isSafeInteger(value)
      ? String(value)
      : value;
  if (typeof digits !== 'string' || !/^\d{1,19}$/.test(digits))
    throw badAnswer(`${what} is not a whole number from 0 on`);
  return digits;
}

/**
 * A count of bytes or of things.
 *
 * @throws SourceError when it is none that can be counted with
 */
export function countOf(value: unknown, what: string): number {
  const count = Number(idOf(value, what));
  if (!Number.isSafeInteger(count)) throw badAnswer(`${what} is too large`);
  return count;
}

/**
 * A point in time as ISO 8601, `null` when there is none.
 *
 * @throws SourceError for what is no such point
 */
export function timeOf(value: unknown, what: string): string | null {
  if (value === undefined) return null;
  const time = new Date(textOf(value, what));
  if (Number.isNaN(time.getTime())) throw badAnswer(`${what} is not a time`);
  return time.toISOString();
}

/**
 * `sha256:<hex>` in lower case, or `null`. A digest of another kind is none that can be
 * held against anything; the digits of SHA-256 may stand alone.
 *
 * @throws SourceError for what is no text
 */
export function digestOf(value: unknown, what: string): string | null {
  if (value === undefined || value === '') return null;
  const digits = /^(?:sha256:)?([0-9a-f]{64})$/.exec(
    textOf(value, what).toLowerCase(),
  )?.[1];
  return digits === undefined ? null : `sha256:${digits}`;
}
