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
  const text = decodeUtf8(bytes);
  if (!text.ok) return text;
  const scanner = new Scanner(text.value, dialect);
  try {
    return parsed(readDocument(scanner));
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

function readDocument(scanner: Scanner): JsonNode {
  scanner.skipSpace();
  if (scanner.isAtEnd()) scanner.fail('empty');
  const node = readValue(scanner, { values: 0 }, 0);
  scanner.skipSpace();
  if (!scanner.isAtEnd()) scanner.fail('trailing');
  return node;
}

function readValue(scanner: Scanner, budget: Budget, depth: number): JsonNode {
  if (++budget.values > JSON_MAX_VALUES) scanner.fail('too-many-values');
  switch (scanner.peek()) {
    case '{':
      return readObject(scanner, budget, depth + 1);
    case '[':
      return readArray(scanner, budget, depth + 1);
    case '"':
      return { kind: 'string', value: scanner.readString() };
    default:
      return scanner.readScalar();
  }
}

function readArray(scanner: Scanner, budget: Budget, depth: number): JsonNode {
  enter(scanner, depth);
  const items: JsonNode[] = [];
  if (scanner.takes(']')) return { kind: 'array', items };
  for (;;) {
    items.push(readValue(scanner, budget, depth));
    scanner.skipSpace();
    if (scanner.takes(']')) return { kind: 'array', items };
    scanner.expect(',');
    scanner.skipSpace();
  }
}

function readObject(scanner: Scanner, budget: Budget, depth: number): JsonNode {
  enter(scanner, depth);
  const entries: JsonEntry[] = [];
  if (scanner.takes('}')) return { kind: 'object', entries };
  for (;;) {
    const key = scanner.readString();
    scanner.skipSpace();
    scanner.expect(':');
    scanner.skipSpace();
    entries.push({ key, node: readValue(scanner, budget, depth) });
    scanner.skipSpace();
    if (scanner.takes('}')) return { kind: 'object', entries };
    scanner.expect(',');
    scanner.skipSpace();
  }
}

/** Steps over the opening bracket. */
function enter(scanner: Scanner, depth: number): void {
  if (depth > JSON_MAX_DEPTH) scanner.fail('too-deep');
  scanner.step();
  scanner.skipSpace();
}
