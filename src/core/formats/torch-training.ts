import { PICKLE_LIMITS } from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed } from './parsed.ts';
import type { Parsed } from './parsed.ts';
import { unpickle } from './pickle/machine.ts';
import type { PickleValue } from './pickle/values.ts';
import { describeLightning } from './torch-lightning.ts';
import type { LightningFacts } from './torch-lightning.ts';
import { NUMPY_GLOBALS } from './torch-objects.ts';
import { byName, describeOptimizer, entriesOf } from './torch-optimizer.ts';
import type { OptimizerFacts, ShapeOf } from './torch-optimizer.ts';
import { readAllowed, readPickle, storageBytesOf } from './torch-state.ts';
import type { TorchPickleDefect } from './torch-state.ts';
import { zipStorages } from './torch-storages.ts';
import type { StorageBytes } from './torch-storages.ts';
import { judgeMade } from './torch-tensors.ts';
import type { Judged } from './torch-tensors.ts';
import type { TorchZip } from './torch-zip.ts';

/**
 * What the loader lets a pickle name: torch's own list (`weights_only=True`), with
 * numpy's arrays besides, or whatever it likes (`weights_only=False`).
 */
export type TrainingRules = 'weights-only' | 'with-numpy' | 'anything';

/** What a torch file of a training's state says. */
export interface TorchTraining {
  /** Why it is not told whether the loader would put it together; `null`: it would. */
  readonly unknown: string | null;
  /** Short names in the dict at the root; `null` where there is none. */
  readonly keys: readonly string[] | null;
  /** `null` for what is no optimizer's. */
  readonly optimizer: OptimizerFacts | null;
  /** `last_epoch` of a scheduler: the steps that it took; `null` where there is none. */
  readonly lastEpoch: number | null;
  /** `null` for what does not name the version of Lightning. */
  readonly lightning: LightningFacts | null;
}

/** Names of a root that are kept, and how long: those of a training's state are short. */
const KEYS_MAX = 64;
const KEY_MAX_CHARACTERS = 64;

/**
 * Reads the pickle of a torch zip that holds the state of a training, as its loader
 * does; never the values. What the loader refuses is a defect.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readTorchTraining(
  reader: ByteReader,
  zip: TorchZip,
  rules: TrainingRules,
): Promise<Parsed<TorchTraining, TorchPickleDefect>> {
  const bytes = await readPickle(reader, zip);
  return typeof bytes === 'string'
    ? parsed(unknownTraining(bytes))
    : parseTorchTraining(bytes, storageBytesOf(zip), rules);
}

/** The same of a pickle that was read. */
export function parseTorchTraining(
  bytes: Uint8Array,
  storageBytes: StorageBytes,
  rules: TrainingRules,
): Parsed<TorchTraining, TorchPickleDefect> {
  const read = readByRules(bytes, rules);
  if (!read.ok) return read;
  const { value, made, doubt } = read.value;
  const judged = judgeMade(made, zipStorages(storageBytes));
  if (!judged.ok) return judged;
  // What is not known of an object says nothing where any object may be named.
  const unknown = rules === 'anything' ? null : (doubt ?? judged.value.unknown);
  return parsed({ ...describe(value, judged.value), unknown });
}

function readByRules(bytes: Uint8Array, rules: TrainingRules) {
  if (rules !== 'anything')
    return readAllowed(
      bytes,
      5,
      rules === 'with-numpy' ? NUMPY_GLOBALS : undefined,
    );
  const read = unpickle(bytes, PICKLE_LIMITS);
  if (read.ok) return parsed({ ...read.value, doubt: null });
  const { defect } = read;
  return defect.code === 'pickle-left'
    ? defective({ code: 'pickle-cut' as const, at: defect.at })
    : defective(defect);
}

const NOTHING = {
  keys: null,
  optimizer: null,
  lastEpoch: null,
  lightning: null,
};

/** Of a file that this tool does not read. */
export function unknownTraining(unknown: string): TorchTraining {
  return { unknown, ...NOTHING };
}

function describe(
  value: PickleValue,
  { tensors }: Judged,
): Omit<TorchTraining, 'unknown'> {
  const root = entriesOf(value);
  if (root === null) return NOTHING;
  const named = byName(root);
  const lastEpoch = named.get('last_epoch');
  const shapeOf: ShapeOf = (shape) =>
    shape?.kind === 'call' ? tensors.get(shape) : undefined;
  return {
    keys: [...named.keys()]
      .filter(({ length }) => length <= KEY_MAX_CHARACTERS)
      .slice(0, KEYS_MAX),
    optimizer: describeOptimizer(named, shapeOf),
    lastEpoch: lastEpoch?.kind === 'int' ? Number(lastEpoch.value) : null,
    lightning: describeLightning(named, shapeOf),
  };
}
