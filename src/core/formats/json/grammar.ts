import { JSON_MAX_DEPTH, JSON_MAX_VALUES } from '../../bytes/limits.ts';
import type { Scanner } from './scanner.ts';
import type { JsonEntry, JsonNode } from './types.ts';

/** How many values there are so far. */
interface Budget {
  values: number;
}

/**
 * Reads a value of at most JSON_MAX_VALUES values.
 *
 * @param depth how many brackets it lies in
 * @throws ScanFailure where it is none
 */
export function readValue(scanner: Scanner, depth: number): JsonNode {
  return readWithin(scanner, { values: 0 }, depth);
}

function readWithin(scanner: Scanner, budget: Budget, depth: number): JsonNode {
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
    items.push(readWithin(scanner, budget, depth));
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
    entries.push({ key, node: readWithin(scanner, budget, depth) });
  });
  return entries.length === 0
    ? EMPTY_OBJECT
    : { kind: 'object', entries: trimmed(entries) };
}

/**
 * Reads an object by what `readMember` does with each of its members.
 *
 * @throws ScanFailure where it is none
 */
export function readMembers(
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
export function readKey(scanner: Scanner): string {
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
export function enter(scanner: Scanner, depth: number): void {
  if (depth > JSON_MAX_DEPTH) scanner.fail('too-deep');
  scanner.step();
  scanner.skipSpace();
}
