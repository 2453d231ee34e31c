import type { ArchiveFacts } from '../bytes/archive.ts';
import type { Source } from '../bytes/reader.ts';
import type { Answer, CheckpointQuestion, Holding } from '../types.ts';
import type { AdapterConfig, AdapterConfigDefect } from './adapter-config.ts';
import type { FileFacts } from './file-facts.ts';
import type { ShardedState } from './sharded-state.ts';
import type { TrainerStateFacts } from './trainer-state.ts';
import type { Memo } from './memoise.ts';
import type { AdapterMeaning } from './peft/meaning.ts';
import type { Folder } from './tree.ts';
import type { WeightIndex, WeightIndexDefect } from './weight-index.ts';
import type { Parsed } from '../formats/parsed.ts';

/** Which loader reads a weights file: by its name, as the loaders choose. */
export type WeightsFormat = 'safetensors' | 'torch';

/** One weights file that a loader would read. */
export interface WeightsFile {
  readonly file: FileFacts;
  readonly format: WeightsFormat;
}

/** One PEFT adapter: a configuration and a weights file in one folder. */
export interface AdapterSet {
  /** The subfolder's name, or `null` in the checkpoint's own folder. */
  readonly name: string | null;
  /** The folder, as the report names it. */
  readonly path: string;
  readonly configFile: FileFacts | null;
  config(): Promise<Parsed<AdapterConfig, AdapterConfigDefect> | null>;
  /** How many tensors are too many beside so large a configuration; or `null`. */
  excess(): Promise<number | null>;
  /** `null` where the configuration, the tensors or the type's keys are not known. */
  readonly meaning: Memo<AdapterMeaning | null>;
  /** What PEFT would read: the safetensors file before the torch file. */
  readonly weights: WeightsFile | null;
  /** The torch file that PEFT passes over when both are there. */
  readonly passedOver: FileFacts | null;
  /** Which of its files are links to nothing. */
  readonly dangling: ReadonlySet<string>;
}

/** One transformers model: a configuration and one file or an index of shards. */
export interface ModelSet {
  readonly path: string;
  readonly configFile: FileFacts | null;
  /** Whether its loader builds the model from config.json; accelerate's does not. */
  readonly needsConfig: boolean;
  /** Whether the folder holds what only `save_pretrained` of a model writes. */
  readonly hasGenerationConfig: boolean;
  /** The file that transformers would read whole, when there is no index before it. */
  readonly single: WeightsFile | null;
  readonly indexFile: FileFacts | null;
  index(): Promise<Parsed<WeightIndex, WeightIndexDefect> | null>;
  /**
   * By name, the shards that are there: those which the index names, or, where it
   * is missing or broken, whatever is named like one.
   */
  shards(): Promise<ReadonlyMap<string, WeightsFile>>;
  /** Shards that lie there with no index to load them by. */
  readonly looseShards: readonly string[];
  /** Torch weights that transformers passes over for safetensors. */
  readonly passedOver: FileFacts | null;
  readonly dangling: ReadonlySet<string>;
}

/** What a checkpoint came by; the same object for all that came by the same. */
export type Medium = Pick<
  Source,
  | 'label'
  | 'mark'
  | 'isUpload'
  | 'transferMaxBytes'
  | 'digest'
  | 'ahead'
  | 'sweep'
  | 'letGo'
>;

export interface CheckpointSubject {
  readonly medium: Medium;
  /** The run's path, as the report names it. */
  readonly run: string;
  readonly path: string;
  readonly name: string;
  /** `null` also for one that is too large (`hugeStepIn`). */
  readonly step: number | null;
  /** Whether it lies in a folder named `checkpoint-N`, which Trainer resumes from. */
  readonly isStepFolder: boolean;
  /** `null` when the checkpoint is a single file. */
  readonly folder: Folder | null;
  /** A file that lies directly in its folder, or `null` if it has none of the name. */
  fileNamed(name: string): FileFacts | null;
  readonly producer: string;
  readonly holds: Holding;
  readonly adapters: readonly AdapterSet[];
  readonly model: ModelSet | null;
  /**
   * Weights files that are judged by themselves: a file that the user named, or
   * what the loader of another producer reads.
   */
  readonly loose: readonly WeightsFile[];
  /** The configuration that the loader of `loose` reads, when it is there. */
  readonly looseConfig: FileFacts | null;
  /** What several processes wrote, each its part; `null` for a single file. */
  readonly sharded: ShardedState | null;
  /** What its trainer_state.json tells; `null` where there is none. */
  readonly trainerState: TrainerStateFacts | null;
  /** Whether step folders lie in it: the output root of a run. */
  readonly isRunRoot: boolean;
  /** Why the content was not looked at; `null` when it was. */
  readonly unexamined: string | null;
  /** Whether the folder keeps weights from before training by design. */
  readonly isInitial: boolean;
  /** All checkpoints of the run, this one among them; one list for them all. */
  readonly ofRun: readonly CheckpointSubject[];
}

