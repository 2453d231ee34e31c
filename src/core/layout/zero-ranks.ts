import type { ZeroFile, ZeroTag } from './sharded-state.ts';
import type { CheckpointSubject } from './subjects.ts';

/** Names that are spelled out; ranks in hostile names go up to a million. */
const MAX_NAMES = 100;

/** What the names of one tag's files say of the ranks that wrote them. */
export interface ZeroRanks {
  /** The first of the files that the others prove, and that are not there. */
  readonly missing: readonly string[];
  /** How many those are in all. */
  readonly missingFiles: number;
  /** The lowest data-parallel rank, where it is not 0. */
  readonly firstRank: number | null;
}

/** Files of one kind that a save writes for each model rank and data rank. */
interface Wanted {
  readonly found: readonly ZeroFile[];
  /** Data ranks from `first` on; `null` where one file serves all of them. */
  readonly dataRanks: { readonly first: number; readonly count: number } | null;
  readonly nameOf: (modelRank: string, dataRank: number) => string;
}

/**
 * Compares the files of a tag with one another. A rank between two others must be
 * there; with ZeRO-3 each rank writes model states and optimizer states; below it
 * one file of model states serves all data-parallel ranks (DeepSpeed
 * runtime/engine.py, `_save_checkpoint` and `_save_zero_checkpoint`).
 */
export function findZeroRanks(tag: ZeroTag): ZeroRanks {
  const { modelStates, optimizerStates } = tag;
  const perRank = modelStates.filter(({ dataRank }) => dataRank !== null);
  const isStage3 = perRank.length > 0;
  const all = [...perRank, ...optimizerStates];
  const first = all.reduce(
    (min, { dataRank }) => Math.min(min, dataRank ?? min),
    all[0]?.dataRank ?? 0,
  );
  const last = maxOf(all, ({ dataRank }) => dataRank ?? 0);
  const ranks = { first, count: last - first + 1 };
  const prefix = /^(?:bf16_|fp16_)?/.exec(optimizerStates[0]?.name ?? '')?.[0];
  const optimizer: Wanted = {
    found: optimizerStates,
    dataRanks: ranks,
    nameOf: (modelRank, dataRank) =>
      `${prefix ?? ''}zero_pp_rank_${dataRank}_mp_rank_${modelRank}_optim_states.pt`,
  };
  const model: Wanted = {
    found: isStage3 ? perRank : modelStates,
    dataRanks: isStage3 ? ranks : null,
    nameOf: (modelRank, dataRank) =>
      `${isStage3 ? `zero_pp_rank_${dataRank}_` : ''}mp_rank_${modelRank}_model_states.pt`,
  };
  // Without ZeRO the optimizer is in the file of the model states.
  const kinds = all.length > 0 ? [optimizer, model] : [model];
  const modelRanks =
    maxOf([...modelStates, ...optimizerStates], ({ modelRank }) => modelRank) +
    1;
  return {
    missing: takeMissing(kinds, modelRanks),
    missingFiles: kinds.reduce(
      (sum, { found, dataRanks }) =>
        sum + modelRanks * (dataRanks?.count ?? 1) - keysOf(found).size,
      0,
    ),
    firstRank: first === 0 ? null : first,
  };
}

/** Written beside the state of DeepSpeed, by a Trainer into its own folder. */
const BESIDE_STATE: readonly string[] = ['latest', 'zero_to_fp32.py'];

/**
 * What lies in a step of a Trainer beside the state of DeepSpeed, where that itself is
 * gone; none where it is there or never was.
 */
export function leftOfZero({
  sharded,
  folder,
  isStepFolder,
}: CheckpointSubject): readonly string[] {
  if (folder === null || !isStepFolder || sharded?.zero.length !== 0) return [];
  const left = BESIDE_STATE.filter((name) => folder.files.has(name));
  return left.includes('zero_to_fp32.py') ? left : [];
}

function takeMissing(kinds: readonly Wanted[], modelRanks: number): string[] {
  const names: string[] = [];
  for (const { found, dataRanks, nameOf } of kinds) {
    const keys = keysOf(found);
    const { first, count } = dataRanks ?? { first: 0, count: 1 };
    for (let modelRank = 0; modelRank < modelRanks; modelRank += 1)
      for (let rank = first; rank < first + count; rank += 1) {
        if (names.length >= MAX_NAMES) return names;
        if (!keys.has(keyOf(modelRank, dataRanks && rank)))
          names.push(nameOf(String(modelRank).padStart(2, '0'), rank));
      }
  }
  return names;
}

function keysOf(files: readonly ZeroFile[]): ReadonlySet<string> {
  return new Set(
    files.map(({ modelRank, dataRank }) => keyOf(modelRank, dataRank)),
  );
}

function keyOf(modelRank: number, dataRank: number | null): string {
  return `${modelRank}/${dataRank ?? 'all'}`;
}

function maxOf(
  files: readonly ZeroFile[],
  rankOf: (file: ZeroFile) => number,
): number {
  return files.reduce((max, file) => Math.max(max, rankOf(file)), 0);
}
