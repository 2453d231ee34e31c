import { PICKLE_LIMITS } from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { defective, parsed } from './parsed.ts';
import type { Parsed } from './parsed.ts';
import { unpickle } from './pickle/machine.ts';
import type { PickleValue } from './pickle/values.ts';
import { fullNameOf } from './torch-globals.ts';
import { NUMPY_GLOBALS } from './torch-objects.ts';
import { readAllowed, readPickle, storageBytesOf } from './torch-state.ts';
import type { TorchPickleDefect } from './torch-state.ts';
import { zipStorages } from './torch-storages.ts';
import type { StorageBytes } from './torch-storages.ts';
import { judgeMade } from './torch-tensors.ts';
import type { Judged, TensorShape } from './torch-tensors.ts';
import type { TorchZip } from './torch-zip.ts';

/**
 * What the loader lets a pickle name: torch's own list (`weights_only=True`), with
 * numpy's arrays besides, or whatever it likes (`weights_only=False`).
 */
export type TrainingRules = 'weights-only' | 'with-numpy' | 'anything';

/** What an optimizer's `state_dict()` holds. */
export interface OptimizerFacts {
  /** Parameters of each group, in their order. */
  readonly groups: readonly number[];
  /** Parameters in all groups. */
  readonly parameters: number;
  /** Parameters that have a state. */
  readonly states: number;
  /** Shapes of Adam's first moment, each once; `null` where a state has none. */
  readonly shapes: readonly string[] | null;
}

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
}

/** Names of a root that are kept, and how long: those of a training's state are short. */
const KEYS_MAX = 64;
const KEY_MAX_CHARACTERS = 64;
/** Groups that are told apart; a layer each is some hundred. */
const GROUPS_MAX = 10_000;

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

/** Of a file that this tool does not read. */
export function unknownTraining(unknown: string): TorchTraining {
  return { unknown, keys: null, optimizer: null, lastEpoch: null };
}

function describe(
  value: PickleValue,
  { tensors }: Judged,
): Omit<TorchTraining, 'unknown'> {
  const root = entriesOf(value);
  if (root === null) return { keys: null, optimizer: null, lastEpoch: null };
  const named = byName(root);
  const lastEpoch = named.get('last_epoch');
  return {
    keys: [...named.keys()]
      .filter(({ length }) => length <= KEY_MAX_CHARACTERS)
      .slice(0, KEYS_MAX),
    optimizer: describeOptimizer(named, (shape) =>
      shape?.kind === 'call' ? tensors.get(shape) : undefined,
    ),
    lastEpoch: lastEpoch?.kind === 'int' ? Number(lastEpoch.value) : null,
  };
}

function describeOptimizer(
  root: ReadonlyMap<string, PickleValue>,
  shapeOf: (value: PickleValue | undefined) => TensorShape | undefined,
): OptimizerFacts | null {
  const state = entriesOf(root.get('state'));
  const list = root.get('param_groups');
  if (state === null || list?.kind !== 'list') return null;
  if (list.items.length > GROUPS_MAX) return null;
  const paramsOf = fieldOf('params');
  const groups: number[] = [];
  for (const group of list.items) {
    const params = paramsOf(group);
    if (params?.kind !== 'list') return null;
    groups.push(params.items.length);
  }
  const momentOf = fieldOf('exp_avg');
  const shapes = new Set<string>();
  let hasAll = state.length > 0;
  for (const [, one] of state) {
    const shape = shapeOf(momentOf(one))?.shape;
    if (shape === undefined) hasAll = false;
    else shapes.add(shape.join('x'));
  }
  return {
    groups,
    parameters: groups.reduce((sum, count) => sum + count, 0),
    states: state.length,
    shapes: hasAll ? [...shapes] : null,
  };
}

/** Of each dict once: a pickle may refer to a large one ten thousand times. */
function fieldOf(name: string) {
  const known = new Map<PickleValue, PickleValue | undefined>();
  return (of: PickleValue): PickleValue | undefined => {
    if (!known.has(of)) known.set(of, byName(entriesOf(of) ?? []).get(name));
    return known.get(of);
  };
}

type Entries = readonly (readonly [PickleValue, PickleValue])[];

function entriesOf(value: PickleValue | undefined): Entries | null {
  if (value?.kind === 'dict') return value.entries;
  const isOrdered =
    value?.kind === 'call' &&
    value.callee.kind === 'global' &&
    fullNameOf(value.callee) === 'collections.OrderedDict';
  return isOrdered ? value.entries : null;
}

/** Of a repeated name the last counts, as in Python. */
function byName(entries: Entries): ReadonlyMap<string, PickleValue> {
  const named = new Map<string, PickleValue>();
  for (const [key, value] of entries)
    if (key.kind === 'text') named.set(key.value, value);
  return named;
}
