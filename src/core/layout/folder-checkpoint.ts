import { findAdapterSets } from './adapter-set.ts';
import {
  examined,
  hasWeights,
  notExamined,
  producerContents,
  remains,
} from './contents.ts';
import type { Contents } from './contents.ts';
import type { Surroundings, Walk } from './find-checkpoints.ts';
import { findModelSet } from './model-set.ts';
import {
  isCheckpointFolderName,
  isInitialFolderName,
  SAFETENSORS_TEMPORARY,
  stepInFileName,
  isStepFolderName,
  TRAINER_STATE,
} from './names.ts';
import { findProducer, findTrainer, isPartFolderName } from './producers.ts';
import type { Producer } from './producers.ts';
import { findShardedState, isZeroTag } from './sharded-state.ts';
import type { AdapterSet, CheckpointSubject, ModelSet } from './subjects.ts';
import type { Folder } from './tree.ts';

/** A checkpoint before it is put among the others of its run. */
export interface FoundCheckpoint extends Omit<CheckpointSubject, 'ofRun'> {
  /** Whether all it holds, if anything, lies in subfolders. */
  readonly isWrapper: boolean;
  /** Subfolders, as the report names them, that are part of it. */
  readonly claimed: ReadonlySet<string>;
  /** Files in its folder that are earlier saves, a checkpoint each. */
  readonly saves: RegExp | null;
  /** Whether it is the last of its series, which has the same step. */
  readonly isFinal: boolean;
}

/** The checkpoint that a folder is, or `null` if it is none. */
export function folderCheckpoint(
  walk: Walk,
  folder: Folder,
  around: Surroundings,
): FoundCheckpoint | null {
  // DeepSpeed's `global_step4` in `checkpoint-4` makes no run of it.
  const isRunRoot =
    !isCheckpointFolderName(folder.name) && hasStepFolders(folder);
  const contents = contentsOf(walk, folder, isRunRoot);
  if (contents === null) return null;
  const { written, isWrapper, ...holding } = contents;
  return {
    ...holding,
    producer: written
      ? holding.producer
      : (findTrainer(folder, around.above) ?? holding.producer),
    run: runOf(folder, around),
    medium: walk.source,
    path: folder.shown,
    name: folder.name,
    step: around.stepFolder?.step ?? newestSave(folder, written?.saves ?? null),
    isFinal: written?.saves !== undefined,
    isStepFolder: isCheckpointFolderName(folder.name),
    isRunRoot,
    folder,
    fileNamed: (name) => walk.factsOf(folder, name),
    sharded: findShardedState(folder, around.above, walk.factsOf),
    trainerState: walk.stateIn(walk.factsOf(folder, TRAINER_STATE)),
    isInitial: isInitialFolderName(folder.name),
    isWrapper: isWrapper ?? false,
    claimed: claimedBy(folder, contents),
    saves: written?.saves ?? null,
  };
}

/** MLX writes what it loads anew with each numbered save (tuner/trainer.py). */
function newestSave(folder: Folder, saves: RegExp | null): number | null {
  if (saves === null) return null;
  const steps = [...folder.files.keys()]
    .filter((name) => saves.test(name))
    .map((name) => stepInFileName(name) ?? 0);
  return steps.length === 0
    ? null
    : steps.reduce((max, step) => Math.max(max, step), 0);
}

function claimedBy(
  folder: Folder,
  { adapters, written }: Contents,
): ReadonlySet<string> {
  const partFolders = [...folder.folders.values()].filter(
    ({ name }) =>
      isPartFolderName(name) ||
      written?.parts?.test(name) === true ||
      // sentence-transformers: `1_Pooling`, `2_Dense`, which modules.json lists.
      (folder.files.has('modules.json') && /^\d+_/.test(name)),
  );
  return new Set([
    ...adapters.map(({ path }) => path),
    ...partFolders.map(({ shown }) => shown),
  ]);
}

/**
 * A step folder belongs to the run above it; so does a folder beside step
 * folders (`final/`, `best/`). Any other is a run of its own.
 */
function runOf(folder: Folder, { above, stepFolder }: Surroundings): string {
  if (stepFolder !== null) return stepFolder.run;
  // Tags that users name themselves lie beside one another like steps.
  if (above !== null && isZeroTag(folder)) return above.shown;
  return above !== null && hasStepFolders(above) ? above.shown : folder.shown;
}

/** Each child of a folder asks: with thousands of them it is counted once. */
const STEP_PARENTS = new WeakMap<Folder, boolean>();

function hasStepFolders(folder: Folder): boolean {
  const known = STEP_PARENTS.get(folder);
  if (known !== undefined) return known;
  const found = [...folder.folders.keys()].some(isStepFolderName);
  STEP_PARENTS.set(folder, found);
  return found;
}

function contentsOf(
  walk: Walk,
  folder: Folder,
  isRunRoot: boolean,
): Contents | null {
  const isStep = isCheckpointFolderName(folder.name);
  if (folder.unlisted !== null)
    return isStep ? notExamined('unknown', folder.unlisted.reason) : null;
  const adapters = findAdapterSets(folder, walk.factsOf);
  const model = findModelSet(folder, walk.factsOf);
  const producer = findProducer(folder);
  if (producer !== null && isOfProducer(producer, adapters, model))
    return producerContents(walk, folder, producer, model);
  if (adapters.length > 0) return adapterContents(adapters, model);
  if (model !== null && (hasWeights(model) || !isRunRoot))
    return { ...examined('transformers', 'model'), model };
  return isStep || isKilledSave(folder) ? remains(folder) : null;
}

/**
 * Files under PEFT's or transformers' names count as theirs, unless the producer
 * uses those names for files of its own.
 */
function isOfProducer(
  producer: Producer,
  adapters: readonly AdapterSet[],
  model: ModelSet | null,
): boolean {
  if (adapters.some(({ weights }) => weights !== null)) return false;
  if (producer.usesModelNames) return true;
  return model === null || !hasWeights(model);
}

function adapterContents(
  adapters: readonly AdapterSet[],
  model: ModelSet | null,
): Contents {
  return {
    ...examined('PEFT', 'adapter'),
    adapters,
    model: model !== null && hasWeights(model) ? model : null,
  };
}

/** A save that was killed leaves a temporary beside what was written before it. */
function isKilledSave(folder: Folder): boolean {
  const names = [...folder.files.keys()];
  return (
    names.some((name) => SAFETENSORS_TEMPORARY.test(name)) &&
    names.some((name) => name === 'README.md' || name === 'config.json')
  );
}
