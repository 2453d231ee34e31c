import type { PickleValue } from './pickle/values.ts';
import {
  elementsOf,
  FLAG,
  itemsOf,
  misfitIn,
  NUMBER,
  TENSOR,
  whereThere,
} from './torch-misfit.ts';
import type { Misfit, Rule, ShapeOf } from './torch-misfit.ts';

type Fields = ReadonlyMap<string, PickleValue>;

const BETAS: Rule = {
  wanted: 'two numbers',
  fits: (value, shapeOf) => {
    const items = itemsOf(value);
    return (
      items?.length === 2 && items.every((one) => NUMBER.fits(one, shapeOf))
    );
  },
};

/** Of a group, with no default (torch/optim/adam.py, `step`). */
const NEEDED: Readonly<Record<string, Rule>> = {
  lr: NUMBER,
  betas: BETAS,
  eps: NUMBER,
  weight_decay: NUMBER,
};

/** Those that were saved by an older torch have a default (`__setstate__`). */
const WITH_DEFAULT: Readonly<Record<string, Rule>> = {
  amsgrad: FLAG,
  maximize: FLAG,
};

/** What torch's own optimizers say of each group; of Adam and AdamW alone `amsgrad`. */
const OF_TORCH = ['maximize', 'foreach', 'capturable', 'differentiable'];
/** Of these one may be gone. */
const OF_TORCH_MIN = 3;

/** Whether torch's own Adam or AdamW has written a group, and no other's. */
export function isAdamGroup(group: Fields): boolean {
  const known = OF_TORCH.filter((name) => group.has(name));
  return group.has('amsgrad') && known.length >= OF_TORCH_MIN;
}

/** What of a group of Adam its next step does not take. */
export function findAdamGroupMisfit(
  group: Fields,
  at: string,
  shapeOf: ShapeOf,
): Misfit | null {
  const misfit =
    misfitIn(group, NEEDED, { at, shapeOf }) ??
    misfitIn(group, whereThere(group, WITH_DEFAULT), { at, shapeOf });
  if (misfit !== null) return misfit;
  const isBoth =
    isSet(group.get('fused')) && isSet(group.get('differentiable'));
  return isBoth
    ? {
        where: `${at}['differentiable']`,
        found: 'set beside fused',
        wanted: 'False',
      }
    : null;
}

/** As Python tells it; what is not known here counts as set. */
function isSet(value: PickleValue | undefined): boolean {
  if (value === undefined || value.kind === 'none') return false;
  if (value.kind === 'bool') return value.value;
  if (value.kind === 'int' || value.kind === 'float')
    return Number(value.value) !== 0;
  if (value.kind === 'text') return value.value !== '';
  if (value.kind === 'dict') return value.entries.length > 0;
  return itemsOf(value)?.length !== 0;
}

const MOMENTS = ['exp_avg', 'exp_avg_sq'];
const MAXIMUM = 'max_exp_avg_sq';

/** Before torch 1.12 a number, of which `__setstate__` makes a tensor. */
const STEP: Rule = { wanted: 'a number', fits: NUMBER.fits };

/** What of the state of a parameter Adam's next step does not take; it has one. */
export function findAdamStateMisfit(
  state: Fields,
  hasMaximum: boolean,
  at: string,
  shapeOf: ShapeOf,
): Misfit | null {
  const moments = hasMaximum ? [...MOMENTS, MAXIMUM] : MOMENTS;
  const rules = Object.fromEntries(moments.map((name) => [name, TENSOR]));
  const misfit = misfitIn(state, { step: STEP, ...rules }, { at, shapeOf });
  if (misfit !== null) return misfit;
  const elements = elementsOf(shapeOf(state.get('exp_avg'))) ?? 0;
  return misfitIn(
    state,
    Object.fromEntries(moments.map((name) => [name, tensorOf(elements)])),
    { at, shapeOf },
  );
}

/** A step goes through all moments at once; of which shape they are is all one. */
function tensorOf(elements: number): Rule {
  return {
    wanted: `a tensor of as many elements as exp_avg, ${elements}`,
    fits: (value, shapeOf) => elementsOf(shapeOf(value)) === elements,
  };
}

export function isKeptByAdam(name: string): boolean {
  return name === 'step' || name === MAXIMUM || MOMENTS.includes(name);
}

/**
 * What Adam does not write into a state though it takes it; `null` for nothing. What
 * comes of it is not known.
 */
export function findAdamOddity(state: Fields, shapeOf: ShapeOf): string | null {
  const [first, second] = MOMENTS.map((name) => shapeOf(state.get(name)));
  return first?.dtype === second?.dtype &&
    first?.shape.join() === second?.shape.join()
    ? null
    : 'a state of Adam whose moments differ in type or shape';
}

/** Whether the steps of a state stand in a tensor, as torch keeps them since 1.12. */
export function hasStepTensor(state: Fields, shapeOf: ShapeOf): boolean {
  return elementsOf(shapeOf(state.get('step'))) !== null;
}
