import type { JsonNode } from '../formats/json/types.ts';

/** What stands for a field that is not in the file. */
export const NULL: JsonNode = { kind: 'null' };

/** The number that Python makes of a number, true or false; `null` for the rest. */
export function numberOf(node: JsonNode | undefined): number | null {
  if (node?.kind === 'boolean') return node.value ? 1 : 0;
  // `Number` reads Python's NaN, Infinity and exponents as Python does.
  return node?.kind === 'number' ? Number(node.lexeme) : null;
}

/** What Python takes for false in an `if`. */
export function isFalsy(node: JsonNode): boolean {
  switch (node.kind) {
    case 'null':
      return true;
    case 'string':
      return node.value === '';
    case 'array':
      return node.items.length === 0;
    case 'object':
      return node.entries.length === 0;
    default:
      return numberOf(node) === 0;
  }
}

/** What Python takes for true in an `if`; a field that is not there is not. */
export function isTruthy(node: JsonNode | undefined): boolean {
  return node !== undefined && !isFalsy(node);
}

/** What a report quotes of a text in a configuration need not be longer. */
const TEXT_SHOWN = 60;

/** A value as it stands in the file; lists and objects without what is in them. */
export function wordsOf(node: JsonNode): string {
  switch (node.kind) {
    case 'number':
      return node.lexeme.slice(0, TEXT_SHOWN);
    case 'boolean':
      return String(node.value);
    case 'string':
      return `"${node.value.slice(0, TEXT_SHOWN)}"`;
    case 'null':
      return 'null';
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
  }
}

/** The name of Python's class of a value, as its TypeErrors give it. */
export function classOf(node: JsonNode): string {
  switch (node.kind) {
    case 'number':
      return isWhole(node) ? 'int' : 'float';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    case 'null':
      return 'NoneType';
    case 'array':
      return 'list';
    case 'object':
      return 'dict';
  }
}

/** Whether Python reads an int: `2` is one, `2.0` and `2e0` are not. */
export function isWhole(node: JsonNode): boolean {
  return node.kind === 'number' && /^-?\d+$/.test(node.lexeme);
}
