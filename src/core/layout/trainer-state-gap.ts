import { JSON_MAX_DEPTH } from '../bytes/limits.ts';
import {
  TRAINER_STATE_MAX_BYTES,
  TRAINER_STATE_MAX_ENTRIES,
  TRAINER_STATE_WHOLE_BYTES,
} from '../bytes/trainer-state-limits.ts';
import { formatBytes, formatNumber } from '../wording.ts';
import { readState } from './newest-state.ts';
import type { CheckpointSubject } from './subjects.ts';

/**
 * What of a checkpoint's trainer_state.json was not looked at, or `null` when all of it
 * was, or when there is none.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function findTrainerStateGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  const state = await readState(checkpoint);
  const size = formatBytes(checkpoint.trainerState?.file.sizeBytes ?? 0);
  if (state === null) return null;
  if (state.ok) {
    const [doubt] = state.value.doubts;
    if (doubt !== undefined)
      return `\`${doubt.field}\` of trainer_state.json is ${doubt.found}, at which a Trainer ends where it comes to use it`;
    return state.value.log.isWhole
      ? null
      : `a trainer_state.json above ${formatBytes(TRAINER_STATE_WHOLE_BYTES)} is read whole in the newest checkpoint that looks resumable, in others at its two ends`;
  }
  switch (state.defect.code) {
    case 'too-large':
      return `trainer_state.json has ${size}, more than the ${formatBytes(TRAINER_STATE_MAX_BYTES)} that are read`;
    case 'too-deep':
      return `trainer_state.json is nested deeper than the ${JSON_MAX_DEPTH} levels that are read`;
    case 'too-many-values':
      return `trainer_state.json holds more than is read, such as ${formatNumber(TRAINER_STATE_MAX_ENTRIES)} log entries`;
    default:
      return null;
  }
}
