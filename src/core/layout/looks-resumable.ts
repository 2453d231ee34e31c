import { SourceError } from '../bytes/reader.ts';
import { weightsOf } from './subjects.ts';
import type { CheckpointSubject, WeightsFile } from './subjects.ts';
import { isStateKept, statePairOf } from './trainer-saves.ts';
import { stateFilesOf } from './training-state.ts';
import type { StateFile } from './training-state.ts';

/**
 * Whether training could go on from a checkpoint by what its files show at little cost:
 * the weights and the states that the run keeps are there and can be opened. Over a
 * network their names and sizes decide.
 */
export async function looksResumable(
  checkpoint: CheckpointSubject,
): Promise<boolean> {
  if (checkpoint.unexamined !== null || checkpoint.trainerState === null)
    return false;
  if (isStateKept(checkpoint) && !statePairOf(checkpoint).isWhole) return false;
  try {
    const brief = await checkpoint.trainerState.brief();
    if (!brief.ok || brief.value.refused.length > 0) return false;
    return (await hasStates(checkpoint)) && (await hasWeights(checkpoint));
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
