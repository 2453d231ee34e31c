import type { Answer, CheckpointSummary, Finding, Report } from '../types.ts';
import { formatBytes, formatNumber } from '../wording.ts';

/** A row of the table in words, not yet escaped. */
export interface Row {
  readonly name: string;
  readonly step: string;
  readonly kind: string;
  readonly size: string;
  readonly tensors: string;
  readonly loads: Answer;
  readonly trained: Answer;
  readonly resumes: Answer;
  readonly firstFinding: Finding | null;
  readonly required: boolean;
}

/** Rows of one run, in the report's order. */
export function rowsOf(report: Report, run: string): readonly Row[] {
  const first = firstFindings(report);
  return report.checkpoints
    .filter((checkpoint) => checkpoint.run === run)
    .map((checkpoint) => rowOf(checkpoint, first.get(checkpoint.path) ?? null));
}

function rowOf(checkpoint: CheckpointSummary, first: Finding | null): Row {
  const { step, weightsBytes, tensors, answers, required } = checkpoint;
  return {
    name: nameBelow(checkpoint),
    step: step === null ? '' : String(step),
    kind: kindOf(checkpoint),
    size: weightsBytes === null ? '' : formatBytes(weightsBytes),
    tensors: tensors === null ? '' : formatNumber(tensors),
    ...answers,
    firstFinding: first,
    required,
  };
}

/** Findings are sorted worst first, so the first of a checkpoint is its worst. */
function firstFindings({ findings }: Report): ReadonlyMap<string, Finding> {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const path = finding.where.checkpoint;
    if (path !== undefined && !first.has(path)) first.set(path, finding);
  }
  return first;
}

/** Relative to the run it lies in; `(root)` for the output folder itself. */
function nameBelow({ path, run }: CheckpointSummary): string {
  if (path === run) return '(root)';
  const prefix = run.endsWith('/') ? run : `${run}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

function kindOf(checkpoint: CheckpointSummary): string {
  const { holds, peftType, producer } = checkpoint;
  if (holds === 'nothing') return 'none';
  if (peftType !== null) return `${holds} (${peftType})`;
  const isNative = /^(?:PEFT|transformers|unknown)/.test(producer);
  return isNative ? holds : `${holds} (${producer})`;
}
