import type { Defect } from '../parsed.ts';

/**
 * A JSON value that keeps what `JSON.parse` loses: the order and repetition of
 * keys, and numbers as they are written.
 */
export type JsonNode =
  | JsonObject
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  /** As written: `2`, `2.0`, `-0`, `1e400`, `NaN`. */
  | { readonly kind: 'number'; readonly lexeme: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };

export interface JsonObject {
  readonly kind: 'object';
  /** In the order of the text, repeated keys included. */
  readonly entries: readonly JsonEntry[];
}

export interface JsonEntry {
  readonly key: string;
  readonly node: JsonNode;
}

/**
 * Whose answer is wanted. `python` (json.load): NaN and Infinity are numbers,
 * half a surrogate pair in `\u` escapes is kept. `serde` (serde_json, the reader
 * of safetensors headers): neither, and no number beyond a double.
 */
export type JsonDialect = 'python' | 'serde';

/** Why a text is not JSON. `at`: byte offset of where that shows. */
export type JsonDefect = Defect<
  /** Nothing but white space. */
  | 'empty'
  /** The text ends inside a value. */
  | 'truncated'
  | 'byte-order-mark'
  | 'invalid-utf8'
  /** Something other than what can come next. */
  | 'unexpected'
  /** More after the value. */
  | 'trailing'
  /** A control character or an unknown escape in a string. */
  | 'invalid-string'
  | 'invalid-number'
  | 'too-deep'
  /** Over JSON_MAX_VALUES, which is a cap of ours. */
  | 'too-many-values'
> & { readonly at: number };
