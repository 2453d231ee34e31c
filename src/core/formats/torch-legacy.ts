import {
  LEGACY_PICKLES_FIRST_BYTES,
  PICKLE_MAX_BYTES,
} from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed } from './parsed.ts';
import type { Parsed } from './parsed.ts';
import type { PickleValue } from './pickle/values.ts';
import { readAllowed, stateOf, unknownState } from './torch-state.ts';
import type {
  AllowedPickle,
  StorageExtent,
  TorchPickleDefect,
  TorchState,
  TorchStateDefect,
} from './torch-state.ts';
import { legacyStorages } from './torch-storages.ts';
import type { Storage } from './torch-storages.ts';
import { judgeMade } from './torch-tensors.ts';
import { viewOf } from './zip/fields.ts';

/** torch/serialization.py, `PROTOCOL_VERSION`. */
const PROTOCOL = 1001n;

/** What stands before the values, and where they begin. */
interface Pickles {
  readonly protocol: AllowedPickle;
  /** Of what its values are only looked at by `judgeMade`. */
  readonly plain: readonly AllowedPickle[];
  readonly object: AllowedPickle;
  readonly keys: AllowedPickle;
  readonly endBytes: number;
}

/**
 * Reads a torch file of the legacy format as `torch.load(weights_only=True)` of 2.13
 * does (torch/serialization.py, `_legacy_load`): five pickles (a magic number, the
 * protocol, facts of the system, the object, keys of storages), then for each key the
 * number of elements (i64) and the values, which are not read here. Bytes behind them
 * are of no matter to torch.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readTorchLegacy(
  reader: ByteReader,
): Promise<Parsed<TorchState, TorchStateDefect>> {
  const pickles = await readPickles(reader);
  if (pickles === 'too-large')
    return parsed(unknownState('its pickles are larger than is read'));
  if (!pickles.ok) return pickles;
  const { protocol, plain, object, keys, endBytes } = pickles.value;
  const { value } = protocol;
  if (value.kind === 'call' || value.kind === 'float')
    return parsed(unknownState('its protocol is of a rare kind'));
  if (value.kind !== 'int' || value.value !== PROTOCOL)
    return defective({
      code: 'legacy-protocol',
      found: value.kind === 'int' ? String(value.value) : null,
    });
  for (const one of [...plain, keys]) {
    const judged = judgeMade(one.made, () => parsed('a storage out of place'));
    if (!judged.ok) return judged;
    const why = one.doubt ?? judged.value.unknown;
    if (why !== null) return parsed(unknownState(why));
  }
  const storages = legacyStorages();
  const judged = judgeMade(object.made, storages.judge, true);
  if (!judged.ok) return judged;
  // Then its storages are not known either.
  const why = object.doubt ?? judged.value.unknown;
  if (why !== null) return parsed(unknownState(why));
  const listed = keysIn(keys.value);
  const extents = await readExtents(reader, listed, storages, endBytes);
  if (typeof extents === 'string') return parsed(unknownState(extents));
  if (!extents.ok) return extents;
  const { storagesAt, end } = extents.value;
  const trailingBytes = reader.size - end;
  return parsed(stateOf(object, judged.value, { storagesAt, trailingBytes }));
}

async function readPickles(
  reader: ByteReader,
): Promise<Parsed<Pickles, TorchPickleDefect> | 'too-large'> {
  const whole = Math.min(reader.size, PICKLE_MAX_BYTES);
  let length = Math.min(whole, LEGACY_PICKLES_FIRST_BYTES);
  for (;;) {
    const read = parsePickles(await reader.read(0, length));
    if (read.ok || read.defect.code !== 'pickle-cut') return read;
    if (length === reader.size) return read;
    if (length === whole) return 'too-large';
    length = Math.min(whole, length * 8);
  }
}

function parsePickles(bytes: Uint8Array): Parsed<Pickles, TorchPickleDefect> {
  let at = 0;
  const read: AllowedPickle[] = [];
  for (const fields of ['none', 'none', 'none', 6, 'none'] as const) {
    const one = readAllowed(bytes.subarray(at), fields);
    if (!one.ok) return defective(movedBy(one.defect, at));
    read.push(one.value);
    at += one.value.endBytes;
  }
  const [magic, protocol, system, object, keys] = read;
  if (!magic || !protocol || !system || !object || !keys)
    return defective({ code: 'pickle-cut', at });
  const plain = [magic, protocol, system];
  return parsed({ protocol, plain, object, keys, endBytes: at });
}

/** The same defect, its place counted from the start of the file. */
function movedBy(defect: TorchPickleDefect, by: number): TorchPickleDefect {
  if (defect.code === 'refused') {
    const { refusal } = defect;
    return { ...defect, refusal: { ...refusal, at: refusal.at + by } };
  }
  return 'at' in defect ? { ...defect, at: defect.at + by } : defect;
}

