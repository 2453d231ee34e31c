import type { ResumeAdvice } from '../run-types.ts';
import type { CheckpointSummary, Report, RunSummary } from '../types.ts';
import { escapeJsonText } from './escape.ts';
import { memberOf } from './grouping.ts';

/** GitHub takes 1 MB of outputs a job; this leaves room for the job's others. */
const MAX_BYTES = 200_000;
/** The last element, when runs are left out, and the brackets. */
const LAST_ELEMENT_BYTES = 80;

/** Checkpoints in the way of a resume that are named, of each run. */
const MAX_BLOCKERS = 3;

/** A run as JSON text: its checkpoints newest first, made one by one. */
interface RunText {
  readonly head: string;
  readonly rows: readonly CheckpointSummary[];
  /** Newest first. */
  readonly kept: string[];
}

/**
 * The `checkpoints` output: JSON of the runs with their checkpoints. Where it
 * would be too large the newest of each run stay and `omitted` counts the others.
 * Runs that do not fit even so are counted by a last element, `omittedRuns`.
 */
export function renderCheckpoints(report: Report): string {
  const { texts, left } = fittingRuns(report);
  keepNewest(texts, left);
  const elements = texts.map(runText);
  const omittedRuns = report.runs.length - texts.length;
  if (omittedRuns > 0) {
    const inRuns = texts.reduce((sum, { rows }) => sum + rows.length, 0);
    const omitted = report.checkpoints.length - inRuns;
    elements.push(JSON.stringify({ omittedRuns, omitted }));
  }
  return `[${elements.join(',')}]`;
}

/** The runs that fit when none of their checkpoints is listed. */
function fittingRuns(report: Report) {
  const rowsOf = new Map<string, CheckpointSummary[]>();
  for (const row of report.checkpoints)
    memberOf(rowsOf, row.run, () => []).push(row);
  const texts: RunText[] = [];
  let left = MAX_BYTES - LAST_ELEMENT_BYTES;
  for (const run of report.runs) {
    const text = {
      head: headOf(run),
      rows: rowsOf.get(run.path) ?? [],
      kept: [],
    };
    const bytes = utf8Length(runText(text)) + 1;
    if (bytes > left) break;
    left -= bytes;
    texts.push(text);
  }
  return { texts, left };
}

/** Adds the newest of every run, then the one before it of every run, and so on. */
function keepNewest(texts: readonly RunText[], maxBytes: number): void {
  let left = maxBytes;
  let open = texts.filter(({ rows }) => rows.length > 0);
  while (open.length > 0) {
    for (const { rows, kept } of open) {
      const at = rows.length - kept.length - 1;
      const text = rows
        .slice(at, at + 1)
        .map(rowText)
        .join('');
      left -= utf8Length(text) + 1;
      if (left < 0) return;
      kept.push(text);
    }
    open = open.filter(({ rows, kept }) => kept.length < rows.length);
  }
}

function headOf(run: RunSummary): string {
  const { path, newestLoadable, newestResumable, resume } = run;
  const advice = resume === null ? null : boundAdvice(resume);
  return jsonOf({
    path,
    newestLoadable,
    newestResumable,
    resume: advice,
  }).slice(0, -1);
}

/** The newest in the way are enough: a later look finds the others. */
function boundAdvice(resume: ResumeAdvice): ResumeAdvice {
  const { blockedBy, moveAway } = resume;
  return {
    ...resume,
    blockedBy: blockedBy.slice(0, MAX_BLOCKERS),
    moveAway: moveAway.slice(0, MAX_BLOCKERS),
  };
}

function runText({ head, rows, kept }: RunText): string {
  const omitted = rows.length - kept.length;
  return `${head},"omitted":${omitted},"checkpoints":[${kept.toReversed().join(',')}]}`;
}

function rowText({ path, step, answers }: CheckpointSummary): string {
  return jsonOf({
    path,
    step,
    loads: answers.loads.value,
    trained: answers.trained.value,
    resumes: answers.resumes.value,
  });
}

function jsonOf(value: object): string {
  return escapeJsonText(JSON.stringify(value));
}

const ENCODER = new TextEncoder();

function utf8Length(text: string): number {
  return ENCODER.encode(text).length;
}
