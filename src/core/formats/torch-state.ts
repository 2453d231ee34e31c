import { PICKLE_LIMITS, PICKLE_MAX_BYTES } from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed } from './parsed.ts';
import type { Defect, Parsed } from './parsed.ts';
import { unpickle } from './pickle/machine.ts';
import type { PickleDefect } from './pickle/machine.ts';
import type { PickleValue } from './pickle/values.ts';
import { isOrderedDict, judgeMade } from './torch-tensors.ts';
import type {
  Judged,
  StorageBytes,
  TensorDefect,
  TensorShape,
} from './torch-tensors.ts';
import { findTorchRecord } from './torch-zip.ts';
import type { TorchZip } from './torch-zip.ts';
import { readStored } from './zip/stored.ts';
import { weightsOnlyProfile } from './torch-profile.ts';
import type { TorchRefusal } from './torch-profile.ts';

/** One tensor of a state dict. */
export interface TorchTensor extends TensorShape {
  readonly name: string;
}

/** What the pickle of a torch file describes. */
export interface TorchState {
  /** In the order of the file; empty where `unknown` says why. */
  readonly tensors: readonly TorchTensor[];
  /** Why it is not told whether torch would put it together; `null` when it would. */
  readonly unknown: string | null;
}

/** Why `torch.load(weights_only=True)` refuses a pickle. */
export type TorchStateDefect =
  | (Defect<'refused'> & { readonly refusal: TorchRefusal })
  | PickleDefect
  | TensorDefect;

/**
 * Reads the pickle of a torch file as `torch.load(weights_only=True)` of 2.13 does:
 * what it refuses is a defect, what this reader does not know well enough to say is
 * `unknown`. Nothing that the pickle names is looked up or made.
 *
 * @param bytes the whole record `data.pkl`
 */
export function parseTorchState(
  bytes: Uint8Array,
  storageBytes: StorageBytes,
): Parsed<TorchState, TorchStateDefect> {
  const profile = weightsOnlyProfile();
  const read = unpickle(bytes, PICKLE_LIMITS, profile.watch);
  const refusal = profile.refusal();
  if (refusal !== null) return defective({ code: 'refused', refusal });
  if (!read.ok) return read;
  const { value, made } = read.value;
  const judged = judgeMade(made, storageBytes);
  return judged.ok ? parsed(stateOf(value, judged.value)) : judged;
}

/**
 * The state of a torch zip whose directory was read.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readTorchState(
  reader: ByteReader,
  zip: TorchZip,
): Promise<Parsed<TorchState, TorchStateDefect>> {
  const unread = (unknown: string) => parsed({ tensors: [], unknown });
  if (zip.unreadableStorages.length > 0)
    return unread('some of its storages are encrypted or packed in a rare way');
  if (zip.pickle.method !== 0) return unread('its pickle is compressed');
  if (zip.pickle.sizeBytes > PICKLE_MAX_BYTES)
    return unread('its pickle is larger than is read');
  const bytes = await readStored(reader, zip.pickle, PICKLE_MAX_BYTES);
  if (!bytes.ok) return unread('its pickle could not be found in the archive');
  return parseTorchState(
    bytes.value,
    (key) => findTorchRecord(zip, `data/${key}`)?.sizeBytes ?? null,
  );
}

function stateOf(root: PickleValue, { tensors, unknown }: Judged): TorchState {
  if (unknown !== null) return { tensors: [], unknown };
  const entries = stateDictOf(root);
  if (entries === null)
    return {
      tensors: [],
      unknown: 'it holds something else than a state dict',
    };
  const named = new Map<string, TensorShape>();
  for (const [key, value] of entries) {
    const shape = value.kind === 'call' ? tensors.get(value) : undefined;
    if (key.kind !== 'text' || shape === undefined)
      return {
        tensors: [],
        unknown: 'its state dict holds more than tensors by name',
      };
    named.set(key.value, shape);
  }
  return {
    tensors: [...named].map(([name, shape]) => ({ name, ...shape })),
    unknown: null,
  };
}

/** The entries of a dict or an OrderedDict. */
function stateDictOf(
  root: PickleValue,
): readonly (readonly [PickleValue, PickleValue])[] | null {
  if (root.kind === 'dict') return root.entries;
  return root.kind === 'call' && isOrderedDict(root) ? root.entries : null;
}
