import { SourceError } from '../bytes/reader.ts';
import type { DcpFolder, ShardedState, ZeroTag } from './sharded-state.ts';
import type { CheckpointSubject } from './subjects.ts';

/** How many processes wrote a checkpoint, at the least, and what shows it. */
export interface ProvenWorld {
  readonly processes: number;
  /** The folder whose content says so. */
  readonly by: string;
}

/** More than any training had; a name or a number in a file may claim any. */
const PROCESSES_MAX = 100_000;
/** torch/distributed/checkpoint/filesystem.py: `__<rank>_<count>.distcp`. */
const DCP_DATA = /^__(\d{1,5})_\d+\.distcp$/;

/**
 * The least number of processes that a checkpoint itself proves: by the number that
 * DeepSpeed keeps in its states, or by the ranks of the files that `.metadata` lists. What
 * lies beside these may be left of an earlier save, and proves nothing; so do bytes that
 * cannot be had. `null` where nothing shows it.
 */
export async function provenWorldOf({
  sharded,
}: CheckpointSubject): Promise<ProvenWorld | null> {
  try {
    return await mostOf(sharded);
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

async function mostOf(
  sharded: ShardedState | null,
): Promise<ProvenWorld | null> {
  const found: ProvenWorld[] = [];
  for (const tag of sharded?.zero ?? [])
    found.push({ processes: await zeroWorldOf(tag), by: tag.name });
  for (const dcp of sharded?.dcp ?? [])
    found.push({ processes: await dcpWorldOf(dcp), by: dcp.name });
  return found.reduce<ProvenWorld | null>(
    (most, one) =>
      one.processes > (most?.processes ?? 0) && one.processes <= PROCESSES_MAX
        ? one
        : most,
    null,
  );
}

/**
 * Processes by the `dp_world_size` that DeepSpeed's model states name; 0 where they cannot
 * be read.
 */
export async function zeroWorldOf(tag: ZeroTag): Promise<number> {
  const file = tag.fileNamed(tag.modelStates[0]?.name ?? '');
  const read = file === null ? null : await tag.stateOf(file);
  if (read?.kind !== 'whole') return 0;
  const modelRanks = new Set(tag.modelStates.map(({ modelRank }) => modelRank));
  const world = read.root.numbers.get('dp_world_size') ?? 0;
  return Number.isSafeInteger(world) ? world * modelRanks.size : 0;
}

async function dcpWorldOf({ metadata }: DcpFolder): Promise<number> {
  const read = await metadata();
  if (!read?.ok) return 0;
  const ranks = [...read.value.files.keys()].flatMap(
    (name) => DCP_DATA.exec(name)?.[1] ?? [],
  );
  return ranks.reduce((most, rank) => Math.max(most, Number(rank) + 1), 0);
}
