import type { NamedTensor } from '../tensors-in.ts';
import type { AdapterMeaning } from './meaning.ts';

/** A tensor as messages name it, with its shape. */
export function shown({ name, shape }: NamedTensor): string {
  return `${name} [${shape.join(', ')}]`;
}

/** Kinds of tensors of which one layer alone is of another shape than all the rest. */
export function findOddShapes({ layers, config }: AdapterMeaning) {
  // Ranks differ from layer to layer by design.
  if (config.hasRankPattern || config.peftType === 'ADALORA') return [];
  const kinds = new Map<string, Map<string, NamedTensor[]>>();
  for (const { module } of layers) {
    const path = module.path.replace(/\.\d+\./g, '.#.');
    for (const [suffix, tensors] of module.tensors) {
      // Of numbered parameters each has its own shape.
      if (suffix.includes('#')) continue;
      const kind = `${path}.${suffix}`;
      const shapes = kinds.get(kind) ?? new Map<string, NamedTensor[]>();
      for (const tensor of tensors) {
        const shape = `[${tensor.shape.join(', ')}]`;
        const likes = shapes.get(shape);
        if (likes === undefined) shapes.set(shape, [tensor]);
        else likes.push(tensor);
      }
      kinds.set(kind, shapes);
    }
  }
  return [...kinds.values()].flatMap((shapes) => {
    if (shapes.size !== 2) return [];
    const [few, many] = [...shapes].sort(
      ([, left], [, right]) => left.length - right.length,
    );
    // Of two layers either may be the odd one, or the base is made so.
    if (few?.[1].length !== 1 || many === undefined || many[1].length < 2)
      return [];
    return [{ tensors: few[1].map(shown), expected: many[0] }];
  });
}