function keysIn(value: PickleValue): readonly string[] | null {
  if (value.kind !== 'list' && value.kind !== 'tuple') return null;
  const keys = value.items.flatMap((item) =>
    item.kind === 'text' ? [item.value] : [],
  );
  return keys.length === value.items.length ? keys : null;
}

interface Extents {
  readonly storagesAt: ReadonlyMap<string, StorageExtent>;
  readonly end: number;
}

async function readExtents(
  reader: ByteReader,
  keys: readonly string[] | null,
  { roots, views }: Pick<ReturnType<typeof legacyStorages>, 'roots' | 'views'>,
  start: number,
): Promise<Parsed<Extents, TorchStateDefect> | string> {
  if (keys === null) return 'its list of storages is of a rare kind';
  if (keys.some((key) => views.has(key))) return 'it lists a part of a storage';
  const counts = countReader(reader);
  const storagesAt = new Map<string, StorageExtent>();
  let at = start;
  for (const [index, key] of keys.entries()) {
    const root = roots.get(key);
    if (root === undefined) return defective({ code: 'legacy-key', key });
    const cut = (end: number) =>
      defective({
        code: 'legacy-cut' as const,
        key,
        storages: keys.length,
        complete: index,
        expectedBytes: sizeWith(keys, roots, start),
        fileBytes: reader.size,
        missingBytes: end - reader.size,
      });
    const offset = at + COUNT_BYTES;
    if (offset > reader.size) return cut(offset);
    const count = await counts(at);
    if (BigInt.asIntN(64, count * BigInt(root.elementBytes)) !== root.sizeBytes)
      return defective({
        code: 'legacy-count',
        key,
        expectedBytes: String(root.sizeBytes),
        found: String(count),
      });
    at = offset + Number(root.sizeBytes);
    if (at > reader.size) return cut(at);
    storagesAt.set(key, { offset, sizeBytes: Number(root.sizeBytes) });
  }
  // torch leaves whatever was in memory.
  if (
    [...roots].some(
      ([key, { sizeBytes }]) => sizeBytes > 0n && !storagesAt.has(key),
    )
  )
    return 'it lists only part of its storages';
  return parsed({ storagesAt, end: at });
}

/** Of the whole file. */
function sizeWith(
  keys: readonly string[],
  roots: ReadonlyMap<string, Storage>,
  start: number,
): number {
  return keys.reduce(
    (sum, key) => sum + COUNT_BYTES + Number(roots.get(key)?.sizeBytes ?? 0n),
    start,
  );
}

const COUNT_BYTES = 8;
/** Small storages lie close together: one read brings the counts of several. */
const COUNT_BLOCK_BYTES = 4096;

function countReader(reader: ByteReader): (at: number) => Promise<bigint> {
  let start = 0;
  let block: Uint8Array = new Uint8Array();
  return async (at) => {
    if (at < start || at + COUNT_BYTES > start + block.length) {
      start = at;
      const length = Math.min(COUNT_BLOCK_BYTES, reader.size - at);
      block = await reader.read(at, length);
    }
    return viewOf(block).getBigInt64(at - start, true);
  };
}
