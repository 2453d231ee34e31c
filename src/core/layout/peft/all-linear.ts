import type { AdapterMeaning } from './meaning.ts';
import type { ModuleTensors } from './rules.ts';
import { isAllLinear, layerOf } from './targets.ts';

/** Parameters of embeddings, norms and convolutions, and of these by their dimensions. */
const NOT_LINEAR =
  /^(?:.*_embedding_[AB]|ln_tuning_layers\..*|trainable_tokens_delta|hada_t[12]|lokr_t2)$/;
const KERNELS: ReadonlySet<string> = new Set([
  'lora_A.weight',
  'hira_A',
  'lokr_w2',
]);
const MATRIX = 2;

/** Whether `all-linear` may stand for a module with these tensors. */
export function isLinear({ path, tensors }: ModuleTensors): boolean {
  if (path === 'lm_head') return false;
  for (const [suffix, own] of tensors) {
    if (NOT_LINEAR.test(suffix)) return false;
    if (KERNELS.has(suffix) && own.some(({ shape }) => shape.length > MATRIX))
      return false;
  }
  return true;
}

/**
 * A block of attention and feed-forward has four linear modules at least: Llama seven,
 * GPT-NeoX and Mamba four.
 */
const LEAST_KINDS = 4;

/** Kinds of modules with tensors, where they are fewer than any block has. */
export function fewLinear({ keys, config }: AdapterMeaning): string[] {
  if (!isAllLinear(config.fields.get('target_modules'))) return [];
  const kinds = new Set<string>();
  for (const path of keys.modules.keys()) {
    const layer = layerOf(path);
    if (layer !== null) kinds.add(path.replace(`.${layer}.`, '.#.'));
    if (kinds.size >= LEAST_KINDS) return [];
  }
  return [...kinds];
}
