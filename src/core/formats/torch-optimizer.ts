import type { PickleValue } from './pickle/values.ts';
import { oncePer } from './once-per.ts';
import { shortly, TextHash, TOLD_CHARACTERS } from './text-hash.ts';
import {
  findAdamGroupMisfit,
  findAdamOddity,
  findAdamStateMisfit,
  hasStepTensor,
  isKeptByAdam,
  isAdamGroup,
} from './torch-adam.ts';
import { byName, entriesOf } from './torch-dict.ts';
import type { Entries } from './torch-dict.ts';
import { elementsOf, NUMBER, wordsFor } from './torch-misfit.ts';
import { isTorchSchedule } from './torch-scheduler.ts';
import type { Misfit, ShapeOf } from './torch-misfit.ts';
import type { TensorShape } from './torch-tensors.ts';

/** How many steps a parameter was in: a number, or the tensor that keeps it. */
export type StepCount = number | TensorShape;

/** What an optimizer's `state_dict()` holds. */
export interface OptimizerFacts {
  /** Parameters of each group, in their order. */
  readonly groups: readonly number[];
  /** Parameters in all groups. */
  readonly parameters: number;
  /** Parameters that have a state with something in it. */
  readonly states: number;
  /** Shapes of Adam's first moment, each once; `null` where a state has none. */
  readonly shapes: readonly string[] | null;
  /**
   * The same for states of the same parameters that keep the same by name and shape (of
   * Adam's what Adam keeps), whatever the values and their types are.
   */
  readonly layout: string;
  /** Whether torch's own Adam or AdamW wrote all groups. */
  readonly isAdam: boolean;
  /** Names of what states keep, by which classes are told apart. */
  readonly keeps: readonly string[];
  /** Of the first parameter that has a state and of the last; none where one has none. */
  readonly stepCounts: readonly StepCount[];
  /** What is not as the class writes it, of which nothing is known; `null` for none. */
  readonly odd: string | null;
}

/** Groups that are told apart; a layer each is some hundred. */
const GROUPS_MAX = 10_000;
/** Parameters that are looked for one by one; the largest models have some ten thousand. */
const PARAMETERS_MAX = 200_000;

/** Of what a state keeps; no optimizer of anybody keeps so many things. */
const NAMES_MAX = 32;

type Fields = ReadonlyMap<string, PickleValue>;

/** A group as far as it is looked at. */
interface Group {
  readonly fields: Fields;
  readonly params: readonly PickleValue[];
  readonly isAdams: boolean;
}

/** What a dict at whose root stand `state` and `param_groups` says; else `null`. */
export function describeOptimizer(
  root: Fields,
  shapeOf: ShapeOf,
): OptimizerFacts | null {
  const state = entriesOf(root.get('state'));
  const groups = groupsIn(root.get('param_groups'));
  if (state === null || groups === null) return null;
  const isAdam = isOfAdam(groups);
  const describe = oncePer((one: PickleValue) =>
    describeState(one, isAdam, shapeOf),
  );
  const layout = new TextHash();
  const names = new Set<string>();
  const shapes = new Set<string>();
  let states = 0;
  let hasAll = state.length > 0;
  for (const [key, one] of state) {
    const { text, shape, isEmpty, fields } = describe(one);
    for (const name of fields) if (names.size < NAMES_MAX) names.add(name);
    layout.text(keyText(key));
    layout.text(text);
    if (shape === null) hasAll = false;
    else shapes.add(shape);
    if (!isEmpty) states += 1;
  }
  const counts = groups.map(({ params }) => params.length);
  return {
    groups: counts,
    parameters: counts.reduce((sum, count) => sum + count, 0),
    states,
    shapes: hasAll ? [...shapes] : null,
    layout: layout.digest(),
    isAdam,
    keeps: [...names],
    stepCounts: stepCountsOf(state, shapeOf),
    odd: oddityOf(groups, state, shapeOf),
  };
}

