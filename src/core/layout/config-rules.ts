import { asString } from '../formats/json/access.ts';
import type { JsonNode } from '../formats/json/types.ts';
import {
  classOf,
  isFalsy,
  isWhole,
  numberOf,
  wordsOf,
} from './config-values.ts';
import { isBrokenPattern } from './python-pattern.ts';

/** What PEFT takes for a field of adapter_config.json. */
export interface FieldRule {
  /** What it takes, as the end of "it takes …". */
  readonly takes: string;
  readonly accepts: (node: JsonNode) => boolean;
  /** What PEFT raises for another value, where that has words worth a search. */
  readonly raises?: (found: JsonNode) => string;
}

function isNumberLike({ kind }: JsonNode): boolean {
  return kind === 'number' || kind === 'boolean';
}

/** A list without numbers: PEFT splits each item at its dots. */
function isTextsOrNot(node: JsonNode): boolean {
  return (
    node.kind !== 'array' || node.items.every(({ kind }) => kind === 'string')
  );
}

/** Python 3.13 calls the class PatternError. */
const BROKEN_PATTERN = 're.error: … at position …';

/** PEFT goes through what Python takes for true, and looks into the rest. */
const noIterable = (found: JsonNode) =>
  isFalsy(found)
    ? `TypeError: argument of type '${classOf(found)}' is not iterable`
    : `TypeError: '${classOf(found)}' object is not iterable`;

/** One of a few texts. */
export function oneOf(...texts: readonly string[]): FieldRule {
  return {
    takes: texts.map((text) => `"${text}"`).join(' or '),
    accepts: (node) => texts.includes(asString(node) ?? ''),
    raises: () => 'ValueError',
  };
}

/** A whole number from `least` on, as `torch.empty` takes one for a size. */
export function wholeFrom(
  least: number,
  besides: 'nothing' | 'true' | 'booleans' = 'nothing',
): FieldRule {
  return {
    takes: `a whole number from ${least} on`,
    accepts: (node) =>
      node.kind === 'boolean'
        ? besides === 'booleans' || (besides === 'true' && node.value)
        : isWhole(node) && (numberOf(node) ?? 0) >= least,
  };
}

/** A whole number, or null where `orNull`; for lengths that the base decides. */
export function wholeNumber(orNull: boolean): FieldRule {
  return {
    takes: orNull ? 'a whole number or null' : 'a whole number',
    accepts: (node) =>
      isWhole(node) ||
      node.kind === 'boolean' ||
      (orNull && node.kind === 'null'),
  };
}

/** A number above 0; true is refused as a size. */
export const POSITIVE: FieldRule = {
  takes: 'a number above 0',
  accepts: (node) => node.kind === 'number' && !((numberOf(node) ?? 0) <= 0),
};

/** Python's division by the rank asks for a number, and takes true for 1. */
export const NUMBER: FieldRule = {
  takes: 'a number',
  accepts: isNumberLike,
  raises: (found) =>
    `TypeError: unsupported operand type(s) for /: '${classOf(found)}' and 'int'`,
};

/** `nn.Dropout` takes up to 1; below 0 PEFT builds none. */
export const DROPOUT: FieldRule = {
  takes: 'a number up to 1',
  accepts: (node) => isNumberLike(node) && !((numberOf(node) ?? 0) > 1),
  raises: (found) =>
    isNumberLike(found)
      ? `ValueError: dropout probability has to be between 0 and 1, but got ${wordsOf(found)}`
      : `TypeError: '>' not supported between instances of '${classOf(found)}' and 'float'`,
};

/** 0 to 1, and 1 itself not where `isOpen`. */
export function share(isOpen: boolean): FieldRule {
  return {
    takes: isOpen ? 'a number from 0 to below 1' : 'a number from 0 to 1',
    accepts: (node) => {
      const value = numberOf(node) ?? NaN;
      return value >= 0 && (isOpen ? value < 1 : value <= 1);
    },
    raises: () => 'ValueError',
  };
}

/** road/config.py. */
export const EVEN: FieldRule = {
  takes: 'an even number above 0',
  accepts: (node) =>
    isWhole(node) &&
    (numberOf(node) ?? 0) > 0 &&
    (numberOf(node) ?? 1) % 2 === 0,
  raises: (found) =>
    `ValueError: The group_size must be divisible by 2 when using RoadLayer, but got ${wordsOf(found)}.`,
};

/** A pattern table: name → value. */
export const OBJECT: FieldRule = {
  takes: 'an object of patterns',
  accepts: (node) =>
    node.kind === 'object' &&
    !node.entries.some(({ key }) => isBrokenPattern(key)),
  raises: (found) =>
    found.kind === 'object'
      ? BROKEN_PATTERN
      : `AttributeError: '${classOf(found)}' object has no attribute 'keys'`,
};

