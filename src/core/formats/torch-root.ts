import { PICKLE_LIMITS, PICKLE_MAX_BYTES } from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed } from './parsed.ts';
import type { Defect, Parsed } from './parsed.ts';
import { unpickle } from './pickle/machine.ts';
import type { PickleDefect, Unpickled } from './pickle/machine.ts';
import type { PickleValue } from './pickle/values.ts';
import { findTorchRecord, readTorchZip } from './torch-zip.ts';
import type { TorchZip, TorchZipDefect } from './torch-zip.ts';
import { readStored } from './zip/stored.ts';

/** Of a torch file that is loaded with `weights_only=False`: its plain values. */
export interface TorchRoot {
  /** Of the dict at its root, the entries that are whole numbers. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Names of its entries whose value is not None. */
  readonly filled: ReadonlySet<string>;
}

/** Why `torch.load(weights_only=False)` refuses a torch zip, or what is beyond this tool. */
export type TorchRootDefect =
  | TorchZipDefect
  | Exclude<PickleDefect, Beyond>
  /** The pickle names values that the archive does not hold. */
  | (Defect<'storage-missing'> & { readonly key: string })
  /** Says nothing about the file. */
  | (Defect<'not-read'> & { readonly reason: string });

/** A budget, or a value of which this machine knows less than Python. */
type Beyond = Defect<'pickle-too-large' | 'operand-invalid' | 'pickle-left'>;

/**
 * Reads the directory and the pickle of a torch zip, not its storages: what classes
 * the pickle names is of no interest, for its loader takes any.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readTorchRoot(
  reader: ByteReader,
): Promise<Parsed<TorchRoot, TorchRootDefect>> {
  const unread = (reason: string) => defective({ code: 'not-read', reason });
  const zip = await readTorchZip(reader);
  if (!zip.ok) return zip;
  const { pickle } = zip.value;
  if (pickle.method !== 0) return unread('its pickle is compressed');
  if (pickle.sizeBytes > PICKLE_MAX_BYTES)
    return unread('its pickle is larger than is read');
  const bytes = await readStored(reader, pickle, PICKLE_MAX_BYTES);
  if (!bytes.ok) return unread('its pickle could not be found in the archive');
  const read = unpickle(bytes.value, PICKLE_LIMITS);
  if (!read.ok)
    return isBeyond(read.defect)
      ? unread('its pickle takes more than is worked through')
      : defective(read.defect);
  const key = findMissingStorage(read.value, zip.value);
  if (key !== null) return defective({ code: 'storage-missing', key });
  return parsed(rootOf(read.value.value));
}

function isBeyond(
  defect: PickleDefect,
): defect is Extract<PickleDefect, Beyond> {
  const { code } = defect;
  return (
    code === 'pickle-too-large' ||
    code === 'operand-invalid' ||
    code === 'pickle-left'
  );
}

/** ('storage', type, key, place, elements): torch/serialization.py, `persistent_load`. */
function findMissingStorage({ made }: Unpickled, zip: TorchZip): string | null {
  for (const one of made) {
    if (one.kind !== 'persistent' || one.id.kind !== 'tuple') continue;
    const [type, , key] = one.id.items;
    if (type?.kind !== 'text' || type.value !== 'storage') continue;
    if (key?.kind !== 'text') continue;
    if (findTorchRecord(zip, `data/${key.value}`) === undefined)
      return key.value;
  }
  return null;
}

function rootOf(value: PickleValue): TorchRoot {
  const numbers = new Map<string, number>();
  const filled = new Set<string>();
  const entries =
    value.kind === 'dict' || value.kind === 'call' ? value.entries : [];
  for (const [key, one] of entries) {
    if (key.kind !== 'text' || one.kind === 'none') continue;
    filled.add(key.value);
    if (one.kind === 'int') numbers.set(key.value, Number(one.value));
  }
  return { numbers, filled };
}
