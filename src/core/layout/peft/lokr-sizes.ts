import type { Fields } from '../config-fields.ts';
import { isWhole } from '../config-values.ts';
import type { NamedTensor } from '../tensors-in.ts';
import { numberIn } from './derived-sizes.ts';
import type { ModuleTensors, SizeRule } from './rules.ts';
import { rankOf } from './targets.ts';

const DEFAULT_RANK = 8;
/** Of a larger side the search for factors would take too long; no layer has one. */
const MAX_SIDE = 1 << 20;

/** One of the two matrices whose Kronecker product is the weight. */
interface Factor {
  readonly tensor: NamedTensor;
  readonly rows: number;
  /** Of a convolution without `lokr_t2` times the size of the kernel. */
  readonly columns: number;
  readonly isWhole: boolean;
  /** Whether `columns` may hold a kernel, too. */
  readonly isFlattened: boolean;
}

/**
 * lokr/layer.py, update_layer: each side of the weight is a product of two numbers,
 * which `decompose_factor` decides, and r whether the second matrix is stored whole.
 */
export const lokrSizes: SizeRule = (module, fields) => {
  const left = factorIn(module, 'lokr_w1');
  const right = factorIn(module, 'lokr_w2');
  if (left === null || right === null) return null;
  const factor = numberIn(fields, 'decompose_factor', -1);
  const sides = [
    [left.rows, right.rows, (first: number) => `[${first}, *]`],
    [left.columns, right.columns, (first: number) => `[*, ${first}]`],
  ] as const;
  for (const [first, second, words] of right.isFlattened
    ? sides.slice(0, 1)
    : sides) {
    const expected = firstFactor(first * second, factor);
    if (expected !== null && expected !== first)
      return { tensor: left.tensor, expected: words(expected) };
  }
  return wrongHalves(module, fields, right);
};

function wrongHalves(
  module: ModuleTensors,
  fields: Fields,
  { tensor, rows, columns, isWhole: isStoredWhole }: Factor,
): ReturnType<SizeRule> {
  const node = fields.get('r');
  const isFraction = node?.kind === 'number' && !isWhole(node);
  const isSplit = !isStoredWhole || module.tensors.has('lokr_w1_a');
  if (isFraction)
    return isSplit
      ? { tensor, expected: 'stored whole, as r is no whole number' }
      : null;
  const rank = rankOf(fields, module.path, DEFAULT_RANK);
  if (rank === null) return null;
  const wantsWhole = rank >= Math.max(rows, columns) / 2;
  if (wantsWhole === isStoredWhole) return null;
  return {
    tensor,
    expected: wantsWhole ? 'stored whole' : 'stored as two of rank r',
  };
}

function factorIn(
  { tensors }: ModuleTensors,
  name: 'lokr_w1' | 'lokr_w2',
): Factor | null {
  const of = (suffix: string) => tensors.get(suffix)?.[0];
  const whole = of(name);
  if (whole !== undefined) {
    const [rows, columns] = whole.shape;
    return rows === undefined || columns === undefined
      ? null
      : { tensor: whole, rows, columns, isWhole: true, isFlattened: false };
  }
  const tensor = of(`${name}_a`);
  const columns = of(`${name}_b`)?.shape[1];
  // With a core in the middle the first part lies transposed.
  const hasCore = name === 'lokr_w2' && tensors.has('lokr_t2');
  const rows = tensor?.shape[hasCore ? 1 : 0];
  if (tensor === undefined || rows === undefined || columns === undefined)
    return null;
  const isFlattened = name === 'lokr_w2' && !hasCore;
  return { tensor, rows, columns, isWhole: false, isFlattened };
}

/**
 * The first of the two numbers that PEFT takes a side apart into (`factorization`);
 * `null` for a side that is none.
 */
function firstFactor(side: number, factor: number): number | null {
  if (side < 1 || side > MAX_SIDE) return null;
  if (factor > 0 && side % factor === 0) return factor;
  const most = factor === -1 ? side : factor;
  let first = 1;
  let second = side;
  while (first < second) {
    let next = first + 1;
    while (side % next !== 0) next += 1;
    if (next + side / next > 1 + side || next > most) break;
    first = next;
    second = side / next;
  }
  return Math.min(first, second);
}
