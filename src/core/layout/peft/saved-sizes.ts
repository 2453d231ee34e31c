import { shown } from './odd-shapes.ts';
import { PREFIX } from './keys.ts';
import type { AdapterMeaning } from './meaning.ts';

/** Tensors of one cause, and what they should be. */
export interface WrongSaved extends Record<string, string[] | string> {
  readonly tensors: string[];
  readonly expected: string;
}

/** What LoRA saves of embeddings and heads that it adapts (`save_embedding_layers`). */
const WRAPPED = /^(.+)\.base_layer\.weight$/;

/**
 * Weights of the base that are saved with the adapter on them, and are of another
 * size than the adapter: `[out, in]`, of an embedding `[v, d]`.
 */
export function wrappedMisfits({ keys, config }: AdapterMeaning): WrongSaved[] {
  if (config.peftType !== 'LORA') return [];
  const sizes = (path: string, suffix: string) =>
    keys.modules.get(path)?.tensors.get(suffix)?.[0]?.shape;
  return keys.whole.flatMap((tensor) => {
    const path = WRAPPED.exec(tensor.name.slice(PREFIX.length))?.[1] ?? '';
    const rows =
      sizes(path, 'lora_B.weight')?.[0] ?? sizes(path, 'lora_embedding_A')?.[1];
    const columns =
      sizes(path, 'lora_A.weight')?.[1] ?? sizes(path, 'lora_embedding_B')?.[0];
    if (rows === undefined || columns === undefined) return [];
    const [first, second] = tensor.shape;
    return first === rows && second === columns
      ? []
      : [{ tensors: [shown(tensor)], expected: `[${rows}, ${columns}]` }];
  });
}

/** No module of torch has a weight without a dimension. */
export function scalarsIn({ keys }: AdapterMeaning): WrongSaved[] {
  const tensors = [...keys.whole, ...[...keys.shared.values()].flat()].filter(
    ({ name, shape }) => shape.length === 0 && /\.(?:weight|bias)$/.test(name),
  );
  return tensors.length === 0
    ? []
    : [{ tensors: tensors.map(shown), expected: 'of any dimension' }];
}
