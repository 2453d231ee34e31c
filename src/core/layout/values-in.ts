import type { ByteReader } from '../bytes/reader.ts';
import { valuesScan } from '../values/read-values.ts';
import type { FileValues } from '../values/read-values.ts';
import type { Scan } from '../values/scan-spans.ts';
import { placeSafetensors } from '../values/safetensors-values.ts';
import { placeTorch } from '../values/torch-values.ts';
import type { FileFacts } from './file-facts.ts';

/**
 * The scan of the numbers of a weights file; by its content, for that is what they
 * are read as. `null` where it cannot be told which tensors there are.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function findScanIn(
  reader: ByteReader,
  facts: Pick<FileFacts, 'content' | 'safetensors' | 'torchZip' | 'torchState'>,
): Promise<Scan<FileValues> | null> {
  const { kind } = await facts.content();
  if (kind === 'torch-legacy') {
    const state = await facts.torchState();
    if (!state?.ok || state.value.unknown !== null) return null;
    // Legacy files carry the order of the machine that wrote them; torch takes no other.
    return valuesScan(
      reader.size,
      await placeTorch(reader, null, state.value),
      'little',
    );
  }
  if (kind !== 'zip') {
    const header = await facts.safetensors();
    return header.ok
      ? valuesScan(reader.size, placeSafetensors(header.value), 'little')
      : null;
  }
  const zip = await facts.torchZip();
  const state = await facts.torchState();
  if (!zip.ok || !state?.ok || state.value.unknown !== null) return null;
  const { byteOrder } = zip.value;
  if (byteOrder === null) return null;
  const placed = await placeTorch(reader, zip.value, state.value);
  return valuesScan(reader.size, placed, byteOrder);
}
