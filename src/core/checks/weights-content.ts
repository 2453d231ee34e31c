import type { Content } from '../formats/content.ts';
import type { WeightsFileSubject } from '../layout/subjects.ts';

/**
 * Whether the loader that its name chooses would get as far as reading the
 * content in its own format. `unknown` counts for safetensors, whose format has
 * no magic bytes: the reader says what is wrong with it.
 */
export function isOwnFormat(
  format: WeightsFileSubject['format'],
  { kind }: Content,
): boolean {
  if (format === 'safetensors')
    return kind === 'safetensors' || kind === 'unknown';
  return kind === 'zip' || kind === 'torch-legacy';
}

/** What torch.load says of content that it does not know. */
export const TORCH_UNPICKLING_ERROR =
  'UnpicklingError: Weights only load failed.';
