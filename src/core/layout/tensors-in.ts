import type { WeightsFile } from './subjects.ts';

/** A tensor of a weights file, whatever its format. */
export interface NamedTensor {
  readonly name: string;
  /** As safetensors spells it; `null` where its storage has no type of its own. */
  readonly dtype: string | null;
  readonly shape: readonly number[];
}

/**
 * The tensors of a weights file, or `null` where they cannot be told.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readTensorsIn({
  file,
  format,
}: WeightsFile): Promise<readonly NamedTensor[] | null> {
  if (format === 'safetensors') {
    const header = await file.safetensors();
    return header.ok ? header.value.tensors : null;
  }
  const state = await file.torchState();
  if (!state?.ok || state.value.unknown !== null) return null;
  const { tensors, inner } = state.value;
  // Which of those that lie deeper are weights only their producer knows.
  return tensors.length === 0 && inner.length > 0 ? null : tensors;
}
