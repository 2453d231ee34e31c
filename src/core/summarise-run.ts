import { adviseResume } from './layout/resume-advice.ts';
import type { JudgedRunSubject } from './layout/subjects.ts';
import type { InspectOptions, RunSummary } from './types.ts';

/** What is told of a run beyond its checkpoints and what was found. */
export interface RunDraft extends Pick<
  RunSummary,
  'resume' | 'ledgers' | 'series'
> {
  /** Why `progress` cannot be answered with `yes`; `null` where it can. */
  readonly progress: string | null;
}

/** Puts together what a run tells, once its checkpoints were looked at. */
export function summariseRun(
  judged: JudgedRunSubject,
  _options: InspectOptions,
): Promise<RunDraft> {
  return Promise.resolve({
    resume: adviseResume(judged),
    ledgers: [],
    series: null,
    progress: 'this version has no checks for it',
  });
}
