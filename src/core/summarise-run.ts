import { ledgersOf, progressGap } from './ledger.ts';
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
export async function summariseRun(
  judged: JudgedRunSubject,
  { declared }: InspectOptions,
): Promise<RunDraft> {
  return {
    resume: null,
    ledgers: await ledgersOf(judged, declared),
    series: null,
    progress: await progressGap(judged, declared),
  };
}
