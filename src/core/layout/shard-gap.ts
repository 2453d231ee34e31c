import { RANK_FILES_MAX } from '../bytes/limits.ts';
import { formatNumber } from '../wording.ts';
import { findDcpSizeDamage } from './dcp-files.ts';
import { MODEL_SAFETENSORS } from './names.ts';
import type { DcpFolder, ShardedState, ZeroTag } from './sharded-state.ts';
import { rankFilesOf } from './state-files.ts';
import type { CheckpointSubject } from './subjects.ts';
import { readTrainState, TRAIN_STATE } from './train-state.ts';
import type { Folder } from './tree.ts';

/** Producers of which this version knows the folder, not what completes it. */
const NOT_KNOWN: ReadonlySet<string> = new Set(['NeMo', 'Megatron-LM']);

/** DeepSpeed keeps ZeRO-Infinity's tensors there (engine.py, `save_checkpoint`). */
const OFFLOADED = 'offloaded_tensors';

/**
 * Why it cannot be said that the state which several processes wrote (torch DCP,
 * DeepSpeed, FSDP, Lightning's folders) or kohya's `train_state.json` is whole;
 * `null` where it is, as far as the format shows, or where there is none.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function findShardGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  const { sharded, folder, producer, holds } = checkpoint;
  if (sharded === null || folder === null) return null;
  if (NOT_KNOWN.has(producer))
    return `what completes a checkpoint of ${producer} is not examined in this version`;
  const unlisted = unlistedIn(folder);
  if (unlisted !== null) return unlisted;
  if (holds === 'shards' && !hasKnownShards(checkpoint, sharded))
    return `shards of ${producer} in a format of their own are not examined in this version`;
  for (const dcp of sharded.dcp) {
    const gap = await findDcpGap(dcp);
    if (gap !== null) return gap;
  }
  return (
    (await findRankGap(checkpoint)) ??
    (await findZeroGap(sharded, folder)) ??
    findFsdpGap(checkpoint, sharded) ??
    findLightningGap(checkpoint, sharded) ??
    (await findKohyaGap(checkpoint))
  );
}

function unlistedIn(folder: Folder): string | null {
  const found = [folder, ...folder.folders.values()].find(
    ({ unlisted }) => unlisted !== null,
  );
  return found?.unlisted?.reason ?? null;
}

function hasKnownShards(
  checkpoint: CheckpointSubject,
  { dcp, zero }: ShardedState,
): boolean {
  return dcp.length + zero.length + rankFilesOf(checkpoint).length > 0;
}

async function findDcpGap(dcp: DcpFolder): Promise<string | null> {
  const { name, hasRankMetadata, dataFiles } = dcp;
  if (hasRankMetadata)
    return `the lists that each rank kept in ${name} are not examined in this version`;
  const read = await dcp.metadata();
  if (read === null) return `${name} has no .metadata`;
  if (!read.ok)
    return `.metadata in ${name} could not be read (${read.defect.code})`;
  const { unknown, files } = read.value;
  if (unknown !== null) return `of .metadata in ${name}: ${unknown}`;
  if (files.size === 0 && dataFiles.length > 0)
    return `.metadata in ${name} places no value in any file`;
  if (files.size > RANK_FILES_MAX)
    return `${name} has more than the ${formatNumber(RANK_FILES_MAX)} files that are opened`;
  const { missing, short } = findDcpSizeDamage(dcp, read.value);
  const [damaged] = [...missing, ...short];
  return damaged === undefined
    ? null
    : `${damaged.name} in ${name} is not what .metadata says`;
}

async function findRankGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  const files = rankFilesOf(checkpoint);
  if (files.length > RANK_FILES_MAX)
    return `there are more than the ${formatNumber(RANK_FILES_MAX)} files of ranks that are opened`;
  for (const { name, state } of files) {
    const read = await state();
    if (read.kind === 'unread') return `of ${name}: ${read.reason}`;
    if (read.kind === 'damaged') return `${name} could not be read`;
  }
  return null;
}

async function findZeroGap(
  { zero, latest }: ShardedState,
  { folders }: Folder,
): Promise<string | null> {
  if (zero.length > 0 && folders.has(OFFLOADED))
    return `the tensors in ${OFFLOADED} are not examined in this version`;
  for (const tag of zero) {
    const gap = await findTagGap(tag, latest !== null);
    if (gap !== null) return gap;
  }
  return null;
}

async function findTagGap(
  tag: ZeroTag,
  hasLatest: boolean,
): Promise<string | null> {
  const { name, modelStates, optimizerStates, others } = tag;
  if (!hasLatest && !ACCELERATE_TAG.test(name))
    return `no file latest names ${name}`;
  if (others.length > 0)
    return `${name} holds states of experts or layers, whose number this version does not know`;
  if (modelStates.length === 0) return `${name} holds no model states`;
  if (optimizerStates.length > 0) return null;
  // Without ZeRO the optimizer is in the file of the model states.
  for (const one of modelStates) {
    const file = tag.fileNamed(one.name);
    const read = file === null ? null : await tag.stateOf(file);
    if (read?.kind !== 'whole' || !read.root.filled.has('optimizer'))
      return `${name} holds no optimizer states`;
  }
  return null;
}

/** accelerate names the tag itself when it loads (accelerator.py, load_state). */
const ACCELERATE_TAG = /^pytorch_model(?:_\d+)?$/;

/** Both are saved together (accelerate utils/fsdp_utils.py); a resume can lack the second. */
function findFsdpGap(
  { producer, folder, holds }: CheckpointSubject,
  { dcp }: ShardedState,
): string | null {
  if (producer !== 'FSDP' || holds !== 'shards') return null;
  const names = [
    ...dcp.map(({ name }) => name),
    ...[...(folder?.files.keys() ?? [])].filter((name) =>
      /_rank\d+\.bin$/.test(name),
    ),
  ];
  if (!names.some((name) => name.startsWith('pytorch_model_fsdp')))
    return 'no shards of the model are there';
  return names.some((name) => name.startsWith('optimizer'))
    ? null
    : 'no shards of the optimizer are there';
}

function findLightningGap(
  { producer, folder }: CheckpointSubject,
  { zero }: ShardedState,
): string | null {
  if (producer !== 'Lightning' || zero.length > 0) return null;
  return folder?.files.has('meta.pt') === true ? null : 'no meta.pt is there';
}

async function findKohyaGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  if (checkpoint.producer !== 'kohya state') return null;
  const file = checkpoint.fileNamed(TRAIN_STATE);
  const state = file === null ? null : await readTrainState(file);
  if (!state?.ok) return `${TRAIN_STATE} could not be used`;
  const { currentStep } = state.value;
  if (!Number.isSafeInteger(currentStep) || (currentStep ?? 0) <= 0)
    return `${TRAIN_STATE} names no step to go on from`;
  const network = await checkpoint.fileNamed(MODEL_SAFETENSORS)?.tensorCount();
  return network?.ok === true ? null : `${MODEL_SAFETENSORS} could not be read`;
}
