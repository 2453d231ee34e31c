import {
  LEGACY_PICKLES_FIRST_BYTES,
  PICKLE_MAX_BYTES,
  SALVAGE_MAX_RECORDS,
} from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { describeRoot } from './torch-entries.ts';
import type { TorchTensor } from './torch-entries.ts';
import { readAllowed } from './torch-state.ts';
import type { AllowedPickle } from './torch-state.ts';
import { claimedStorages } from './torch-storages.ts';
import { judgeMade } from './torch-tensors.ts';
import { decodeName, LOCAL_HEADER_BYTES, viewOf } from './zip/fields.ts';

/** What is left of a torch zip without its directory. */
export interface TorchSalvage {
  /** Of all that its pickle names. */
  readonly storages: number;
  readonly storageBytes: number;
  /** Those whose values are there to the last. */
  readonly complete: number;
  readonly completeBytes: number;
  readonly tensors: number;
  /** The first tensor whose values are not all there; `null` where all are. */
  readonly firstLost: string | null;
}

const LOCAL_HEADER_SIGNATURE = 0x04034b50; // PK\3\4
const DESCRIPTOR_SIGNATURE = 0x08074b50; // PK\7\8
/** Bit 3: checksum and sizes follow the content, as torch writes them. */
const DESCRIPTOR_BIT = 1 << 3;
/** The header with its name and padding, and a small record behind it. */
const PROBE_BYTES = 1024;

/**
 * What survives in a file that torch wrote and that lost its end: the pickle comes
 * first and says where it ends, so all tensors are known; the records that follow are
 * walked by their own headers. `null` where the pickle is not whole, or is none that
 * torch takes.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function salvageTorchZip(
  reader: ByteReader,
): Promise<TorchSalvage | null> {
  const first = await readRecord(reader, 0);
  if (!first?.name.endsWith('/data.pkl')) return null;
  const pickle = await readPickle(reader, first.offset);
  if (pickle === null) return null;
  const { judge, sizes } = claimedStorages();
  const judged = judgeMade(pickle.made, judge);
  if (!judged.ok || judged.value.unknown !== null) return null;
  const { tensors, inner } = describeRoot(pickle.value, judged.value.tensors);
  const end = first.offset + pickle.endBytes;
  const complete = await findComplete(reader, end, sizes);
  return summarise([...tensors, ...inner], sizes, complete);
}

function summarise(
  tensors: readonly TorchTensor[],
  sizes: ReadonlyMap<string, number>,
  complete: ReadonlySet<string>,
): TorchSalvage {
  const total = (keys: Iterable<string>) =>
    [...keys].reduce((sum, key) => sum + (sizes.get(key) ?? 0), 0);
  const lost = tensors.find(
    ({ storage }) => storage !== null && !complete.has(storage.key),
  );
  return {
    storages: sizes.size,
    storageBytes: total(sizes.keys()),
    complete: complete.size,
    completeBytes: total(complete),
    tensors: tensors.length,
    firstLost: lost?.name ?? null,
  };
}

async function readPickle(
  reader: ByteReader,
  start: number,
): Promise<AllowedPickle | null> {
  const whole = Math.min(reader.size - start, PICKLE_MAX_BYTES);
  let length = Math.min(whole, LEGACY_PICKLES_FIRST_BYTES);
  for (;;) {
    const read = readAllowed(await reader.read(start, length), 5);
    if (read.ok) return read.value.doubt === null ? read.value : null;
    if (read.defect.code !== 'pickle-cut' || length === whole) return null;
    length = Math.min(whole, length * 8);
  }
}

/** Keys of the storages that are there whole, walked from the pickle's end on. */
async function findComplete(
  reader: ByteReader,
  pickleEnd: number,
  sizes: ReadonlyMap<string, number>,
): Promise<ReadonlySet<string>> {
  const complete = new Set<string>();
  let at = await skipDescriptor(reader, pickleEnd);
  for (let walked = 0; walked < SALVAGE_MAX_RECORDS; walked += 1) {
    const record = at === null ? null : await readRecord(reader, at);
    if (record === null) break;
    const [, key] = /\/data\/([^/]+)$/.exec(record.name) ?? [];
    const claimed = key === undefined ? undefined : sizes.get(key);
    const size = claimed ?? record.smallBytes;
    if (size === null || record.offset + size > reader.size) break;
    at = record.hasDescriptor
      ? await skipDescriptor(reader, record.offset + size)
      : record.offset + size;
    // What follows the values of a file cut in zeros may be zeros, too.
    if (at === null) break;
    if (key !== undefined && claimed !== undefined) complete.add(key);
  }
  return complete;
}

interface LocalRecord {
  readonly name: string;
  readonly offset: number;
  readonly hasDescriptor: boolean;
  /** Of a record that torch writes beside the values; `null` for a large one. */
  readonly smallBytes: number | null;
}

/**
 * | at | field |
 * |---|---|
 * | 0 | signature, u32 |
 * | 6 | flags, u16 |
 * | 18 | compressed bytes, u32; 0 where a descriptor says it |
 * | 26, 28 | bytes of name and extra fields, u16 |
 */
async function readRecord(
  reader: ByteReader,
  at: number,
): Promise<LocalRecord | null> {
  const length = Math.min(PROBE_BYTES, reader.size - at);
  if (length < LOCAL_HEADER_BYTES) return null;
  const bytes = await reader.read(at, length);
  const view = viewOf(bytes);
  if (view.getUint32(0, true) !== LOCAL_HEADER_SIGNATURE) return null;
  const nameEnd = LOCAL_HEADER_BYTES + view.getUint16(26, true);
  const start = nameEnd + view.getUint16(28, true);
  if (at + start > reader.size) return null;
  const hasDescriptor = (view.getUint16(6, true) & DESCRIPTOR_BIT) !== 0;
  return {
    name: decodeName(bytes.subarray(LOCAL_HEADER_BYTES, nameEnd)),
    offset: at + start,
    hasDescriptor,
    smallBytes: hasDescriptor
      ? findSmall(bytes.subarray(start))
      : view.getUint32(18, true),
  };
}

/** Bytes before a descriptor that says as many. */
function findSmall(bytes: Uint8Array): number | null {
  const view = viewOf(bytes);
  for (let size = 0; size + 16 <= bytes.length; size += 1)
    if (
      view.getUint32(size, true) === DESCRIPTOR_SIGNATURE &&
      view.getUint32(size + 8, true) === size
    )
      return size;
  return null;
}

/**
 * Where the next record begins: behind a descriptor of 16 bytes, or of 24 in the form
 * for large files. `null` where there is none.
 */
async function skipDescriptor(
  reader: ByteReader,
  at: number,
): Promise<number | null> {
  const length = Math.min(28, reader.size - at);
  if (length < 16) return null;
  const view = viewOf(await reader.read(at, length));
  if (view.getUint32(0, true) !== DESCRIPTOR_SIGNATURE) return null;
  const isLong =
    length === 28 && view.getUint32(24, true) === LOCAL_HEADER_SIGNATURE;
  return at + (isLong ? 24 : 16);
}
