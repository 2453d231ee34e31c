import { adviseResume } from './layout/resume-advice.ts';
import type { JudgedRunSubject } from './layout/subjects.ts';
import { seriesOf } from './series.ts';
import type { InspectOptions, RunSummary } from './types.ts';

/** What is told of a run beyond its checkpoints and what was found. */
export interface RunDraft extends Pick<
  RunSummary,
  'resume' | 'ledgers' | 'series'
> {
  /** Why `progress` cannot be answered with `yes`; `null` where it can. */
  readonly progress: string | null;
}

/**
 * Puts together what a run tells, once its checkpoints were looked at.
 *
 * @param runs how many runs the report is of
 */
export async function summariseRun(
  judged: JudgedRunSubject,
  _options: InspectOptions,
  runs: number,
): Promise<RunDraft> {
  return {
    resume: adviseResume(judged),
    ledgers: [],
    series: await seriesOf(judged, runs),
    progress: 'this version has no checks for it',
  };
}
