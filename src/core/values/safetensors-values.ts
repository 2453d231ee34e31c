import type { SafetensorsHeader } from '../formats/safetensors/types.ts';
import type { PlacedTensor } from './placed.ts';

/** Bytes before the header: its length. */
const LENGTH_BYTES = 8;

/** Where the tensors of a safetensors file lie in it. */
export function placeSafetensors({
  headerBytes,
  tensors,
}: SafetensorsHeader): readonly PlacedTensor[] {
  return tensors.map(({ name, dtype, shape, begin }) => ({
    name,
    dtype,
    shape,
    origin: LENGTH_BYTES + headerBytes + begin,
    offset: 0,
    strides: null,
    hidden: null,
  }));
}
