import { PICKLE_LIMITS } from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed } from './parsed.ts';
import type { Parsed } from './parsed.ts';
import { unpickle } from './pickle/machine.ts';
import type { PickleValue } from './pickle/values.ts';
import { byName, entriesOf } from './torch-dict.ts';
import { describeLightning } from './torch-lightning.ts';
import type { LightningFacts } from './torch-lightning.ts';
import { TextHash } from './text-hash.ts';
import { readOptimizerSteps } from './torch-adam-step.ts';
import type { Misfit, ShapeOf } from './torch-misfit.ts';
import { NUMPY_GLOBALS } from './torch-objects.ts';
import { describeOptimizer, findOptimizerMisfit } from './torch-optimizer.ts';
import type { OptimizerFacts } from './torch-optimizer.ts';
import { findRandomMisfit } from './torch-random.ts';
import { describeScheduler, findSchedulerMisfit } from './torch-scheduler.ts';
import type { SchedulerFacts } from './torch-scheduler.ts';
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

/** What a file is read for, where its loader takes one thing alone from it. */
export type TrainingRole = 'optimizer' | 'scheduler' | 'random' | 'any';

/** How a file of a training's state is loaded, and what for. */
export interface TrainingUse {
  readonly rules: TrainingRules;
  readonly role: TrainingRole;
}

/** What a torch file of a training's state says. */
export interface TorchTraining {
  /** Why it is not told whether the loader would put it together; `null`: it would. */
  readonly unknown: string | null;
  /** Short names in the dict at the root; `null` where there is none. */
  readonly keys: readonly string[] | null;
  /** `null` for what is no optimizer's. */
  readonly optimizer: OptimizerFacts | null;
  /**
   * The same for files of the same records, by their checksums; `null` where the file has
   * none.
   */
  readonly content: string | null;
  /** Steps that the optimizer took; `null` where they are not told. */
  readonly optimizerSteps: number | null;
  /** `null` for what is none of torch's. */
  readonly scheduler: SchedulerFacts | null;
  /** What the role of the file does not take; `null` where nothing is known. */
  readonly misfit: Misfit | null;
  /** `null` for what does not name the version of Lightning. */
  readonly lightning: LightningFacts | null;
}

/** Names of a root that are kept, and how long: those of a training's state are short. */
const KEYS_MAX = 64;
const KEY_MAX_CHARACTERS = 64;

/**
 * Reads the pickle of a torch zip that holds the state of a training, as its loader
 * does; of the values the counts of steps alone. What the loader refuses is a defect.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readTorchTraining(
  reader: ByteReader,
  zip: TorchZip,
  use: TrainingUse,
): Promise<Parsed<TorchTraining, TorchPickleDefect>> {
  const bytes = await readPickle(reader, zip);
  if (typeof bytes === 'string') return parsed(unknownTraining(bytes));
  const training = parseTorchTraining(bytes, storageBytesOf(zip), use);
  if (!training.ok) return training;
  const counts = training.value.optimizer?.stepCounts ?? [];
  return parsed({
    ...training.value,
    content: contentOf(zip),
    optimizerSteps: await readOptimizerSteps(reader, zip, counts),
  });
}

function contentOf({ records, isCrcOff }: TorchZip): string | null {
  if (isCrcOff) return null;
  const hash = new TextHash();
  for (const [name, { crc32, sizeBytes }] of records)
    hash.text(`${name} ${crc32} ${sizeBytes}`);
  return hash.digest();
}

function parseTorchTraining(
  bytes: Uint8Array,
  storageBytes: StorageBytes,
  { rules, role }: TrainingUse,
): Parsed<TorchTraining, TorchPickleDefect> {
  const read = readByRules(bytes, rules);
  if (!read.ok) return read;
  const { value, made, doubt } = read.value;
  const judged = judgeMade(made, zipStorages(storageBytes));
  if (!judged.ok) return judged;
  // What is not known of an object says nothing where any object may be named.
  const unknown = rules === 'anything' ? null : (doubt ?? judged.value.unknown);
  const described = describe(value, judged.value, role);
  // Of what is not known to be put together no tensor can be told from an object.
  const misfit = judged.value.unknown === null ? described.misfit : null;
  return parsed({ ...described, misfit, unknown });
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
  content: null,
  keys: null,
  optimizer: null,
  optimizerSteps: null,
  scheduler: null,
  misfit: null,
  lightning: null,
};

/** Of a file that this tool does not read. */
export function unknownTraining(unknown: string): TorchTraining {
  return { unknown, ...NOTHING };
}

const MISFITS: Readonly<
  Record<TrainingRole, (value: PickleValue, shapeOf: ShapeOf) => Misfit | null>
> = {
  optimizer: findOptimizerMisfit,
  scheduler: findSchedulerMisfit,
  random: findRandomMisfit,
  any: () => null,
};

function describe(
  value: PickleValue,
  { tensors }: Judged,
  role: TrainingRole,
): Omit<TorchTraining, 'unknown'> {
  const shapeOf: ShapeOf = (one) =>
    one?.kind === 'call' ? tensors.get(one) : undefined;
  const misfit = MISFITS[role](value, shapeOf);
  const root = entriesOf(value);
  if (root === null) return { ...NOTHING, misfit };
  const named = byName(root);
  return {
    ...NOTHING,
    keys: [...named.keys()]
      .filter(({ length }) => length <= KEY_MAX_CHARACTERS)
      .slice(0, KEYS_MAX),
    optimizer: describeOptimizer(named, shapeOf),
    scheduler: describeScheduler(named),
    misfit,
    lightning: describeLightning(named, shapeOf),
  };
}
