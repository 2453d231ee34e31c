import type { FactsOf } from './adapter-set.ts';
import { DCP_METADATA, dcpFacts } from './dcp-files.ts';
import type { DcpFacts } from './dcp-files.ts';
import type { FileFacts } from './file-facts.ts';
import { rankFolder } from './rank-file.ts';
import type { RankFolder } from './rank-file.ts';
import { hasFile } from './tree.ts';
import type { Folder } from './tree.ts';

/** One file of DeepSpeed ZeRO, by what its name says. */
export interface ZeroFile {
  readonly name: string;
  /** The tensor-parallel rank. */
  readonly modelRank: number;
  /** The data-parallel rank; `null` where one file serves all of them. */
  readonly dataRank: number | null;
}

/** What one save of DeepSpeed left: a folder named by its tag. */
export interface ZeroTag extends RankFolder {
  /** As the report names it. */
  readonly path: string;
  readonly name: string;
  readonly modelStates: readonly ZeroFile[];
  readonly optimizerStates: readonly ZeroFile[];
  /** Names of states that follow no count of ranks: of experts, of layers. */
  readonly others: readonly string[];
}

/** One torch distributed checkpoint: files of ranks and the list of what is where. */
export interface DcpFolder extends DcpFacts {
  readonly path: string;
  readonly name: string;
  /** Names of the `.distcp` files. */
  readonly dataFiles: readonly string[];
  /** `.metadata`, which the save writes last, or one of each rank's own. */
  readonly hasMetadata: boolean;
  /** Whether ranks left lists of their own, which torch reads where it must. */
  readonly hasRankMetadata: boolean;
  /** `.metadata.tmp`, which the save renames when it is complete. */
  readonly hasTemporary: boolean;
}

/** State that several processes wrote, each its part. */
export interface ShardedState {
  readonly zero: readonly ZeroTag[];
  readonly dcp: readonly DcpFolder[];
  /** DeepSpeed's `latest`, which names the tag to load. */
  readonly latest: FileFacts | null;
  /** Files that lie in the checkpoint's own folder. */
  readonly own: RankFolder;
  /** Whether a folder of this name lies beside `latest`. */
  readonly hasTag: (name: string) => boolean;
}

/**
 * DeepSpeed runtime/engine.py, `_get_ckpt_name` and `_get_zero_ckpt_name`; the
 * experts' files (`layer_0_expert_1_mp_rank_00_…`) follow no count of ranks.
 */
const ZERO_MODEL =
  /^(?:zero_pp_rank_(\d{1,6})_)?mp_rank_(\d{2,6})_model_states\.pt$/;
const ZERO_OTHER = /_(?:model|optim)_states\.pt$/;
const ZERO_OPTIMIZER =
  /^(?:(?:bf16|fp16)_)?zero_pp_rank_(\d{1,6})_mp_rank_(\d{2,6})_?optim_states\.pt$/;
/** torch/distributed/checkpoint/filesystem.py: `__<rank>_<count>.distcp`. */
const DCP_DATA = /^__\d+_\d+\.distcp$/;
/** Saves that do not gather: the reader falls back to it (filesystem.py). */
const DCP_RANK_METADATA = /^__\d+\.metadata$/;
const DCP_TEMPORARY = '.metadata.tmp';
/** Folders that FSDP makes before it writes into them. */
const DCP_FOLDER_NAME = /^(?:pytorch_model_fsdp|optimizer)_\d+$/;

/** Whether DeepSpeed wrote its state into the folder itself. */
export function isZeroTag(folder: Folder): boolean {
  return hasFile(folder, ZERO_MODEL) || hasFile(folder, ZERO_OPTIMIZER);
}

/** Whether torch's distributed checkpoint wrote into the folder itself. */
export function isDcpFolder(folder: Folder): boolean {
  return (
    folder.files.has(DCP_METADATA) ||
    folder.files.has(DCP_TEMPORARY) ||
    hasFile(folder, DCP_RANK_METADATA) ||
    hasFile(folder, DCP_DATA)
  );
}

/**
 * The parts that several processes wrote into a checkpoint's folder or into one
 * of its subfolders.
 *
 * @param above the folder around it, where DeepSpeed keeps `latest` for its tags
 */
export function findShardedState(
  folder: Folder,
  above: Folder | null,
  factsOf: FactsOf,
): ShardedState {
  const places = [folder, ...folder.folders.values()];
  const zero = places.filter(isZeroTag).map((one) => zeroTag(one, factsOf));
  const isTag = isZeroTag(folder);
  const holder = isTag && !folder.files.has('latest') ? above : folder;
  return {
    zero,
    dcp: places
      .filter((one) => isDcpFolder(one) || isMeantForDcp(one))
      .map((one) => dcpFolder(one, factsOf)),
    own: rankFolder((name) => factsOf(folder, name)),
    latest: holder === null ? null : factsOf(holder, 'latest'),
    hasTag: (name) => holder?.folders.has(name) ?? false,
  };
}

/** Made by FSDP, and left as it was made. */
function isMeantForDcp({ name, files, folders, unlisted }: Folder): boolean {
  const isEmpty = files.size === 0 && folders.size === 0 && unlisted === null;
  return isEmpty && DCP_FOLDER_NAME.test(name);
}

function zeroTag(folder: Folder, factsOf: FactsOf): ZeroTag {
  const names = [...folder.files.keys()];
  const modelStates = names.flatMap((name) => zeroFile(name, ZERO_MODEL));
  const optimizerStates = names.flatMap((name) =>
    zeroFile(name, ZERO_OPTIMIZER),
  );
  const counted = new Set(
    [...modelStates, ...optimizerStates].map(({ name }) => name),
  );
  return {
    path: folder.shown,
    name: folder.name,
    modelStates,
    optimizerStates,
    others: names.filter((name) => ZERO_OTHER.test(name) && !counted.has(name)),
    ...rankFolder((name) => factsOf(folder, name)),
  };
}

function zeroFile(name: string, pattern: RegExp): ZeroFile[] {
  const [, dataRank, modelRank] = pattern.exec(name) ?? [];
  if (modelRank === undefined) return [];
  return [
    {
      name,
      modelRank: Number(modelRank),
      dataRank: dataRank === undefined ? null : Number(dataRank),
    },
  ];
}

function dcpFolder(folder: Folder, factsOf: FactsOf): DcpFolder {
  return {
    ...dcpFacts((name) => factsOf(folder, name)),
    path: folder.shown,
    name: folder.name,
    dataFiles: [...folder.files.keys()].filter((name) => DCP_DATA.test(name)),
    hasMetadata:
      folder.files.has(DCP_METADATA) || hasFile(folder, DCP_RANK_METADATA),
    hasRankMetadata: hasFile(folder, DCP_RANK_METADATA),
    hasTemporary: folder.files.has(DCP_TEMPORARY),
  };
}