function groupsIn(value: PickleValue | undefined): readonly Group[] | null {
  if (value?.kind !== 'list' || value.items.length > GROUPS_MAX) return null;
  // Of each once: a pickle may refer to a large dict ten thousand times.
  const groupOf = oncePer((one: PickleValue): Group | null => {
    const fields = byName(entriesOf(one) ?? []);
    const params = fields.get('params');
    return params?.kind === 'list'
      ? { fields, params: params.items, isAdams: isAdamGroup(fields) }
      : null;
  });
  const groups = value.items.map(groupOf);
  return groups.every((group) => group !== null) ? groups : null;
}

/** What somebody puts into the states of Adam later on is not held against it. */
function describeState(value: PickleValue, isAdam: boolean, shapeOf: ShapeOf) {
  const fields = byName(entriesOf(value) ?? []);
  // One number is one, whether torch keeps it in a tensor or not.
  const own = [...fields].filter(([name]) => !isAdam || isKeptByAdam(name));
  const parts = own.map(([name, one]) => {
    const isOne = NUMBER.fits(one, shapeOf);
    const size = shapeOf(one)?.shape.join('x');
    return `${name} ${isOne ? 'number' : (size ?? one.kind)}`;
  });
  const moment = shapeOf(fields.get('exp_avg'));
  return {
    text: shortly(parts.sort().join()),
    shape: moment === undefined ? null : moment.shape.join('x'),
    isEmpty: fields.size === 0,
    fields: [...fields.keys()].slice(0, NAMES_MAX),
  };
}

function stepCountsOf(state: Entries, shapeOf: ShapeOf): readonly StepCount[] {
  const hasAny = ([, one]: Entries[number]) =>
    (entriesOf(one)?.length ?? 0) > 0;
  const ends = [state.find(hasAny), state.findLast(hasAny)];
  const counts = ends.map((entry) => stepCountOf(entry?.[1], shapeOf));
  return counts.every((count) => count !== null) ? counts : [];
}

function stepCountOf(
  state: PickleValue | undefined,
  shapeOf: ShapeOf,
): StepCount | null {
  const step = byName(entriesOf(state) ?? []).get('step');
  const tensor = shapeOf(step);
  if (tensor !== undefined) return elementsOf(tensor) === 1 ? tensor : null;
  return step?.kind === 'int' ? Number(step.value) : null;
}

/** One of 16 MB may stand for many parameters. */
const longKeyText = oncePer(
  (key: PickleValue & { readonly kind: 'text' }) =>
    `text ${shortly(key.value)}`,
);

function keyText(key: PickleValue): string {
  if (key.kind === 'int') return `int ${key.value}`;
  if (key.kind !== 'text') return key.kind;
  const isLong = key.value.length > TOLD_CHARACTERS;
  return isLong ? longKeyText(key) : `text ${key.value}`;
}

function isOfAdam(groups: readonly Group[]): boolean {
  return groups.length > 0 && groups.every(({ isAdams }) => isAdams);
}

function oddityOf(
  groups: readonly Group[],
  state: Entries,
  shapeOf: ShapeOf,
): string | null {
  const count = groups.reduce((sum, one) => sum + one.params.length, 0);
  if (count > PARAMETERS_MAX) return 'more parameters than are looked for';
  const params = groups.flatMap((group) => group.params.map(keyText));
  const known = new Set(params);
  if (known.size < params.length) return 'a parameter that is in it twice';
  if (state.some(([key]) => !known.has(keyText(key))))
    return 'the state of a parameter that is in no group';
  if (!isOfAdam(groups)) return null;
  if (params.length > 0 && state.length === 0)
    return 'the parameters of Adam and the state of none';
  const fields = oncePer((one: PickleValue) => byName(entriesOf(one) ?? []));
  const filled = state.map(([, one]) => fields(one)).filter(({ size }) => size);
  const inTensors = filled.filter((one) => hasStepTensor(one, shapeOf)).length;
  if (inTensors > 0 && inTensors < filled.length)
    return 'the steps of Adam as numbers and as tensors';
  for (const one of new Set(filled)) {
    const odd = findAdamOddity(one, shapeOf);
    if (odd !== null) return odd;
  }
  return null;
}

