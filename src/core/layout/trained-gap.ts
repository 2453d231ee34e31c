import { formatCount } from '../wording.ts';
import { showsStart } from './peft/neutral.ts';
import { weightsOf } from './subjects.ts';
import type { CheckpointSubject } from './subjects.ts';

/**
 * Why `trained` cannot be answered with `yes` for a checkpoint whose values were
 * read, or `null` when all that can tell an untrained one was looked at. What this
 * does not know to be examined counts as a gap.
 */
export async function findTrainedGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  for (const { file, role } of await weightsOf(checkpoint)) {
    if (role === 'model')
      return 'the numbers of a model were looked at; whether it was trained they do not tell';
    const values = await file.values();
    if (values === null)
      return `which tensors ${file.name} holds could not be told`;
    const [hidden, ...more] = values.unexamined;
    if (hidden !== undefined)
      return `the values of ${formatCount(more.length + 1, 'tensor')} of ${file.name} were not looked at: ${hidden.reason}`;
    if (values.tensors.length === 0) return `${file.name} holds no tensor`;
  }
  for (const adapter of checkpoint.adapters) {
    const config = await adapter.config();
    if (!config?.ok)
      return `the configuration in ${adapter.path} could not be read`;
    // Of its tensors it was not told what they are to PEFT.
    if ((await adapter.excess()) !== null)
      return `the configuration in ${adapter.path} and its tensors are more than is looked through together`;
    if (!showsStart(config.value))
      return `the values were looked at; those of an untrained adapter of type ${config.value.peftType} with this start are like any others`;
  }
  return checkpoint.adapters.length > 0
    ? null
    : 'the values were looked at; this version does not know those of an untrained adapter of its kind';
}
