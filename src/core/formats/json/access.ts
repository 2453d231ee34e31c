import { unsignedOf } from '../unsigned.ts';
import type { Unsigned } from '../unsigned.ts';
import type { JsonNode, JsonObject } from './types.ts';

/** The text of a string node, or `null`. */
export function asString(node: JsonNode | null | undefined): string | null {
  return node?.kind === 'string' ? node.value : null;
}

/** The items of an array node, or `null`. */
export function asArray(
  node: JsonNode | null | undefined,
): readonly JsonNode[] | null {
  return node?.kind === 'array' ? node.items : null;
}

/** The members of an object node, of a repeated key the last; or `null`. */
export function asObject(
  node: JsonNode | null | undefined,
): ReadonlyMap<string, JsonNode> | null {
  if (node?.kind !== 'object') return null;
  // Not from a list of pairs, which takes as much memory again.
  const members = new Map<string, JsonNode>();
  for (const { key, node: value } of node.entries) members.set(key, value);
  return members;
}

/** A member of an object node, of a repeated key the last. */
export function member(node: JsonNode, key: string): JsonNode | null {
  if (node.kind !== 'object') return null;
  return node.entries.findLast((entry) => entry.key === key)?.node ?? null;
}

/** The first key that stands in an object twice, or `null`. */
export function findRepeatedKey({ entries }: JsonObject): string | null {
  const seen = new Set<string>();
  for (const { key } of entries) {
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return null;
}

/** The value of an unsigned integer up to 2^64 - 1 as serde reads one, or `null`. */
export function asUnsigned(node: JsonNode | null | undefined): Unsigned | null {
  if (node?.kind !== 'number' || !/^\d{1,20}$/.test(node.lexeme)) return null;
  return unsignedOf(node.lexeme);
}

/**
 * Values and characters of a node and of all that is in it; where they are more than
 * `max`, any number above it.
 */
export function extentOf(node: JsonNode, max: number): number {
  switch (node.kind) {
    case 'object': {
      let extent = 1;
      for (const { key, node: value } of node.entries) {
        if (extent > max) break;
        extent += key.length + extentOf(value, max - extent);
      }
      return extent;
    }
    case 'array': {
      let extent = 1;
      for (const item of node.items) {
        if (extent > max) break;
        extent += extentOf(item, max - extent);
      }
      return extent;
    }
    case 'string':
      return 1 + node.value.length;
    case 'number':
      return 1 + node.lexeme.length;
    default:
      return 1;
  }
}

/** Whether two values are written alike, keys in the same order. */
export function isSameNode(
  left: JsonNode,
  right: JsonNode | undefined,
): boolean {
  if (left.kind === 'object')
    return (
      right?.kind === 'object' &&
      left.entries.length === right.entries.length &&
      left.entries.every(({ key, node }, at) => {
        const other = right.entries[at];
        return other?.key === key && isSameNode(node, other.node);
      })
    );
  if (left.kind === 'array')
    return (
      right?.kind === 'array' &&
      left.items.length === right.items.length &&
      left.items.every((item, at) => isSameNode(item, right.items[at]))
    );
  if (left.kind === 'number')
    return right?.kind === 'number' && left.lexeme === right.lexeme;
  if (left.kind === 'null') return right?.kind === 'null';
  return right?.kind === left.kind && left.value === right.value;
}
