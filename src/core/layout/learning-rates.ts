import { asArray, asObject } from '../formats/json/access.ts';
import type { JsonNode } from '../formats/json/types.ts';
import type { CheckpointSubject } from './subjects.ts';

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
  checkpoint: CheckpointSubject,
  after = -Infinity,
): Promise<LoggedRates> {
  const state = await checkpoint.fileNamed('trainer_state.json')?.json();
  if (!state?.ok) return 'none';
  const log = asArray(asObject(state.value)?.get('log_history')) ?? [];
  const rates = log.flatMap((entry) => {
    const fields = asObject(entry);
    const rate = numberIn(fields?.get('learning_rate'));
    const step = numberIn(fields?.get('step'));
    return rate === null || (step !== null && step <= after) ? [] : [rate];
  });
  if (rates.length === 0) return 'none';
  return rates.every((rate) => rate === 0) ? 'all zero' : 'above zero';
}

/** transformers 5 writes numbers as texts in some logs. What is no number tells nothing. */
function numberIn(node: JsonNode | undefined): number | null {
  if (node?.kind !== 'number' && node?.kind !== 'string') return null;
  const text = node.kind === 'number' ? node.lexeme : node.value.trim();
  const number = text === '' ? NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}
