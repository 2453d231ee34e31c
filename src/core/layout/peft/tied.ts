import { oncePer } from '../../formats/once-per.ts';
import type { NamedTensor } from '../tensors-in.ts';
import { numberOf } from '../config-values.ts';
import type { AdapterMeaning } from './meaning.ts';
import { layerOf } from './targets.ts';

/** Copies of parameters that are one in the model, each by its name. */
export interface Tied {
  /** The name of the copy that PEFT reads last, by that of each copy. */
  readonly lastOf: ReadonlyMap<string, string>;
  /** Suffixes and the modules that share them: `lily_B.weight model.layers.#.q_proj`. */
  readonly shared: ReadonlySet<string>;
}

/**
 * Parameters that a type saves with each module and that the modules of a kind share:
 * what is read last, of the last layer, counts for all of them.
 */
export const tiedIn = oncePer((meaning: AdapterMeaning): Tied => {
  const { rule, keys, config } = meaning;
  const lastOf = new Map<string, string>();
  const shared = new Set<string>();
  for (const [suffix, field] of rule.tied) {
    const stride =
      field === null ? Infinity : (numberOf(config.fields.get(field)) ?? 1);
    const kinds = new Map<string, { layer: number; tensor: NamedTensor }[]>();
    for (const { path, tensors } of keys.modules.values()) {
      const [tensor] = tensors.get(suffix) ?? [];
      if (tensor === undefined) continue;
      const layer = layerOf(path) ?? 0;
      const kind = kindOf(path);
      const own = kinds.get(kind);
      if (own === undefined) kinds.set(kind, [{ layer, tensor }]);
      else own.push({ layer, tensor });
    }
    for (const [kind, own] of kinds) {
      // Of a block the size of the stride; 1 shares nothing.
      if (!(stride > 1)) continue;
      if (stride === Infinity) shared.add(`${suffix} ${kind}`);
      own.sort((left, right) => left.layer - right.layer);
      for (const [at, { tensor }] of own.entries()) {
        const end = at - (at % Math.min(stride, own.length)) + stride;
        const last = own[Math.min(end, own.length) - 1]?.tensor.name;
        if (last !== undefined) lastOf.set(tensor.name, last);
      }
    }
  }
  return { lastOf, shared };
});

/** The module's name without the number of its layer. */
export function kindOf(path: string): string {
  const layer = layerOf(path);
  return layer === null ? path : path.replace(`.${layer}.`, '.#.');
}