const WANTED = 'a dict with the state and the param_groups of an optimizer';

/**
 * What of an optimizer's state `load_state_dict` (torch/optim/optimizer.py) or, of Adam,
 * the first step after it does not take; `null` for nothing. What holds neither `state`
 * nor `param_groups` may be of a class of which nothing is known.
 */
export function findOptimizerMisfit(
  value: PickleValue,
  shapeOf: ShapeOf,
): Misfit | null {
  const entries = entriesOf(value);
  if (entries === null)
    return { where: '', found: wordsFor(value, shapeOf), wanted: WANTED };
  if (entries.length === 0)
    return { where: '', found: 'an empty dict', wanted: WANTED };
  const root = byName(entries);
  if (!root.has('state') && !root.has('param_groups'))
    return isOfNoOptimizer(root, shapeOf)
      ? { where: "['param_groups']", found: null, wanted: 'a list' }
      : null;
  const state = root.get('state');
  const states = entriesOf(state);
  if (states === null) return misfit("['state']", state, 'a dict', shapeOf);
  const list = root.get('param_groups');
  if (list?.kind !== 'list')
    return misfit("['param_groups']", list, 'a list', shapeOf);
  return (
    groupsMisfit(list.items.slice(0, GROUPS_MAX), shapeOf) ??
    statesMisfit(groupsIn(list) ?? [], states, shapeOf)
  );
}

/** The state of a schedule, or of a model. */
function isOfNoOptimizer(root: Fields, shapeOf: ShapeOf): boolean {
  return (
    isTorchSchedule(root) ||
    (root.size > 0 && [...root.values()].every((one) => shapeOf(one)))
  );
}

function misfit(
  where: string,
  value: PickleValue | undefined,
  wanted: string,
  shapeOf: ShapeOf,
): Misfit {
  const found = value === undefined ? null : wordsFor(value, shapeOf);
  return { where, found, wanted };
}

function groupsMisfit(
  items: readonly PickleValue[],
  shapeOf: ShapeOf,
): Misfit | null {
  const seen = new Set<PickleValue>();
  for (const [at, item] of items.entries()) {
    if (seen.has(item)) continue;
    seen.add(item);
    const where = `['param_groups'][${at}]`;
    const entries = entriesOf(item);
    if (entries === null) return misfit(where, item, 'a dict', shapeOf);
    const fields = byName(entries);
    const params = fields.get('params');
    if (params?.kind !== 'list')
      return misfit(`${where}['params']`, params, 'a list', shapeOf);
    const found = isAdamGroup(fields)
      ? findAdamGroupMisfit(fields, where, shapeOf)
      : null;
    if (found !== null) return found;
  }
  return null;
}

/** Of Adam, which the groups tell; of a state with nothing in it Adam makes one anew. */
function statesMisfit(
  groups: readonly Group[],
  states: Entries,
  shapeOf: ShapeOf,
): Misfit | null {
  if (!isOfAdam(groups)) return null;
  const hasMaximum = groups.some(({ fields }) => {
    const flag = fields.get('amsgrad');
    return flag?.kind === 'bool' && flag.value;
  });
  const seen = new Set<PickleValue>();
  for (const [key, one] of states) {
    if (seen.has(one)) continue;
    seen.add(one);
    const at = `['state'][${key.kind === 'int' ? key.value : `'${keyText(key)}'`}]`;
    const entries = entriesOf(one);
    if (entries === null) return misfit(at, one, 'a dict', shapeOf);
    if (entries.length === 0) continue;
    const found = findAdamStateMisfit(byName(entries), hasMaximum, at, shapeOf);
    if (found !== null) return found;
  }
  return null;
}