/** osf/model.py goes through it where Python takes it for true. */
export const OBJECT_OR_NOTHING: FieldRule = {
  takes: 'an object or null',
  accepts: (node) => isFalsy(node) || node.kind === 'object',
  raises: (found) =>
    `AttributeError: '${classOf(found)}' object has no attribute 'items'`,
};

/** `float()` of Python reads a text of digits, too. */
export const NUMBER_OR_NULL: FieldRule = {
  takes: 'a number or null',
  accepts: (node) =>
    isNumberLike(node) ||
    node.kind === 'null' ||
    /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(
      asString(node) ?? '',
    ),
  raises: (found) =>
    `ValueError: could not convert string to float: ${wordsOf(found)}`,
};

export const OBJECT_OR_NULL: FieldRule = {
  takes: 'an object or null',
  accepts: ({ kind }) => kind === 'object' || kind === 'null',
  raises: () => 'TypeError: … must be a …Config, a dict, or None.',
};

const isPatternOrNot = (node: JsonNode) =>
  !isBrokenPattern(asString(node) ?? '');

/** Targets beside target_parameters, which need none. A text is a pattern. */
export const NAMES_OR_NONE: FieldRule = {
  takes: 'a pattern or a list of names',
  accepts: (node) =>
    !isNumberLike(node) && isTextsOrNot(node) && isPatternOrNot(node),
  raises: (found) =>
    found.kind === 'string' ? BROKEN_PATTERN : noIterable(found),
};

/** target_modules: null is PEFT's choice for the base, an empty list is none. */
export const NAMES: FieldRule = {
  takes: 'a pattern or a list of names',
  accepts: (node) =>
    NAMES_OR_NONE.accepts(node) && (node.kind === 'null' || !isEmpty(node)),
  raises: (found) =>
    isEmpty(found)
      ? 'ValueError: No `target_modules` passed but also no `target_parameters` found.'
      : (NAMES_OR_NONE.raises?.(found) ?? ''),
};

function isEmpty(node: JsonNode): boolean {
  return (node.kind === 'array' || node.kind === 'object') && isFalsy(node);
}

/** exclude_modules: what Python takes for false is none. */
export const NAMES_OR_NOTHING: FieldRule = {
  takes: 'a pattern, a list of names or null',
  accepts: (node) =>
    (!isNumberLike(node) || isFalsy(node)) && isPatternOrNot(node),
  raises: (found) =>
    found.kind === 'string'
      ? BROKEN_PATTERN
      : `TypeError: argument of type '${classOf(found)}' is not iterable`,
};

/**
 * modules_to_save: of a text each letter counts as the end of a name, and
 * `embed`, `norm`, `attn` and `layers` are in any transformer.
 */
export const TEXTS_OR_NOTHING: FieldRule = {
  takes: 'a list of texts or null',
  accepts: (node) =>
    (!isNumberLike(node) || isFalsy(node)) &&
    isTextsOrNot(node) &&
    !/[dmns]/.test(asString(node) ?? ''),
  raises: (found) =>
    found.kind === 'string'
      ? "KeyError: 'base_model.…"
      : `TypeError: '${classOf(found)}' object is not iterable`,
};

/** A text would be searched for a number in, and a fraction is no list. */
export const LAYERS: FieldRule = {
  takes: 'a whole number, a list of them or null',
  accepts: (node) =>
    node.kind === 'number' ? isWhole(node) : node.kind !== 'string',
};

export const LISTS_OR_NOTHING: FieldRule = {
  takes: 'a list or null',
  accepts: (node) =>
    isFalsy(node) || node.kind === 'array' || node.kind === 'object',
  raises: (found) => `TypeError: '${classOf(found)}' object is not iterable`,
};

export const LIST_OR_NULL: FieldRule = {
  takes: 'a list or null',
  accepts: ({ kind }) => kind === 'array' || kind === 'null',
};

export const LIST: FieldRule = {
  takes: 'a list',
  accepts: ({ kind }) => kind === 'array',
};

/** A name that PEFT looks up in a longer list than is kept here. */
export const TEXT: FieldRule = {
  takes: 'a text',
  accepts: ({ kind }) => kind === 'string',
};

export const BOOLEAN: FieldRule = {
  takes: 'true or false',
  accepts: ({ kind }) => kind === 'boolean',
};

/** `torch.Generator.manual_seed`. */
export const SEED: FieldRule = {
  takes: 'a whole number',
  accepts: isWhole,
};

export const SCALAR: FieldRule = {
  takes: 'a number, true or false',
  accepts: ({ kind }) => kind !== 'array' && kind !== 'object',
};
