import type { Holding } from '../types.ts';
import { findAdapterSets } from './adapter-set.ts';
import type { Surroundings, Walk } from './find-checkpoints.ts';
import { findModelSet } from './model-set.ts';
import {
  isCheckpointFolderName,
  isInitialFolderName,
  isTrainerStateName,
  isWeightsLikeName,
  SAFETENSORS_TEMPORARY,
  stepInFolderName,
} from './names.ts';
import { findProducer, isPartFolderName } from './producers.ts';
import type { Producer } from './producers.ts';
import type { AdapterSet, CheckpointSubject, ModelSet } from './subjects.ts';
import type { Folder } from './tree.ts';

/** A checkpoint before it is put among the others of its run. */
export interface FoundCheckpoint extends Omit<CheckpointSubject, 'siblings'> {
  /** Whether all it holds, if anything, lies in subfolders. */
  readonly isWrapper: boolean;
  /** Subfolders, as the report names them, that are part of it. */
  readonly claimed: ReadonlySet<string>;
}

type Contents = Pick<
  FoundCheckpoint,
  'producer' | 'holds' | 'adapters' | 'model' | 'unexamined'
> & { readonly parts?: RegExp; readonly isWrapper?: true };

/** The checkpoint that a folder is, or `null` if it is none. */
export function folderCheckpoint(
  walk: Walk,
  folder: Folder,
  around: Surroundings,
): FoundCheckpoint | null {
  const isRunRoot = hasStepFolders(folder);
  const contents = contentsOf(walk, folder, isRunRoot);
  if (contents === null) return null;
  const { producer, holds, adapters, model, unexamined } = contents;
  return {
    producer,
    holds,
    adapters,
    model,
    unexamined,
    run: runOf(folder, around),
    path: folder.shown,
    name: folder.name,
    step: around.stepFolder?.step ?? null,
    isStepFolder: isCheckpointFolderName(folder.name),
    isRunRoot,
    folder,
    loose: [],
    isInitial: isInitialFolderName(folder.name),
    isWrapper: contents.isWrapper ?? false,
    claimed: claimedBy(folder, contents),
  };
}

function claimedBy(folder: Folder, contents: Contents): ReadonlySet<string> {
  const { adapters, parts } = contents;
  const partFolders = [...folder.folders.values()].filter(
    ({ name }) => isPartFolderName(name) || parts?.test(name),
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
  return above !== null && hasStepFolders(above) ? above.shown : folder.shown;
}

function hasStepFolders(folder: Folder): boolean {
  return [...folder.folders.keys()].some(
    (name) => stepInFolderName(name) !== null,
  );
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
    return ofProducer(producer);
  if (adapters.length > 0) return adapterContents(folder, adapters, model);
  if (model !== null && (hasWeights(model) || !isRunRoot))
    return { ...examined(folder, 'transformers', 'model'), model };
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

function ofProducer({ name, holds, parts }: Producer): Contents {
  const reason =
    holds === 'shards'
      ? `${name} shards: convert them before use; this version does not examine them`
      : `written by ${name}: this version does not examine such folders`;
  return { ...notExamined(name, reason), holds, ...(parts ? { parts } : {}) };
}

function notExamined(producer: string, reason: string): Contents {
  return {
    producer,
    holds: 'unknown',
    adapters: [],
    model: null,
    unexamined: reason,
  };
}

function examined(folder: Folder, producer: string, holds: Holding): Contents {
  const isTrainers = [...folder.files.keys()].some(isTrainerStateName);
  return {
    producer: isTrainers ? 'transformers Trainer' : producer,
    holds,
    adapters: [],
    model: null,
    unexamined: null,
  };
}

function adapterContents(
  folder: Folder,
  adapters: readonly AdapterSet[],
  model: ModelSet | null,
): Contents {
  return {
    ...examined(folder, 'PEFT', 'adapter'),
    adapters,
    model: model !== null && hasWeights(model) ? model : null,
  };
}

function hasWeights(model: ModelSet): boolean {
  return (
    model.single !== null ||
    model.indexFile !== null ||
    model.looseShards.length > 0
  );
}

/** A save that was killed leaves a temporary beside what was written before it. */
function isKilledSave(folder: Folder): boolean {
  const names = [...folder.files.keys()];
  return (
    names.some((name) => SAFETENSORS_TEMPORARY.test(name)) &&
    names.some((name) => name === 'README.md' || name === 'config.json')
  );
}

/** A folder named as a checkpoint that holds none of the known weights. */
function remains(folder: Folder): Contents {
  const unknown = weightsLikeBelow(folder);
  if (unknown === null)
    return { ...examined(folder, 'unknown', 'nothing'), isWrapper: true };
  const reason = `${unknown} may hold weights, but no known loader looks for that name`;
  return {
    ...notExamined('unknown', reason),
    ...(unknown.includes('/') ? { isWrapper: true } : {}),
  };
}

function weightsLikeBelow(folder: Folder): string | null {
  for (const name of folder.files.keys())
    if (isWeightsLikeName(name)) return name;
  for (const below of folder.folders.values()) {
    const inside = weightsLikeBelow(below);
    if (inside !== null) return `${below.name}/${inside}`;
  }
  return null;
}
