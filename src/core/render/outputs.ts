import type { CheckpointSummary, Report, RunSummary } from '../types.ts';
import { escapeJsonText } from './escape.ts';

/** GitHub takes 1 MB of outputs a job; this leaves room for the job's others. */
const MAX_BYTES = 200_000;

/**
 * The `checkpoints` output: JSON of the runs with their checkpoints. Where it
 * would be too large the newest stay and `omitted` counts the others.
 */
export function renderCheckpoints(report: Report): string {
  const all = report.runs.map((run) => ({
    run,
    rows: report.checkpoints.filter((row) => row.run === run.path),
  }));
  let keep = report.checkpoints.length;
  for (;;) {
    const text = escapeJsonText(JSON.stringify(all.map(thin(keep))));
    if (utf8Length(text) <= MAX_BYTES) return text;
    // Over the limit without any row: thousands of runs. The report has them.
    if (keep === 0)
      return JSON.stringify({ omitted: report.checkpoints.length });
    keep = Math.floor(keep / 2);
  }
}

function thin(keep: number) {
  return ({ run, rows }: { run: RunSummary; rows: CheckpointSummary[] }) => ({
    path: run.path,
    newestLoadable: run.newestLoadable,
    newestResumable: run.newestResumable,
    omitted: rows.length - Math.min(keep, rows.length),
    checkpoints: (keep === 0 ? [] : rows.slice(-keep)).map(
      ({ path, step, answers }) => ({
        path,
        step,
        loads: answers.loads.value,
        trained: answers.trained.value,
        resumes: answers.resumes.value,
      }),
    ),
  });
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
