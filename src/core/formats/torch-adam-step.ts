import type { ByteReader } from '../bytes/reader.ts';
import type { StepCount } from './torch-optimizer.ts';
import { findTorchRecord } from './torch-zip.ts';
import type { TorchZip } from './torch-zip.ts';
import { readStored } from './zip/stored.ts';

/** What torch keeps a count of steps in: float32, or float64 by its default type. */
const READ: Readonly<
  Record<string, (view: DataView, isLittle: boolean) => number>
> = {
  F32: (view, isLittle) => view.getFloat32(0, isLittle),
  F64: (view, isLittle) => view.getFloat64(0, isLittle),
  I64: (view, isLittle) => Number(view.getBigInt64(0, isLittle)),
};
/** Longest of these. */
const STEP_BYTES = 8;

/**
 * The steps that an optimizer took with the parameters of which the counts are, a read
 * of a few bytes each; `null` where they are not of one number, or are not told.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readOptimizerSteps(
  reader: ByteReader,
  zip: TorchZip,
  counts: readonly StepCount[],
): Promise<number | null> {
  let steps: number | null = null;
  for (const count of counts) {
    const read =
      typeof count === 'number' ? count : await readCount(reader, zip, count);
    if (read === null || (steps !== null && steps !== read)) return null;
    steps = read;
  }
  return steps;
}

async function readCount(
  reader: ByteReader,
  zip: TorchZip,
  { dtype, storage }: Exclude<StepCount, number>,
): Promise<number | null> {
  const readAs = READ[dtype ?? ''];
  const isFirst = storage?.offset === 0;
  const entry = isFirst ? findTorchRecord(zip, `data/${storage.key}`) : null;
  if (readAs === undefined || !entry || zip.byteOrder === null) return null;
  const bytes = await readStored(reader, entry, STEP_BYTES);
  if (!bytes.ok || bytes.value.length < (storage?.elementBytes ?? Infinity))
    return null;
  const { buffer, byteOffset, length } = bytes.value;
  const view = new DataView(buffer, byteOffset, length);
  return readAs(view, zip.byteOrder === 'little');
}
