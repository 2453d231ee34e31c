import type { TypeRule } from './rules.ts';
import { TYPES_A_TO_K } from './types-a-to-k.ts';
import { TYPES_L_TO_O } from './types-l-to-o.ts';
import { TYPES_P_TO_W } from './types-p-to-w.ts';

/**
 * What each type of PEFT 0.21.0 saves: read from the `__init__` and
 * `update_layer` of its tuner, and compared with adapters that PEFT wrote before and
 * after training. A type that is not here (XLORA) gets no check of its keys.
 */
const TYPES: ReadonlyMap<string, TypeRule> = new Map([
  ...TYPES_A_TO_K,
  ...TYPES_L_TO_O,
  ...TYPES_P_TO_W,
]);

/** The rule of a type, or `null` for one whose keys are not known here. */
export function findTypeRule(peftType: string): TypeRule | null {
  return TYPES.get(peftType) ?? null;
}

/** The types of which a layer has parameters of such names. */
export function typesWith(suffixes: readonly string[]): readonly string[] {
  return [...TYPES].flatMap(([name, { sets }]) =>
    sets.some(({ required }) =>
      required.some(({ suffix }) => suffixes.includes(suffix)),
    )
      ? [name]
      : [],
  );
}
