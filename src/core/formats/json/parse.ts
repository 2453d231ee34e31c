import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { decodeUtf8, utf8Length } from './decode.ts';
import { readKey, readMembers, readValue } from './grammar.ts';
import { Scanner, ScanFailure } from './scanner.ts';
import type { JsonDefect, JsonDialect, JsonNode } from './types.ts';

/**
 * Reads one JSON document (RFC 8259) and nothing after it but white space.
 * Takes time linear in the text; nesting is bounded by JSON_MAX_DEPTH, values by
 * JSON_MAX_VALUES.
 */
export function parseJson(
  bytes: Uint8Array,
  dialect: JsonDialect,
): Parsed<JsonNode, JsonDefect> {
  return scan(bytes, dialect, (scanner) => readValue(scanner, 0));
}

/** Takes the members of an object as they come. */
export interface MemberTaker {
  /**
   * Takes a member whole that begins at `at` of the text, where it is of a form that
   * the taker knows: valid JSON of the dialect, which counts as one value.
   *
   * @returns the place after it; `null` to have the member read
   */
  readonly takeWhole: (text: string, at: number) => number | null;
  readonly take: (key: string, node: JsonNode) => void;
}

/**
 * The same for a document that is an object of many members: each is handed to
 * `taker` and not kept, so that the whole is never in memory. JSON_MAX_VALUES
 * bounds every member by itself, `maxMembers` how many there are.
 *
 * @returns the kind of the document; members were taken only of an object
 */
export function parseMembers(
  bytes: Uint8Array,
  dialect: JsonDialect,
  maxMembers: number,
  taker: MemberTaker,
): Parsed<JsonNode['kind'], JsonDefect> {
  return scan(bytes, dialect, (scanner) => {
    if (scanner.peek() !== '{') return readValue(scanner, 0).kind;
    let members = 0;
    readMembers(scanner, 1, () => {
      const isTaken = scanner.offers(taker.takeWhole);
      const key = isTaken ? '' : readKey(scanner);
      if (++members > maxMembers) scanner.fail('too-many-values');
      if (!isTaken) taker.take(key, readValue(scanner, 1));
    });
    return 'object';
  });
}

function scan<T>(
  bytes: Uint8Array,
  dialect: JsonDialect,
  read: (scanner: Scanner) => T,
): Parsed<T, JsonDefect> {
  const text = decodeUtf8(bytes);
  if (!text.ok) return text;
  const scanner = new Scanner(text.value, dialect);
  try {
    return parsed(readDocument(scanner, read));
  } catch (error) {
    if (!(error instanceof ScanFailure)) throw error;
    return defective({
      code: error.code,
      at: byteOffset(text.value, error.at),
    });
  }
}

function byteOffset(text: string, at: number): number {
  return utf8Length(text.slice(0, at));
}

function readDocument<T>(scanner: Scanner, read: (scanner: Scanner) => T): T {
  scanner.skipSpace();
  if (scanner.isAtEnd()) scanner.fail('empty');
  const value = read(scanner);
  scanner.skipSpace();
  if (!scanner.isAtEnd()) scanner.fail('trailing');
  return value;
}
