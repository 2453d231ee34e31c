import type { PickleValue } from './pickle/values.ts';
import type { TensorShape } from './torch-tensors.ts';

/** What of a state the class that takes it does not take. */
export interface Misfit {
  /** As Python names it from the root on: `['state'][0]['exp_avg']`; empty for all. */
  readonly where: string;
  /** What stands there, `a text`; `null` for nothing. */
  readonly found: string | null;
  /** What is taken: `a tensor`. */
  readonly wanted: string;
}

/** The tensor that a value is; `undefined` for anything else. */
export type ShapeOf = (
  value: PickleValue | undefined,
) => TensorShape | undefined;

/** What may stand somewhere. */
export interface Rule {
  readonly wanted: string;
  readonly fits: (value: PickleValue, shapeOf: ShapeOf) => boolean;
}

/** What stands in a pickle, in the words of who reads the file. */
export function wordsFor(value: PickleValue, shapeOf: ShapeOf): string {
  const tensor = shapeOf(value);
  if (tensor !== undefined)
    return `a tensor of the shape ${shapeWords(tensor)}`;
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
    case 'float':
      return 'a number';
    case 'text':
      return 'a text';
    case 'bytes':
      return 'bytes';
    case 'tuple':
    case 'list':
      return `a ${value.kind} of ${value.items.length}`;
    case 'dict':
      return 'a dict';
    default:
      return 'an object';
  }
}

function shapeWords({ shape }: TensorShape): string {
  return `[${shape.join(', ')}]`;
}

/** Of values by their names: the first that is not there or does not fit, or `null`. */
export function misfitIn(
  named: ReadonlyMap<string, PickleValue>,
  rules: Readonly<Record<string, Rule>>,
  { at = '', shapeOf }: { readonly at?: string; readonly shapeOf: ShapeOf },
): Misfit | null {
  for (const [name, { wanted, fits }] of Object.entries(rules)) {
    const value = named.get(name);
    const where = `${at}['${name}']`;
    if (value === undefined) return { where, found: null, wanted };
    if (!fits(value, shapeOf))
      return { where, found: wordsFor(value, shapeOf), wanted };
  }
  return null;
}

/** The rules of those names that are there. */
export function whereThere(
  named: ReadonlyMap<string, PickleValue>,
  rules: Readonly<Record<string, Rule>>,
): Readonly<Record<string, Rule>> {
  return Object.fromEntries(
    Object.entries(rules).filter(([name]) => named.has(name)),
  );
}

/** Python takes True and False for numbers. */
export const NUMBER: Rule = {
  wanted: 'a number',
  fits: (value, shapeOf) =>
    ['int', 'float', 'bool'].includes(value.kind) ||
    elementsOf(shapeOf(value)) === 1,
};

export const FLAG: Rule = {
  wanted: 'True or False',
  fits: ({ kind }) => kind === 'bool',
};

export const TENSOR: Rule = {
  wanted: 'a tensor',
  fits: (value, shapeOf) => shapeOf(value) !== undefined,
};

/** `null` where there is no tensor. */
export function elementsOf(tensor: TensorShape | undefined): number | null {
  return tensor?.shape.reduce((product, size) => product * size, 1) ?? null;
}

/** What a list or a tuple holds; `null` for anything else. */
export function itemsOf(
  value: PickleValue | undefined,
): readonly PickleValue[] | null {
  return value?.kind === 'list' || value?.kind === 'tuple' ? value.items : null;
}
