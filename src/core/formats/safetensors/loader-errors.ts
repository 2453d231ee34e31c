import type { SafetensorsDefect } from './types.ts';

const PREFIX = 'Error while deserializing header: ';

/**
 * What safetensors says of a defect: first as 0.6.0 and later spell it, then as
 * 0.5.3 and earlier do (huggingface/safetensors commit 3012241). Empty for what
 * only this tool refuses.
 */
export function safetensorsLoaderErrors(
  defect: SafetensorsDefect,
): readonly string[] {
  const words = wordsOf(defect);
  return words === null ? [] : words.map((text) => PREFIX + text);
}

function wordsOf(defect: SafetensorsDefect): readonly [string, string] | null {
  switch (defect.code) {
    case 'header-too-small':
      return ['header too small', 'HeaderTooSmall'];
    case 'header-too-large':
      return ['header too large', 'HeaderTooLarge'];
    case 'header-beyond-file':
      return ['invalid header length', 'InvalidHeaderLength'];
    case 'not-read':
      return null;
    case 'invalid-utf8':
      return ['invalid UTF-8 in header', 'InvalidHeader'];
    case 'invalid-json':
    case 'header-not-an-object':
    case 'metadata-invalid':
    case 'entry-invalid':
    case 'dtype-unknown':
      return ['invalid JSON in header', 'InvalidHeaderDeserialization'];
    case 'offsets':
      return [
        `invalid offset for tensor \`${defect.tensor}\``,
        `InvalidOffset("${defect.tensor}")`,
      ];
    case 'overflow':
      return [
        'overflow computing buffer size from shape and/or element type',
        'ValidationOverflow',
      ];
    case 'misaligned':
      return ['The slice is slicing for subbytes dtypes', 'MisalignedSlice'];
    case 'size-mismatch':
      return [
        'invalid shape, data type, or offset for tensor',
        'TensorInvalidInfo',
      ];
    case 'truncated':
    case 'trailing':
      return [
        'incomplete metadata, file not fully covered',
        'MetadataIncompleteBuffer',
      ];
  }
}
