import { asArray, asObject } from '../formats/json/access.ts';
import type { JsonNode } from '../formats/json/types.ts';
import type { CheckpointSubject } from './subjects.ts';

/** What trainer_state.json logged of the learning rate up to a checkpoint. */
export type LoggedRates = 'none' | 'all zero' | 'above zero';

/**
 * Reads the learning rates of a checkpoint's `log_history` (transformers
 * trainer_callback.py, TrainerState). With a warm-up the first step has a rate of 0.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readLoggedRates(
  checkpoint: CheckpointSubject,
): Promise<LoggedRates> {
  const state = await checkpoint.fileNamed('trainer_state.json')?.json();
  if (!state?.ok) return 'none';
  const log = asArray(asObject(state.value)?.get('log_history')) ?? [];
  const rates = log.flatMap((entry) => {
    const rate = numberIn(asObject(entry)?.get('learning_rate'));
    return rate === null ? [] : [rate];
  });
  if (rates.length === 0) return 'none';
  return rates.every((rate) => rate === 0) ? 'all zero' : 'above zero';
}

/** transformers 5 writes numbers as texts in some logs. */
function numberIn(node: JsonNode | undefined): number | null {
  if (node?.kind === 'number') return Number(node.lexeme);
  return node?.kind === 'string' && node.value !== ''
    ? Number(node.value)
    : null;
}
