import type { Fields } from '../config-fields.ts';
import { isTruthy, isWhole, numberOf } from '../config-values.ts';
import { asObject, asString } from '../../formats/json/access.ts';
import type { NamedTensor } from '../tensors-in.ts';
import type { ModuleTensors, SizeRule } from './rules.ts';

/** The first tensor of a suffix that has as many dimensions as are asked for. */
function tensorOf(
  { tensors }: ModuleTensors,
  suffix: string,
  dimensions: number,
): NamedTensor | null {
  const tensor = tensors.get(suffix)?.[0];
  return tensor?.shape.length === dimensions ? tensor : null;
}

export function numberIn(
  fields: Fields,
  field: string,
  byDefault: number,
): number {
  return numberOf(fields.get(field)) ?? byDefault;
}

const PARTS_OF_VARIANT: ReadonlyMap<string, number> = new Map([
  ['road_1', 1 / 2],
  ['road_2', 1],
  ['road_4', 2],
]);

/** road/layer.py, update_layer: groups of the output, and numbers for each. */
export const roadSizes: SizeRule = (module, fields) => {
  const tensor = tensorOf(module, 'road_theta', 1);
  const variant = asString(fields.get('variant')) ?? 'road_1';
  const parts = PARTS_OF_VARIANT.get(variant);
  const group = numberIn(fields, 'group_size', 64);
  if (tensor === null || parts === undefined || !(group > 0)) return null;
  const [size = 0] = tensor.shape;
  return (size / parts) % group === 0
    ? null
    : { tensor, expected: `a multiple of ${group * parts}` };
};

/** oft/layer.py, update_layer: blocks of b inputs, each rotated by b(b-1)/2 angles. */
export const oftSizes: SizeRule = (module, fields) => {
  const tensor = tensorOf(module, 'oft_R.weight', 2);
  if (tensor === null) return null;
  const [blocks = 0, angles = 0] = tensor.shape;
  const side = (1 + Math.sqrt(1 + 8 * angles)) / 2;
  if (!Number.isInteger(side))
    return { tensor, expected: '[n, b(b-1)/2] for a whole b' };
  const wanted = numberIn(fields, 'oft_block_size', 32);
  const isShared = isTruthy(fields.get('block_share'));
  // PEFT takes another block where this one does not divide the input.
  const divides = (size: number) =>
    size > 0 && !isShared && (blocks * side) % size === 0;
  if (wanted !== side && divides(wanted))
    return { tensor, expected: `[n, ${(wanted * (wanted - 1)) / 2}]` };
  const rank = numberIn(fields, 'r', 0);
  return wanted === 0 && rank !== blocks && divides(rank)
    ? { tensor, expected: `[${rank}, *]` }
    : null;
};

/** osf/model.py: what the preserved rank leaves of the smaller side of the weight. */
export const osfSizes: SizeRule = (module, fields) => {
  const tensor = tensorOf(module, 'osf_svd_params.U_low', 2);
  const right = tensorOf(module, 'osf_svd_params.V_low', 2);
  if (tensor === null || right === null) return null;
  const [out = 0, found = 0] = tensor.shape;
  const least = Math.min(out, right.shape[1] ?? 0);
  const kept = keptRank(fields, module.path, least);
  return kept === null || found === least - kept
    ? null
    : { tensor, expected: `[out, ${least - kept}]` };
};

/** `null` where a name of `rank_pattern` is an expression. */
function keptRank(fields: Fields, path: string, least: number): number | null {
  const half = Math.floor(least / 2);
  let node = fields.get('effective_rank');
  for (const [name, own] of asObject(fields.get('rank_pattern')) ?? []) {
    if (!/^\w+$/.test(name)) return null;
    if (!path.includes(name)) continue;
    node = own;
    break;
  }
  const rank = numberOf(node);
  if (node === undefined || rank === null) return half;
  const isShare = !isWhole(node) && rank > 0 && rank <= 1;
  return Math.min(least, Math.trunc(isShare ? least * rank : rank));
}

/** adamss/layer.py, update_layer: r directions, no more than the weight has. */
export const adamssSizes: SizeRule = (module, fields) => {
  const tensor = tensorOf(module, 'adamss_newB', 2);
  if (tensor === null) return null;
  const [found = 0, width = 0] = tensor.shape;
  const parts = module.tensors.get('adamss_B.#') ?? [];
  const height = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const odd = module.tensors
    .get('adamss_A.#')
    ?.find(({ shape }) => shape.length === 2 && shape[1] !== found);
  if (odd !== undefined) return { tensor: odd, expected: `[*, ${found}]` };
  const wanted = Math.min(numberIn(fields, 'r', 500), height, width);
  return found === wanted || height === 0
    ? null
    : { tensor, expected: `[${wanted}, in]` };
};

/** shira/layer.py, update_layer: as many numbers as LoRA has, which the weight holds. */
export const shiraSizes: SizeRule = (module, fields) => {
  const tensor = tensorOf(module, 'shira_weight', 1);
  const rank = numberIn(fields, 'r', 32);
  if (tensor === null || !(rank > 0)) return null;
  const [size = 0] = tensor.shape;
  // Of sides with this sum the weight is largest where they are equal.
  const sum = size / rank;
  return Number.isInteger(sum) && size <= (sum / 2) ** 2
    ? null
    : { tensor, expected: `r · (in + out) = ${rank} · (in + out)` };
};

/** adalora/model.py: the rank it starts with, until `rank_pattern` gives each its own. */
export const adaloraSizes: SizeRule = (module, fields) => {
  const tensor = tensorOf(module, 'lora_A', 2);
  const rank = numberIn(fields, 'init_r', 12);
  return tensor === null ||
    isTruthy(fields.get('rank_pattern')) ||
    tensor.shape[0] === rank
    ? null
    : { tensor, expected: `[${rank}, in]` };
};

/** peanut/layer.py, update_layer: as many encoders and decoders as the depth. */
export const peanutSizes: SizeRule = (module, fields) => {
  const tensor = tensorOf(module, 'peanut_A.weight', 2);
  const depth = numberOf(fields.get('depth'));
  if (tensor === null || depth === null) return null;
  const counts = ['peanut_encoders.#.weight', 'peanut_decoders.#.weight'].map(
    (suffix) => module.tensors.get(suffix)?.length ?? 0,
  );
  return counts.every((count) => count === depth)
    ? null
    : { tensor, expected: `beside ${depth} encoders and decoders` };
};