/** Whether it is named after a step that is too large to be told from others. */
export function isStepTooLarge({
  isStepFolder,
  step,
}: Pick<CheckpointSubject, 'isStepFolder' | 'step'>): boolean {
  return isStepFolder && step === null;
}

export interface WeightsFileSubject extends WeightsFile {
  readonly checkpoint: CheckpointSubject;
  readonly role: 'adapter' | 'model' | 'loose';
}

/** A folder that a save was to rename when it is whole. */
export interface StagingFolder {
  /** As the report names it. */
  readonly path: string;
  readonly name: string;
}

export interface RunSubject {
  readonly path: string;
  readonly checkpoints: readonly CheckpointSubject[];
  readonly staging: readonly StagingFolder[];
  /** Older ones that are not looked at, since there are too many. */
  readonly omitted: number;
}

/** A checkpoint and what was found of it. */
export interface JudgedCheckpoint {
  readonly checkpoint: CheckpointSubject;
  readonly answers: Readonly<Record<CheckpointQuestion, Answer>>;
}

/** A run whose checkpoints were all looked at. */
export interface JudgedRunSubject {
  readonly run: RunSubject;
  /** In the order of the run. */
  readonly judged: readonly JudgedCheckpoint[];
}

/** An archive that was listed, and what it shows of itself. */
export interface ArchiveSubject {
  /** As the report names it. */
  readonly path: string;
  readonly medium: Medium;
  readonly facts: ArchiveFacts;
}

/** What the user named, and what was found there. */
export interface TargetSubject {
  readonly named: string;
  /** Nothing exists there. */
  readonly isAbsent: boolean;
  /** Of an artifact that is looked for: the names that there are. */
  readonly there: readonly string[] | null;
  /** Whether the user named it, so that a checkpoint is due there. */
  readonly isNamed: boolean;
  /** Whether any of it came through an upload. */
  readonly isUpload: boolean;
  /** Something below could not be listed or read, so that absence proves nothing. */
  readonly hasGaps: boolean;
  readonly checkpoints: number;
  readonly files: number;
  /** Files that look like weights but are of no known name. */
  readonly unknownWeights: readonly string[];
  /** Unfinished saves: staging folders and temporaries. */
  readonly leftovers: readonly string[];
  /** Of what is a tree in an archive: what the archive itself shows. */
  readonly archives: readonly ArchiveSubject[];
}

/**
 * Whether a model's configuration lies without weights where nothing else says
 * that a checkpoint is due: it may be a template.
 */
export function isPerhapsTemplate(checkpoint: CheckpointSubject): boolean {
  const { model, isStepFolder, folder } = checkpoint;
  if (model === null || isStepFolder || folder?.path === '') return false;
  const { single, indexFile, looseShards } = model;
  return single === null && indexFile === null && looseShards.length === 0;
}

/**
 * Whether an output root holds a configuration only, above folders with
 * checkpoints: some trainers (axolotl) write it before training starts.
 */
export function isBeforeEnd(checkpoint: CheckpointSubject): boolean {
  const { isRunRoot, adapters, model } = checkpoint;
  return (
    isRunRoot &&
    model === null &&
    adapters.length > 0 &&
    adapters.every(
      ({ weights, name, dangling }) =>
        weights === null && name === null && dangling.size === 0,
    )
  );
}

/** The configurations and indexes of a checkpoint that a loader would read. */
export function configFilesOf({
  adapters,
  model,
  looseConfig,
}: CheckpointSubject): readonly FileFacts[] {
  const files = [
    ...adapters.map(({ configFile }) => configFile),
    model?.configFile,
    model?.indexFile,
    looseConfig,
  ];
  return files.flatMap((file) => file ?? []);
}

/** Every weights file of a checkpoint that a loader would read. */
export async function weightsOf(
  checkpoint: CheckpointSubject,
): Promise<readonly WeightsFileSubject[]> {
  const { adapters, model, loose, holds } = checkpoint;
  const looseRole: WeightsFileSubject['role'] =
    holds === 'adapter' ? 'adapter' : 'loose';
  const ofAdapters = adapters.flatMap(({ weights }) => weights ?? []);
  const ofModel =
    model === null
      ? []
      : [
          ...(await model.shards()).values(),
          ...(model.single ? [model.single] : []),
        ];
  return [
    ...ofAdapters.map((file) => ({
      ...file,
      checkpoint,
      role: 'adapter' as const,
    })),
    ...loose.map((file) => ({ ...file, checkpoint, role: looseRole })),
    ...ofModel.map((file) => ({ ...file, checkpoint, role: 'model' as const })),
  ];
}
