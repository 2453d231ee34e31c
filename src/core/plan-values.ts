import { SourceError } from './bytes/reader.ts';
import type { ValuesOf } from './define-check.ts';
import { weightsOf } from './layout/subjects.ts';
import type {
  CheckpointSubject,
  RunSubject,
  WeightsFileSubject,
} from './layout/subjects.ts';
import type { InspectOptions } from './types.ts';
import { formatBytes } from './wording.ts';

/** Of which checkpoints the values are read. */
export interface ValuesPlan {
  /** Why they are not read of a checkpoint; `null` where they are. */
  readonly gapOf: (checkpoint: CheckpointSubject) => string | null;
  readonly valuesOf: ValuesOf;
  /** Checkpoints that `maxBytes` leaves no room for. */
  readonly beyondBudget: number;
}

/**
 * Decides by sizes alone: whole checkpoints, the newest of each run first, then the
 * one before it of each. One that is too large leaves its room to the next.
 */
export async function planValues(
  runs: readonly RunSubject[],
  options: InspectOptions,
): Promise<ValuesPlan> {
  const gaps = new Map<CheckpointSubject, string>();
  let left = options.maxBytes;
  let beyondBudget = 0;
  for (const checkpoint of newestFirst(runs)) {
    const due = await dueOf(checkpoint, options);
    if (typeof due === 'string') {
      gaps.set(checkpoint, due);
      continue;
    }
    const bytes = due.reduce((sum, { file }) => sum + file.sizeBytes, 0);
    if (bytes <= left) left -= bytes;
    else {
      gaps.set(checkpoint, budgetWords(bytes, left, options));
      beyondBudget++;
    }
  }
  return {
    gapOf: (checkpoint) => gaps.get(checkpoint) ?? null,
    valuesOf: (file) =>
      gaps.has(file.checkpoint) || !isDue(file, options)
        ? Promise.resolve(null)
        : file.file.values(),
    beyondBudget,
  };
}

function budgetWords(
  bytes: number,
  left: number,
  { maxBytes }: InspectOptions,
): string {
  return `its values take ${formatBytes(bytes)}, and of the ${formatBytes(maxBytes)} that are read (max-bytes) newer checkpoints leave ${formatBytes(left)}`;
}

/** What carries no step is what a run ended with. */
function newestFirst(runs: readonly RunSubject[]): CheckpointSubject[] {
  const longest = runs.reduce(
    (most, { checkpoints }) => Math.max(most, checkpoints.length),
    0,
  );
  const ordered: CheckpointSubject[] = [];
  for (let back = 1; back <= longest; back++)
    for (const { checkpoints } of runs) {
      const one = checkpoints.at(-back);
      if (one !== undefined && back <= checkpoints.length) ordered.push(one);
    }
  return ordered;
}

/** The files whose values are read, or why none are. */
async function dueOf(
  checkpoint: CheckpointSubject,
  options: InspectOptions,
): Promise<readonly WeightsFileSubject[] | string> {
  const { depth } = options;
  if (depth === 'files' || depth === 'headers')
    return `values are not read with \`depth: ${depth}\``;
  if (checkpoint.unexamined !== null) return checkpoint.unexamined;
  const weights = await weightsOrNull(checkpoint);
  if (weights === null) return 'which weights there are could not be read';
  if (weights.length === 0) return 'no weights were found';
  const due = weights.filter((file) => isDue(file, options));
  return due.length > 0
    ? due
    : 'the values of full models are read with `depth: values`';
}

function isDue({ role }: WeightsFileSubject, { depth }: InspectOptions) {
  return depth === 'values' || (depth === 'auto' && role === 'adapter');
}

/** What cannot be read is said where the checks meet it. */
async function weightsOrNull(checkpoint: CheckpointSubject) {
  try {
    return await weightsOf(checkpoint);
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}
