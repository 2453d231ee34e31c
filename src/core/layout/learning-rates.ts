import type { CheckpointSubject } from './subjects.ts';
import type { LogEntry } from './trainer-state.ts';

/** What trainer_state.json logged of the learning rate up to a checkpoint. */
export type LoggedRates = 'none' | 'all zero' | 'above zero';

/**
 * Reads the learning rates of a checkpoint's `log_history` (transformers
 * trainer_callback.py, TrainerState). With a warm-up the first step has a rate of 0.
 *
 * @param after only what was logged after this step counts, or without one
 * @throws SourceError when the bytes cannot be had
 */
export async function readLoggedRates(
  { trainerState }: CheckpointSubject,
  after = -Infinity,
): Promise<LoggedRates> {
  const brief = await trainerState?.brief();
  if (trainerState === null || !brief?.ok) return 'none';
  const { log } = brief.value;
  const early = ratesIn(
    log.last === null ? log.entries : [...log.entries, log.last],
    after,
  );
  // One is enough: the rest of a large file need not be read.
  if (log.isWhole || early === 'above zero') return early;
  const whole = await trainerState.whole();
  return whole.ok ? ratesIn(whole.value.log.entries, after) : 'none';
}

function ratesIn(entries: readonly LogEntry[], after: number): LoggedRates {
  const rates = entries.flatMap(({ learningRate: rate, step }) =>
    // What is no number tells nothing.
    rate === null || !Number.isFinite(rate) || isUpTo(step, after)
      ? []
      : [rate],
  );
  if (rates.length === 0) return 'none';
  return rates.every((rate) => rate === 0) ? 'all zero' : 'above zero';
}

function isUpTo(step: number | null, after: number): boolean {
  return step !== null && Number.isFinite(step) && step <= after;
}
