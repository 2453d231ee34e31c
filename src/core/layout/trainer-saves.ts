import { oncePerRun } from './once-per-run.ts';
import { TRAINER_STATE } from './names.ts';
import type { CheckpointSubject } from './subjects.ts';

/** Names that only a Trainer gives; the others are in loops of users' own, too. */
const TRAINERS_ONLY = /^(?:rng_state(?:_\d+)?\.pth|training_args\.bin)$/;
/** One a process, where there are several (trainer.py, `_save_rng_state`). */
const RNG_OF_RANK = /^rng_state_(\d{1,6})\.pth$/;
/** A file a rank, where FSDP or XLA divides it. */
const OPTIMIZER_RANK_FILE =
  /^(?:rank\d+-of-\d+-optimizer\.pt|optimizer(?:_\d+)?_rank\d+\.bin)$/;

/**
 * The folder of FSDP's optimizer (accelerate utils/fsdp_utils.py, `save_fsdp_optimizer`:
 * OPTIMIZER_NAME and a number), or of torch DCP beside its own.
 */
const OPTIMIZER_FOLDER = /^optimizer(?:_\d+)?$/;

/** accelerate utils/constants.py, FSDP_MODEL_NAME. */
const FSDP_MODEL = 'pytorch_model_fsdp';

/** Whether a Trainer wrote at least one checkpoint of the run to its end. */
export const isTrainersRun = oncePerRun((checkpoints) =>
  checkpoints.some(
    ({ isStepFolder, trainerState }) => isStepFolder && trainerState !== null,
  ),
);

/** Whether a folder holds what nobody but a Trainer writes. */
export function hasTrainersOwn({ folder }: CheckpointSubject): boolean {
  return [...(folder?.files.keys() ?? [])].some((name) =>
    TRAINERS_ONLY.test(name),
  );
}

/** Whether it is a step of a Trainer whose last file, trainer_state.json, is there. */
export function isTrainerSave({
  isStepFolder,
  folder,
}: CheckpointSubject): boolean {
  return isStepFolder && folder?.files.has(TRAINER_STATE) === true;
}

/** Whether DeepSpeed keeps its state in it, of which a resume takes the weights, too. */
export function isDeepSpeedSave({
  folder,
  sharded,
}: CheckpointSubject): boolean {
  return (
    (sharded?.zero.length ?? 0) > 0 ||
    folder?.files.has('zero_to_fp32.py') === true
  );
}

/** Whether FSDP's weights lie in it, by the rule of `_load_from_checkpoint`. */
export function isFsdpSave({ folder }: CheckpointSubject): boolean {
  const folders = [...(folder?.folders.keys() ?? [])];
  return (
    folder?.files.has(`${FSDP_MODEL}.bin`) === true ||
    folders.some((name) => name.includes(FSDP_MODEL))
  );
}

/** What a Trainer's checkpoint has of optimizer and scheduler, by name. */
export interface StatePair {
  readonly optimizer: string | null;
  readonly scheduler: string | null;
  /** Whether a resume loads both. */
  readonly isWhole: boolean;
}

/**
 * The forms in which the optimizer is there, by the rule of
 * `_load_optimizer_and_scheduler` (trainer.py): optimizer.pt, FSDP's optimizer.bin or its
 * folder of shards, the state of DeepSpeed, a file a rank.
 */
export function optimizersOf({
  folder,
  sharded,
}: CheckpointSubject): readonly string[] {
  if (folder === null) return [];
  const files = [...folder.files.keys()];
  const forms = [
    files.find((name) => name === 'optimizer.pt'),
    files.find((name) => name === 'optimizer.bin'),
    files.find((name) => OPTIMIZER_RANK_FILE.test(name)),
    [...folder.folders.keys()].find((name) => OPTIMIZER_FOLDER.test(name)),
    sharded?.zero[0]?.name,
  ];
  return forms.flatMap((name) => name ?? []);
}

/** What of the pair is there that a resume loads both or neither of. */
export function statePairOf(checkpoint: CheckpointSubject): StatePair {
  const { folder } = checkpoint;
  const optimizer = optimizersOf(checkpoint)[0] ?? null;
  const scheduler = folder?.files.has('scheduler.pt') ? 'scheduler.pt' : null;
  // DeepSpeed keeps its scheduler in its state; what is missing of that, others tell.
  const isWhole =
    isDeepSpeedSave(checkpoint) || (optimizer !== null && scheduler !== null);
  return { optimizer, scheduler, isWhole };
}

/** The ranks whose random states are there; `rng_state.pth` is of no rank. */
export function rngRanksOf({ folder }: CheckpointSubject): ReadonlySet<number> {
  const digits = [...(folder?.files.keys() ?? [])].flatMap(
    (name) => RNG_OF_RANK.exec(name)?.[1] ?? [],
  );
  return new Set(digits.map(Number));
}

/** Whether some step of the run keeps the state of its optimizer or scheduler. */
export const isStateKept = oncePerRun((checkpoints) =>
  checkpoints.some((one) => {
    if (!one.isStepFolder) return false;
    const { optimizer, scheduler, isWhole } = statePairOf(one);
    return isWhole || optimizer !== null || scheduler !== null;
  }),
);

/** The newest step of a run; steps ascend within a run. */
const newestStepFolder = oncePerRun((checkpoints) =>
  checkpoints.findLast(({ isStepFolder }) => isStepFolder),
);

/**
 * The step that a resume takes instead of this checkpoint, which is older or is named by
 * no step; `null` where it takes this one.
 */
export function stepTakenInstead(subject: CheckpointSubject): string | null {
  const newest = newestStepFolder(subject);
  if (newest === undefined || newest === subject) return null;
  const isTaken =
    newest.step !== null &&
    subject.step !== null &&
    subject.step >= newest.step;
  return isTaken ? null : newest.path;
}
