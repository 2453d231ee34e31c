import type { ValuesOf } from './define-check.ts';
import { weightsOf } from './layout/subjects.ts';
import type {
  CheckpointSubject,
  Medium,
  RunSubject,
  WeightsFileSubject,
} from './layout/subjects.ts';
import { orNull } from './or-null.ts';
import type { InspectOptions } from './types.ts';
import { formatBytes } from './wording.ts';

/** Of which checkpoints the values are read. */
export interface ValuesPlan {
  /** Why they are not read of a checkpoint; `null` where they are. */
  readonly gapOf: (checkpoint: CheckpointSubject) => string | null;
  readonly valuesOf: ValuesOf;
  /** Whether the values of a file are wanted, if its checkpoint's are read. */
  readonly isDue: (file: WeightsFileSubject) => boolean;
  /** Bytes that may be read of a medium in all. */
  readonly roomFor: (medium: Medium) => number;
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
  const budgetOf = budgets(options);
  let beyondBudget = 0;
  for (const checkpoint of newestFirst(runs)) {
    const due = await dueOf(checkpoint, options);
    if (typeof due === 'string') {
      gaps.set(checkpoint, due);
      continue;
    }
    const bytes = due.reduce((sum, { file }) => sum + file.sizeBytes, 0);
    const budget = budgetOf(checkpoint.medium);
    if (bytes <= budget.left) budget.left -= bytes;
    else {
      gaps.set(checkpoint, budgetWords(bytes, budget));
      beyondBudget++;
    }
  }
  return {
    gapOf: (checkpoint) => gaps.get(checkpoint) ?? null,
    valuesOf: (file) =>
      gaps.has(file.checkpoint) || !isDue(file, options)
        ? Promise.resolve(null)
        : file.file.values(),
    isDue: (file) => isDue(file, options),
    roomFor: (medium) => budgetOf(medium).maxBytes,
    beyondBudget,
  };
}

interface Budget {
  readonly maxBytes: number;
  left: number;
}

/** One for what lies here, and one for what comes over a network. */
function budgets({ maxBytes }: InspectOptions): (medium: Medium) => Budget {
  const known = new Map<number | undefined, Budget>();
  return ({ transferMaxBytes }) => {
    const own = transferMaxBytes ?? maxBytes;
    const budget = known.get(transferMaxBytes) ?? { maxBytes: own, left: own };
    known.set(transferMaxBytes, budget);
    return budget;
  };
}

function budgetWords(bytes: number, { maxBytes, left }: Budget): string {
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
  const weights = await orNull(() => weightsOf(checkpoint));
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
