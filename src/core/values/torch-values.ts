import type { ByteReader } from '../bytes/reader.ts';
import type { TorchState } from '../formats/torch-state.ts';
import { findTorchRecord } from '../formats/torch-zip.ts';
import type { TorchZip } from '../formats/torch-zip.ts';
import { readContentOffset } from '../formats/zip/stored.ts';
import type { PlacedTensor } from './placed.ts';

const NOT_THERE = 'its storage is not in the file';

/** Where a storage begins, or why its numbers are not looked at. */
type Origin = number | string;

/**
 * Where the tensors of a torch file lie in it: storages are records of the archive, or
 * pieces of a legacy file, of which several tensors may show parts.
 *
 * @param zip `null` for a legacy file
 * @throws SourceError when the bytes cannot be had
 */
export async function placeTorch(
  reader: ByteReader,
  zip: TorchZip | null,
  { tensors, inner, storagesAt }: TorchState,
): Promise<readonly PlacedTensor[]> {
  const origins = new Map<string, Origin>();
  const placed: PlacedTensor[] = [];
  const find = (key: string) =>
    zip === null
      ? Promise.resolve(storagesAt?.get(key)?.offset ?? NOT_THERE)
      : originOf(reader, zip, key);
  for (const { name, dtype, shape, storage } of [...tensors, ...inner]) {
    // Meta and sparse tensors, which are another check's.
    if (storage === null) continue;
    const { key, offset, strides } = storage;
    const origin = origins.get(key) ?? (await find(key));
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
  if (entry === undefined) return NOT_THERE;
  if (entry.method !== 0) return 'its storage is compressed';
  const offset = await readContentOffset(reader, entry);
  return offset.ok
    ? offset.value
    : 'its storage could not be found in the archive';
}
