import { SourceError } from '../bytes/reader.ts';
import { hasDcpEndDamage } from './dcp-files.ts';
import { findShardGap } from './shard-gap.ts';
import { rankFilesOf } from './state-files.ts';
import { weightsOf } from './subjects.ts';
import type { CheckpointSubject, WeightsFile } from './subjects.ts';
import { isStateKept, statePairOf } from './trainer-saves.ts';
import { stateFilesOf } from './training-state.ts';
import type { StateFile } from './training-state.ts';
import { findZeroRanks, leftOfZero } from './zero-ranks.ts';

/**
 * Whether training could go on from a checkpoint by what its files show at little cost:
 * the weights and the states that the run keeps are there and can be opened. Over a
 * network their names and sizes decide.
 */
export async function looksResumable(
  checkpoint: CheckpointSubject,
): Promise<boolean> {
  const { unexamined, holds, trainerState } = checkpoint;
  // Pieces of several processes have no weights to examine, and are gone on from.
  if (unexamined !== null && holds !== 'shards') return false;
  if (trainerState === null) return false;
  if (isStateKept(checkpoint) && !statePairOf(checkpoint).isWhole) return false;
  try {
    const brief = await trainerState.brief();
    if (!brief.ok || brief.value.refused.length > 0) return false;
    return (
      (await hasStates(checkpoint)) &&
      (await hasPieces(checkpoint)) &&
      (await hasWeights(checkpoint))
    );
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}

async function hasStates(checkpoint: CheckpointSubject): Promise<boolean> {
  const needed = stateFilesOf(checkpoint).filter(
    ({ need }) => need === 'needed',
  );
  if (needed.some(({ file }) => file.sizeBytes === 0)) return false;
  return isFar(checkpoint) || everyOne(needed, isStateWhole);
}

async function isStateWhole({ reading }: StateFile): Promise<boolean> {
  return (await reading()).kind === 'read';
}

/** Whether all that several processes wrote, each its part, is there and can be opened. */
async function hasPieces(checkpoint: CheckpointSubject): Promise<boolean> {
  const { sharded } = checkpoint;
  if (sharded === null) return true;
  const { dcp, zero } = sharded;
  const isPartGone =
    leftOfZero(checkpoint).length > 0 ||
    zero.some((tag) => findZeroRanks(tag).missingFiles > 0) ||
    dcp.some((one) => !one.hasMetadata || one.dataFiles.length === 0) ||
    rankFilesOf(checkpoint).some(({ file }) => file.sizeBytes === 0);
  if (isPartGone) return false;
  if (isFar(checkpoint)) return true;
  if ((await findShardGap(checkpoint)) !== null) return false;
  if (await isTagGone(checkpoint)) return false;
  return everyOne(dcp, async (one) => !(await hasDcpEndDamage(one)));
}

/** Whether `latest` names a state of DeepSpeed that is not there. */
async function isTagGone({ sharded }: CheckpointSubject): Promise<boolean> {
  if (!sharded?.latest || sharded.zero.length === 0) return false;
  const tag = await sharded.latest.headText();
  return !sharded.hasTag(tag.trim());
}

/** Of what lies in pieces of several processes there are none that a loader reads. */
async function hasWeights(checkpoint: CheckpointSubject): Promise<boolean> {
  if (checkpoint.holds === 'shards') return true;
  const weights = await weightsOf(checkpoint);
  const isEmpty = weights.some(({ file }) => file.sizeBytes === 0);
  if (weights.length === 0 || isEmpty) return false;
  if (isFar(checkpoint)) return true;
  const index = await checkpoint.model?.index();
  const names = new Set(weights.map(({ file }) => file.name));
  if (index?.ok === false) return false;
  if (index?.value.shards.some((name) => !names.has(name))) return false;
  return everyOne(weights, opens);
}

async function opens({ file, format }: WeightsFile): Promise<boolean> {
  if (format === 'safetensors') return (await file.tensorCount()).ok;
  const { kind } = await file.content();
  return kind === 'zip' ? (await file.torchZip()).ok : kind === 'torch-legacy';
}

function isFar({ medium }: CheckpointSubject): boolean {
  return medium.transferMaxBytes !== undefined;
}

/** One after the other, so that the first that is broken is the last that is read. */
async function everyOne<T>(
  all: readonly T[],
  holds: (one: T) => Promise<boolean>,
): Promise<boolean> {
  for (const one of all) if (!(await holds(one))) return false;
  return true;
}
