import type { PickleValue } from './pickle/values.ts';
import { byName, entriesOf } from './torch-dict.ts';
import {
  itemsOf,
  misfitIn,
  NUMBER,
  whereThere,
  wordsFor,
} from './torch-misfit.ts';
import type { Misfit, Rule, ShapeOf } from './torch-misfit.ts';

/** What `state_dict()` of a learning rate schedule holds. */
export interface SchedulerFacts {
  /** `last_epoch`: the steps that it took; `null` where it says none. */
  readonly lastEpoch: number | null;
  /**
   * Whether it counts its calls, as all but ReduceLROnPlateau and what is like it: these
   * a Trainer has step whenever the optimizer does.
   */
  readonly isStepped: boolean;
  /** Whether it is LambdaLR, as all of transformers are: alone it has `lr_lambdas`. */
  readonly isLambda: boolean;
  /** Whether it holds something besides what every schedule of torch does. */
  readonly hasOwn: boolean;
}

/** The attributes of every LRScheduler, of any version of torch. */
const OF_ALL: ReadonlySet<string> = new Set([
  'base_lrs',
  'last_epoch',
  'verbose',
  '_step_count',
  '_is_initial',
  '_get_lr_called_within_step',
  '_last_lr',
]);
/** Of ReduceLROnPlateau the last: before torch 2.2 it has nothing of the others. */
const MARKS = [
  '_step_count',
  'base_lrs',
  'lr_lambdas',
  '_last_lr',
  'num_bad_epochs',
];
/** Groups of an optimizer's parameters are some hundred at most. */
const RATES_MAX = 10_000;

const RATES: Rule = {
  wanted: 'a list of numbers',
  fits: (value, shapeOf) => {
    const items = itemsOf(value);
    return (
      items !== null &&
      items.length > 0 &&
      items.length <= RATES_MAX &&
      items.every((item) => NUMBER.fits(item, shapeOf))
    );
  },
};

/** Steps as a float count all the same. */
const STEPS: Rule = {
  wanted: 'a number of steps',
  fits: (value) => {
    if (value.kind !== 'int' && value.kind !== 'float') return false;
    const steps = Number(value.value);
    return Number.isInteger(steps) && steps >= 0;
  },
};

/**
 * `lr_scheduler.step()` of torch (torch/optim/lr_scheduler.py) takes these as they are;
 * `load_state_dict` only puts them in their places.
 */
const TAKEN: Readonly<Record<string, Rule>> = {
  base_lrs: RATES,
  last_epoch: STEPS,
  _step_count: NUMBER,
  _last_lr: RATES,
};

/** A dict by which torch's schedules can be told from those of users. */
export function describeScheduler(
  root: ReadonlyMap<string, PickleValue>,
): SchedulerFacts | null {
  if (!isTorchSchedule(root)) return null;
  const last = root.get('last_epoch');
  return {
    lastEpoch: last?.kind === 'int' ? Number(last.value) : null,
    isStepped: root.has('_step_count'),
    isLambda: root.has('lr_lambdas'),
    hasOwn: [...root.keys()].some((name) => !OF_ALL.has(name)),
  };
}

/** Whether it is a schedule of torch, or one made after those. */
export function isTorchSchedule(
  root: ReadonlyMap<string, PickleValue>,
): boolean {
  return MARKS.some((name) => root.has(name));
}

/** Why a schedule of torch ends, or goes on from another step; `null` for none. */
export function findSchedulerMisfit(
  value: PickleValue,
  shapeOf: ShapeOf,
): Misfit | null {
  const wanted = 'a dict, the state of a schedule';
  const entries = entriesOf(value);
  if (entries === null)
    return { where: '', found: wordsFor(value, shapeOf), wanted };
  if (entries.length === 0)
    return { where: '', found: 'an empty dict', wanted };
  const root = byName(entries);
  if (root.has('param_groups'))
    return { where: '', found: 'the state of an optimizer', wanted };
  if (!isTorchSchedule(root)) return null;
  return (
    misfitIn(root, neededOf(root), { shapeOf }) ??
    misfitIn(root, whereThere(root, TAKEN), { shapeOf }) ??
    lambdasMisfit(root, shapeOf)
  );
}

/** What is due of a schedule by what else it has. */
function neededOf(
  root: ReadonlyMap<string, PickleValue>,
): Readonly<Record<string, Rule>> {
  // A chain of schedules keeps the steps of each.
  const counts = root.has('_schedulers') ? {} : { last_epoch: STEPS };
  return root.has('_step_count') ? { ...counts, _last_lr: RATES } : counts;
}

/** LambdaLR puts each of `lr_lambdas` into the function of its place. */
function lambdasMisfit(
  root: ReadonlyMap<string, PickleValue>,
  shapeOf: ShapeOf,
): Misfit | null {
  const value = root.get('lr_lambdas');
  if (value === undefined) return null;
  const rates = itemsOf(root.get('base_lrs'))?.length ?? null;
  const wanted = 'a list of dicts or None, one a learning rate';
  const isEmpty = value.kind === 'dict' && value.entries.length === 0;
  const items = isEmpty ? [] : itemsOf(value);
  const isTaken =
    items !== null &&
    items.length <= RATES_MAX &&
    items.every((one) => one.kind === 'none' || entriesOf(one) !== null);
  const isOne =
    rates === null || items?.length === 0 || items?.length === rates;
  return isTaken && isOne
    ? null
    : { where: "['lr_lambdas']", found: wordsFor(value, shapeOf), wanted };
}
