import type { ByteReader } from '../../src/core/bytes/reader.ts';
import type { PlacedTensor } from '../../src/core/values/placed.ts';
import { readScan, valuesScan } from '../../src/core/values/read-values.ts';
import type { ByteOrder } from '../../src/core/values/scan-tensor.ts';

/** What the numbers of the tensors show, read in one go. */
export function readValues(
  reader: ByteReader,
  placed: readonly PlacedTensor[],
  order: ByteOrder,
) {
  return readScan(reader, valuesScan(reader.size, placed, order));
}
