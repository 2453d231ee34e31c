import type { PickleValue } from './pickle/values.ts';
import { fullNameOf } from './torch-globals.ts';
import type { TensorShape } from './torch-tensors.ts';

/** What an optimizer's `state_dict()` holds. */
export interface OptimizerFacts {
  /** Parameters of each group, in their order. */
  readonly groups: readonly number[];
  /** Parameters in all groups. */
  readonly parameters: number;
  /** Parameters that have a state. */
  readonly states: number;
  /** Shapes of Adam's first moment, each once; `null` where a state has none. */
  readonly shapes: readonly string[] | null;
}

/** Groups that are told apart; a layer each is some hundred. */
const GROUPS_MAX = 10_000;

/** The tensor that a value is; `undefined` for anything else. */
export type ShapeOf = (
  value: PickleValue | undefined,
) => TensorShape | undefined;

/** What a dict at whose root stand `state` and `param_groups` says; else `null`. */
export function describeOptimizer(
  root: ReadonlyMap<string, PickleValue>,
  shapeOf: ShapeOf,
): OptimizerFacts | null {
  const state = entriesOf(root.get('state'));
  const list = root.get('param_groups');
  if (state === null || list?.kind !== 'list') return null;
  if (list.items.length > GROUPS_MAX) return null;
  const paramsOf = fieldOf('params');
  const groups: number[] = [];
  for (const group of list.items) {
    const params = paramsOf(group);
    if (params?.kind !== 'list') return null;
    groups.push(params.items.length);
  }
  const momentOf = fieldOf('exp_avg');
  const shapes = new Set<string>();
  let hasAll = state.length > 0;
  for (const [, one] of state) {
    const shape = shapeOf(momentOf(one))?.shape;
    if (shape === undefined) hasAll = false;
    else shapes.add(shape.join('x'));
  }
  return {
    groups,
    parameters: groups.reduce((sum, count) => sum + count, 0),
    states: state.length,
    shapes: hasAll ? [...shapes] : null,
  };
}

/** Of each dict once: a pickle may refer to a large one ten thousand times. */
function fieldOf(name: string) {
  const known = new Map<PickleValue, PickleValue | undefined>();
  return (of: PickleValue): PickleValue | undefined => {
    if (!known.has(of)) known.set(of, byName(entriesOf(of) ?? []).get(name));
    return known.get(of);
  };
}

/** Keys and values as the pickle puts them in. */
export type Entries = readonly (readonly [PickleValue, PickleValue])[];

/** Of a dict or an OrderedDict; `null` for anything else. */
export function entriesOf(value: PickleValue | undefined): Entries | null {
  if (value?.kind === 'dict') return value.entries;
  const isOrdered =
    value?.kind === 'call' &&
    value.callee.kind === 'global' &&
    fullNameOf(value.callee) === 'collections.OrderedDict';
  return isOrdered ? value.entries : null;
}

/** Of a repeated name the last counts, as in Python. */
export function byName(entries: Entries): ReadonlyMap<string, PickleValue> {
  const named = new Map<string, PickleValue>();
  for (const [key, value] of entries)
    if (key.kind === 'text') named.set(key.value, value);
  return named;
}
