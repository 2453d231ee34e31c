import { keepsTrainingState } from './names.ts';
import type { CheckpointSubject } from './subjects.ts';
import { isOfBareRun } from './lightning-run.ts';
import {
  isStateKept,
  isTrainerSave,
  isTrainersRun,
  statePairOf,
} from './trainer-saves.ts';

/** Who keeps the state of the training in the file or folder of the weights. */
const STATE_WITHIN: ReadonlySet<string> = new Set([
  'Lightning',
  'DeepSpeed ZeRO',
  'FSDP',
  'torch DCP',
  'NeMo',
  'Megatron-LM',
  'torchtune',
  'accelerate',
  'kohya state',
  'unknown',
]);

const NOTHING_KEPT =
  'weights, and no state of an optimizer was kept in this run: training can only begin anew from them';

/**
 * Why it is not asked whether training can go on from a checkpoint: it holds what is to
 * be used, no state of a training. `null` where it is asked.
 */
export async function findResumeScope(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  const { folder, holds, isStepFolder, unexamined, producer } = checkpoint;
  const isWeights = holds === 'adapter' || holds === 'model';
  if (await isOfBareRun(checkpoint)) return NOTHING_KEPT;
  if (!isWeights || STATE_WITHIN.has(producer)) return null;
  if (unexamined !== null && folder === null) return null;
  if (isTrainerSave(checkpoint) && !isStateKept(checkpoint))
    return NOTHING_KEPT;
  // A Trainer that is to resume takes it for one of its saves.
  if (isStepFolder && isTrainersRun(checkpoint)) return null;
  const names = [...(folder?.files.keys() ?? [])];
  const { isWhole } = statePairOf(checkpoint);
  if (isWhole || names.some((name) => keepsTrainingState(name))) return null;
  return 'weights to be used, without the state of a training';
}
