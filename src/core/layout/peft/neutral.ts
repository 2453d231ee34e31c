import { asString } from '../../formats/json/access.ts';
import type { TensorValues } from '../../values/read-values.ts';
import type { NamedTensor } from '../tensors-in.ts';
import { oncePer } from '../../formats/once-per.ts';
import type { AdapterConfig } from '../adapter-config.ts';
import type { AdapterMeaning } from './meaning.ts';
import type { Neutral } from './rules.ts';
import { findTypeRule } from './table.ts';
import { tiedIn } from './tied.ts';

/** The modules of an adapter that change nothing in the base. */
export interface Effect {
  readonly modules: readonly string[];
  /** Of the first of them, what shows it: `lora_B.weight`, and the value of it. */
  readonly shownBy: readonly (readonly [suffix: string, value: number])[];
  /** Or what is made of equal pairs; `null` for nothing. */
  readonly pairs: string | null;
}

/** What the values of a tensor are to the question whether it has an effect. */
export type Shown = Pick<TensorValues, 'constant' | 'isPaired'>;

/**
 * The modules that have no effect, since all of a parameter has the value that makes
 * their product nothing: as it was before the first step, or lost.
 *
 * @param shownOf what the values of a tensor of this name show
 */
export function withoutEffect(
  meaning: AdapterMeaning,
  shownOf: (tensor: string) => Shown | undefined,
): Effect {
  const { rule, keys } = meaning;
  const { lastOf } = tiedIn(meaning);
  const constantOf = (tensor: string) =>
    shownOf(lastOf.get(tensor) ?? tensor)?.constant ?? null;
  const pairs = rule.neutralPairs;
  if (pairs !== null) {
    const paired = [...keys.modules.values()].filter(({ tensors }) =>
      tensors.get(pairs)?.every(({ name }) => shownOf(name)?.isPaired),
    );
    return { modules: paired.map(({ path }) => path), shownBy: [], pairs };
  }
  const shared = [...rule.sharedNeutral, ...rule.sharedLifeless].find((one) =>
    isNeutral(keys.shared, one, constantOf),
  );
  if (shared !== undefined)
    return {
      modules: [...keys.modules.keys()],
      shownBy: Object.entries(shared),
      pairs: null,
    };
  const idle = [...rule.neutral, ...rule.lifeless];
  const found = [...keys.modules.values()].flatMap((module) => {
    const neutral = idle.find((one) =>
      isNeutral(module.tensors, one, constantOf),
    );
    return neutral === undefined ? [] : [{ module, neutral }];
  });
  const [first] = found;
  return {
    modules: found.map(({ module }) => module.path),
    shownBy: first
      ? Object.entries(first.neutral).filter(([suffix]) =>
          first.module.tensors.has(suffix),
        )
      : [],
    pairs: null,
  };
}

/** Whether what there is of the suffixes has the values, and something is there. */
function isNeutral(
  tensors: ReadonlyMap<string, readonly NamedTensor[]>,
  neutral: Neutral,
  constantOf: (tensor: string) => number | null,
): boolean {
  let isThere = false;
  for (const suffix in neutral)
    for (const { name } of tensors.get(suffix) ?? []) {
      if (constantOf(name) !== neutral[suffix]) return false;
      isThere = true;
    }
  return isThere;
}

/** Starts of LoRA at which B is zero (tuners/lora/layer.py, `reset_lora_parameters`). */
const ZERO_STARTS: ReadonlySet<string> = new Set([
  'true',
  'gaussian',
  'eva',
  'mica',
]);

/** Whether an adapter of this configuration shows by its values that it never learned. */
export function showsStart({ peftType, fields }: AdapterConfig): boolean {
  const rule = findTypeRule(peftType);
  if (rule === null) return false;
  const { neutral, sharedNeutral, neutralPairs } = rule;
  if (neutral.length + sharedNeutral.length === 0 && neutralPairs === null)
    return false;
  for (const field of ['init_lora_weights', 'init_weights']) {
    const node = fields.get(field);
    if (node === undefined || node.kind === 'null') continue;
    const start =
      node.kind === 'boolean' ? String(node.value) : (asString(node) ?? '');
    if (field === 'init_weights') return start !== 'false';
    return ZERO_STARTS.has(start.toLowerCase());
  }
  return true;
}

/** The tensors of parameters that are zero before the first step. */
export const zeroAtStart = oncePer(
  ({ rule, keys }: AdapterMeaning): ReadonlySet<string> => {
    const starts = Object.entries({
      ...rule.neutral[0],
      ...rule.sharedNeutral[0],
    }).flatMap(([suffix, value]) => (value === 0 ? [suffix] : []));
    const modules = [...keys.modules.values()].map(({ tensors }) => tensors);
    const tensors = [...modules, keys.shared].flatMap((own) =>
      starts.flatMap((suffix) => own.get(suffix) ?? []),
    );
    return new Set(tensors.map(({ name }) => name));
  },
);
