import { JSON_MAX_DEPTH, JSON_MAX_VALUES } from '../../bytes/limits.ts';
import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { decodeUtf8 } from './decode.ts';
import { Scanner, ScanFailure } from './scanner.ts';
import type { JsonDefect, JsonEntry, JsonDialect, JsonNode } from './types.ts';

/**
 * Reads one JSON document (RFC 8259) and nothing after it but white space.
 * Takes time linear in the text; nesting is bounded by JSON_MAX_DEPTH, values by
 * JSON_MAX_VALUES.
 */
export function parseJson(
  bytes: Uint8Array,
  dialect: JsonDialect,
): Parsed<JsonNode, JsonDefect> {
  return scan(bytes, dialect, (scanner) =>
    readValue(scanner, { values: 0 }, 0),
  );
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
    if (scanner.peek() !== '{')
      return readValue(scanner, { values: 0 }, 0).kind;
    let members = 0;
    readMembers(scanner, 1, () => {
      const isTaken = scanner.offers(taker.takeWhole);
      const key = isTaken ? '' : readKey(scanner);
      if (++members > maxMembers) scanner.fail('too-many-values');
      if (!isTaken) taker.take(key, readValue(scanner, { values: 0 }, 1));
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
  return new TextEncoder().encode(text.slice(0, at)).length;
}

/** How many values the document has so far. */
interface Budget {
  values: number;
}

function readDocument<T>(scanner: Scanner, read: (scanner: Scanner) => T): T {
  scanner.skipSpace();
  if (scanner.isAtEnd()) scanner.fail('empty');
  const value = read(scanner);
  scanner.skipSpace();
  if (!scanner.isAtEnd()) scanner.fail('trailing');
  return value;
}

function readValue(scanner: Scanner, budget: Budget, depth: number): JsonNode {
  if (++budget.values > JSON_MAX_VALUES) scanner.fail('too-many-values');
  switch (scanner.peek()) {
    case '{':
      return readObject(scanner, budget, depth + 1);
    case '[':
      return readArray(scanner, budget, depth + 1);
    case '"':
      return scanner.readText();
    default:
      return scanner.readScalar();
  }
}

const EMPTY_ARRAY: JsonNode = { kind: 'array', items: [] };
const EMPTY_OBJECT: JsonNode = { kind: 'object', entries: [] };

function readArray(scanner: Scanner, budget: Budget, depth: number): JsonNode {
  enter(scanner, depth);
  if (scanner.takes(']')) return EMPTY_ARRAY;
  const items: JsonNode[] = [];
  for (;;) {
    items.push(readValue(scanner, budget, depth));
    scanner.skipSpace();
    if (scanner.takes(']')) return { kind: 'array', items: trimmed(items) };
    scanner.expect(',');
    scanner.skipSpace();
  }
}

function readObject(scanner: Scanner, budget: Budget, depth: number): JsonNode {
  const entries: JsonEntry[] = [];
  readMembers(scanner, depth, () => {
    const key = readKey(scanner);
    entries.push({ key, node: readValue(scanner, budget, depth) });
  });
  return entries.length === 0
    ? EMPTY_OBJECT
    : { kind: 'object', entries: trimmed(entries) };
}

function readMembers(
  scanner: Scanner,
  depth: number,
  readMember: () => void,
): void {
  enter(scanner, depth);
  if (scanner.takes('}')) return;
  for (;;) {
    readMember();
    scanner.skipSpace();
    if (scanner.takes('}')) return;
    scanner.expect(',');
    scanner.skipSpace();
  }
}

/** The key of a member, and the colon after it. */
function readKey(scanner: Scanner): string {
  const key = scanner.readString();
  scanner.skipSpace();
  scanner.expect(':');
  scanner.skipSpace();
  return key;
}

/** A list that grew by `push` has room for 17 and more: most have two or three. */
function trimmed<T>(list: readonly T[]): readonly T[] {
  return list.slice();
}

/** Steps over the opening bracket. */
function enter(scanner: Scanner, depth: number): void {
  if (depth > JSON_MAX_DEPTH) scanner.fail('too-deep');
  scanner.step();
  scanner.skipSpace();
}
