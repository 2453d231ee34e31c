import type { StagingFolder } from './subjects.ts';
import type { Entry, Source } from '../bytes/reader.ts';
import { DOCUMENTS_HELD_MAX_BYTES, HELD_MAX_BYTES } from '../bytes/limits.ts';
import { TRAINER_STATES_HELD_MAX_BYTES } from '../bytes/trainer-state-limits.ts';
import { headerRecall } from '../formats/safetensors/recall.ts';
import type { Location, SkipCause } from '../types.ts';
import type { FactsOf } from './adapter-set.ts';
import { fileFacts } from './file-facts.ts';
import type { FileFacts } from './file-facts.ts';
import { folderCheckpoint } from './folder-checkpoint.ts';
import type { FoundCheckpoint } from './folder-checkpoint.ts';
import { findLoneFiles, findSaves } from './lone-files.ts';
import {
  isLeftoverFolderName,
  isStepFolderName,
  SAFETENSORS_TEMPORARY,
  stepInFolderName,
} from './names.ts';
import { shelfOf } from './shelf.ts';
import { trainerStatesOn } from './trainer-state.ts';
import type { StateIn } from './trainer-state.ts';
import { parentIn } from './tree.ts';
import type { Folder } from './tree.ts';

/** Something that the layout passed over, for the report's list of skips. */
export interface PassedOver {
  readonly where: Location;
  readonly cause: SkipCause;
  readonly reason: string;
}

/** A folder that a save was to rename when it is whole. */
export interface Staging extends StagingFolder {
  /** The run that it lies in. */
  readonly run: string;
}

/** What was found below one root. */
export interface Found {
  readonly checkpoints: FoundCheckpoint[];
  readonly passedOver: PassedOver[];
  /** Files that look like weights but are of no known name. */
  readonly unknownWeights: string[];
  /** Staging folders and temporaries of saves that did not end. */
  readonly leftovers: string[];
  readonly staging: Staging[];
}

/** One walk over the folders of one source. */
export interface Walk extends Found {
  readonly source: Source;
  readonly factsOf: FactsOf;
  /** Keeps what trainer_state.json files say. */
  readonly stateIn: StateIn;
}

/**
 * Finds the checkpoints below a root: folders and files that a known producer
 * writes, folders named `checkpoint-N` whatever they hold.
 */
export async function findCheckpoints(
  source: Source,
  root: Folder,
): Promise<Found> {
  const walk: Walk = {
    source,
    factsOf: memoisedFacts(source),
    stateIn: trainerStatesOn(shelfOf(TRAINER_STATES_HELD_MAX_BYTES)),
    checkpoints: [],
    passedOver: [],
    unknownWeights: [],
    leftovers: [],
    staging: [],
  };
  const around: Surroundings = { above: null, stepFolder: null };
  // The name of a file makes no folder of it: `checkpoint-6` may be a file.
  if (source.root === 'file') await findLoneFiles(walk, root, around);
  else await visit(walk, root, around);
  return walk;
}

/** What a folder inherits from those above it. */
export interface Surroundings {
  readonly above: Folder | null;
  /**
   * The nearest folder, this one included, that carries a step in its name; `null` for a
   * step that is too large to be held.
   */
  readonly stepFolder: {
    readonly step: number | null;
    readonly run: string;
  } | null;
}

async function visit(
  walk: Walk,
  folder: Folder,
  outer: Surroundings,
): Promise<void> {
  if (isLeftoverFolderName(folder.name)) return passOverLeftover(walk, folder);
  noteTemporaries(walk, folder);
  const around = { ...outer, ...stepOf(walk, folder) };
  const own = folderCheckpoint(walk, folder, around);
  const foundBefore = walk.checkpoints.length;
  for (const below of folder.folders.values()) {
    if (!own?.claimed.has(below.shown))
      await visit(walk, below, { ...around, above: folder });
  }
  if (own === null) return findLoneFiles(walk, folder, around);
  // A step folder that only wraps the real checkpoint is not one itself.
  if (!own.isWrapper || walk.checkpoints.length === foundBefore)
    walk.checkpoints.push(own);
  findSaves(walk, folder, around, own);
}

function stepOf({ source }: Walk, folder: Folder): Partial<Surroundings> {
  if (!isStepFolderName(folder.name)) return {};
  const step = stepInFolderName(folder.name);
  return { stepFolder: { step, run: parentIn(source, folder.path) } };
}

function passOverLeftover(walk: Walk, folder: Folder): void {
  walk.leftovers.push(folder.shown);
  walk.staging.push({
    path: folder.shown,
    name: folder.name,
    run: parentIn(walk.source, folder.path),
  });
  walk.passedOver.push({
    where: { path: folder.shown },
    cause: 'leftover',
    reason: 'left by a save that did not end; not a checkpoint',
  });
}

function noteTemporaries(walk: Walk, folder: Folder): void {
  for (const name of folder.files.keys())
    if (SAFETENSORS_TEMPORARY.test(name))
      walk.leftovers.push(`${folder.shown}/${name}`);
}

function memoisedFacts(source: Source): FactsOf {
  // By identity: hashing a hundred thousand paths takes longer than walking them.
  const known = new Map<Entry, FileFacts>();
  const shared = {
    recall: headerRecall(),
    shelf: shelfOf(HELD_MAX_BYTES),
    documents: shelfOf(DOCUMENTS_HELD_MAX_BYTES),
  };
  return (folder, name) => {
    const entry = folder.files.get(name);
    if (entry === undefined) return null;
    const before = known.get(entry);
    if (before !== undefined) return before;
    const facts = fileFacts(source, entry, shared);
    known.set(entry, facts);
    return facts;
  };
}
