import type { ByteReader } from '../bytes/reader.ts';
import type { TorchState } from '../formats/torch-state.ts';
import { findTorchRecord } from '../formats/torch-zip.ts';
import type { TorchZip } from '../formats/torch-zip.ts';
import { readContentOffset } from '../formats/zip/stored.ts';
import type { PlacedTensor } from './placed.ts';

/** Where a storage begins, or why its numbers are not looked at. */
type Origin = number | string;

/**
 * Where the tensors of a torch zip lie in it: storages are records of the archive,
 * of which several tensors may show parts.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function placeTorch(
  reader: ByteReader,
  zip: TorchZip,
  { tensors }: TorchState,
): Promise<readonly PlacedTensor[]> {
  const origins = new Map<string, Origin>();
  const placed: PlacedTensor[] = [];
  for (const { name, dtype, shape, storage } of tensors) {
    const { key, offset, strides } = storage;
    const origin = origins.get(key) ?? (await originOf(reader, zip, key));
    origins.set(key, origin);
    const isPlaced = typeof origin === 'number';
    placed.push({
      name,
      dtype,
      shape,
      origin: isPlaced ? origin : 0,
      offset,
      strides,
      hidden: isPlaced ? null : origin,
    });
  }
  return placed;
}

async function originOf(
  reader: ByteReader,
  zip: TorchZip,
  key: string,
): Promise<Origin> {
  const entry = findTorchRecord(zip, `data/${key}`);
  if (entry === undefined) return 'its storage is not in the archive';
  if (entry.method !== 0) return 'its storage is compressed';
  const offset = await readContentOffset(reader, entry);
  return offset.ok
    ? offset.value
    : 'its storage could not be found in the archive';
}
