import { ACCELERATE_OPTIMIZER, FSDP_WHOLE_MODEL } from './names.ts';
import type { CheckpointSubject } from './subjects.ts';
import { isTrainersRun, statePairOf } from './trainer-saves.ts';
import type { Folder } from './tree.ts';

/** Whose training state this version knows the files of. */
const KNOWN: ReadonlySet<string> = new Set([
  'accelerate',
  'axolotl',
  'DeepSpeed ZeRO',
  'diffusers LoRA',
  'FSDP',
  'kohya state',
  'Lightning',
  'LLaMA-Factory',
  'ms-swift',
  'PEFT',
  'torch DCP',
  'transformers',
  'transformers Trainer',
]);

/** Of those, who writes through a Trainer, whose last file is trainer_state.json. */
const TRAINERS: ReadonlySet<string> = new Set([
  'axolotl',
  'LLaMA-Factory',
  'ms-swift',
  'PEFT',
  'transformers',
  'transformers Trainer',
]);

/**
 * Loops of users' own, in which accelerate keeps what they prepared (checkpointing.py,
 * load_accelerator_state).
 */
const LOOPS: ReadonlySet<string> = new Set(['accelerate', 'diffusers LoRA']);

/** Of files that all states of a run have in common, `state-file-missing` finds the gaps. */
function hasSibling({ ofRun, ...own }: CheckpointSubject): boolean {
  return ofRun.some(
    ({ producer, path }) => producer === own.producer && path !== own.path,
  );
}

/**
 * Why it cannot be told of a checkpoint, as a whole, whether training can go on from it:
 * nobody known wrote it, or its trainer_state.json was not read. `null` where the other
 * files of the state decide.
 */
export async function findOwnStateGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  const { producer, trainerState, folder, holds } = checkpoint;
  if (!KNOWN.has(producer))
    return `what ${producer === 'unknown' ? 'an unknown trainer' : producer} needs to resume is not examined in this version`;
  if (holds === 'nothing') return 'it holds no weights to go on from';
  if (trainerState !== null) {
    const state = await trainerState.brief();
    if (!state.ok) return 'trainer_state.json could not be read';
    if (TRAINERS.has(producer) && isOfFsdp(folder) && !hasWholeModel(folder))
      return 'optimizer.bin is of FSDP, and the whole model that a resume with FSDP reads beside it (pytorch_model_fsdp.bin) is not there';
    return statePairOf(checkpoint).isWhole
      ? null
      : 'the states of optimizer and scheduler are not there';
  }
  if (LOOPS.has(producer) && !hasSibling(checkpoint))
    return 'load_state of accelerate reads every file that the script prepared or registered; which those are is not written down, and the run has no other state to compare with';
  if (!TRAINERS.has(producer)) return null;
  if (folder === null)
    return 'a single file of weights, without the state of a training';
  return isTrainersRun(checkpoint)
    ? 'trainer_state.json is not there'
    : 'what a training loop of your own reads is not known';
}

/** A Trainer gives the name where FSDP gathers the state whole (FULL_STATE_DICT). */
function isOfFsdp(folder: Folder | null): boolean {
  return folder?.files.has(ACCELERATE_OPTIMIZER) === true;
}

function hasWholeModel(folder: Folder | null): boolean {
  return [...(folder?.files.keys() ?? [])].some((name) =>
    FSDP_WHOLE_MODEL.test(name),
  );
}
