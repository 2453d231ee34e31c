import type {
  Answer,
  CheckpointSummary,
  Finding,
  Report,
  RunSummary,
} from '../types.ts';
import { formatBytes, formatNumber } from '../wording.ts';
import { memberOf } from './grouping.ts';

/** How much a row has to be looked at; the least number first. */
export const CONCERN = { error: 0, warning: 1, unread: 2, none: 3 } as const;
export type Concern = (typeof CONCERN)[keyof typeof CONCERN];

/** A row of the table in words, not yet escaped. */
export interface Row {
  readonly path: string;
  /** Relative to the run, or the path where rows of several runs stand together. */
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
  readonly concern: Concern;
}

/** A run with its rows, in the report's order. */
export interface RunRows {
  readonly run: RunSummary;
  readonly rows: readonly Row[];
  /** The worst of the run and of its checkpoints. */
  readonly firstFinding: Finding | null;
  readonly concern: Concern;
}

/** All rows of the report by run, in one pass over checkpoints and findings. */
export function rowsByRun(report: Report): readonly RunRows[] {
  const ofCheckpoint = firstFindings(report, 'checkpoint');
  const ofRun = firstFindings(report, 'run');
  const rows = new Map<string, Row[]>();
  for (const checkpoint of report.checkpoints) {
    const row = rowOf(checkpoint, ofCheckpoint.get(checkpoint.path) ?? null);
    memberOf(rows, checkpoint.run, () => []).push(row);
  }
  return report.runs.map((run) => {
    const own = rows.get(run.path) ?? [];
    const firstFinding = ofRun.get(run.path) ?? null;
    const concern = own.reduce<Concern>(
      (worst, row) => (row.concern < worst ? row.concern : worst),
      concernOf(firstFinding),
    );
    return { run, rows: own, firstFinding, concern };
  });
}

/** Findings are sorted worst first, so the first of a place is its worst. */
function firstFindings(
  { findings }: Report,
  place: 'run' | 'checkpoint',
): ReadonlyMap<string, Finding> {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const path = finding.where[place];
    if (path !== undefined && !first.has(path)) first.set(path, finding);
  }
  return first;
}

function rowOf(checkpoint: CheckpointSummary, first: Finding | null): Row {
  const { path, step, weightsBytes, tensors, answers, required } = checkpoint;
  return {
    path,
    name: nameBelow(checkpoint),
    step: step === null ? '' : String(step),
    kind: kindOf(checkpoint),
    size: weightsBytes === null ? '' : formatBytes(weightsBytes),
    tensors: tensors === null ? '' : formatNumber(tensors),
    ...answers,
    firstFinding: first,
    required,
    concern: rowConcern(answers, first),
  };
}

function rowConcern(
  answers: CheckpointSummary['answers'],
  first: Finding | null,
): Concern {
  const values = Object.values(answers).map(({ value }) => value);
  if (values.includes('no')) return CONCERN.error;
  const found = concernOf(first);
  if (found === CONCERN.error) return found;
  if (values.includes('doubtful')) return CONCERN.warning;
  if (found === CONCERN.warning) return found;
  return answers.loads.value === 'not checked' ? CONCERN.unread : CONCERN.none;
}

function concernOf(finding: Finding | null): Concern {
  const severity = finding?.severity ?? 'notice';
  return severity === 'notice' ? CONCERN.none : CONCERN[severity];
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
