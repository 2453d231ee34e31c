import { enter, readKey, readValue } from './grammar.ts';
import type { Scanner } from './scanner.ts';
import type { JsonNode } from './types.ts';
import type { JsonWindow } from './window.ts';

/** Takes what a long object holds, of which one member is a long list. */
export interface LongObjectTaker {
  /** The key of the list, whose items are taken one by one. */
  readonly list: string;
  /** A member as it ends. Of the list no value but `null`, when its items were taken. */
  readonly member: (key: string, node: JsonNode | null) => void;
  /** The list begins, perhaps once more. */
  readonly begin: () => void;
  /** @returns whether one more may follow */
  readonly item: (node: JsonNode) => boolean;
}

/**
 * Reads one JSON document and nothing after it but white space, as `parseJson` does, but
 * keeps neither the members of the object that it is nor the items of its list. Each
 * is bounded by JSON_MAX_VALUES. Yields where the window needs more text, or throws
 * the ScanFailure that `window.defectOf` tells of.
 *
 * @returns what the document is where it is no object; else `null`
 */
export function* readLongObject(
  window: JsonWindow,
  taker: LongObjectTaker,
): Generator<undefined, JsonNode | null> {
  const first = yield* take(window, (scanner) => {
    scanner.skipSpace();
    if (scanner.isAtEnd()) scanner.fail('empty');
    return scanner.peek();
  });
  let other: JsonNode | null = null;
  if (first === '{') yield* readMembers(window, taker);
  else other = yield* take(window, (scanner) => readValue(scanner, 0));
  yield* take(window, (scanner) => {
    scanner.skipSpace();
    if (!scanner.isAtEnd()) scanner.fail('trailing');
  });
  return other;
}

function* readMembers(
  window: JsonWindow,
  taker: LongObjectTaker,
): Generator<undefined> {
  if (yield* isEmpty(window, 1, '}')) return;
  do {
    const { key, isList } = yield* take(window, (scanner) => {
      const name = readKey(scanner);
      const isList = name === taker.list && scanner.peek() === '[';
      return { key: name, isList };
    });
    if (isList) yield* readItems(window, taker);
    else
      taker.member(
        key,
        yield* take(window, (scanner) => readValue(scanner, 1)),
      );
  } while (!(yield* isEnd(window, '}')));
}

function* readItems(
  window: JsonWindow,
  taker: LongObjectTaker,
): Generator<undefined> {
  taker.begin();
  if (!(yield* isEmpty(window, 2, ']')))
    do {
      const item = yield* take(window, (scanner) => readValue(scanner, 2));
      if (!taker.item(item))
        yield* take(window, (scanner) => scanner.fail('too-many-values'));
    } while (!(yield* isEnd(window, ']')));
  taker.member(taker.list, null);
}

/** Steps over the opening bracket, and over the closing one where that follows. */
function isEmpty(window: JsonWindow, depth: number, close: string) {
  return take(window, (scanner) => {
    enter(scanner, depth);
    return scanner.takes(close);
  });
}

/** Steps over the closing bracket, or else over a comma. */
function isEnd(window: JsonWindow, close: string) {
  return take(window, (scanner) => {
    scanner.skipSpace();
    if (scanner.takes(close)) return true;
    scanner.expect(',');
    scanner.skipSpace();
    return false;
  });
}

function* take<T>(
  window: JsonWindow,
  read: (scanner: Scanner) => T,
): Generator<undefined, T> {
  for (;;) {
    const got = window.attempt(read);
    if (got !== null) return got.value;
    yield;
  }
}
