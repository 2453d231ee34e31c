/**
 * File and folder names that the known producers write. Sources: PEFT
 * utils/constants.py, transformers utils/__init__.py and trainer.py.
 */

import { isBeside } from '../bytes/walk-policy.ts';

export const ADAPTER_CONFIG = 'adapter_config.json';
export const ADAPTER_SAFETENSORS = 'adapter_model.safetensors';
export const ADAPTER_BIN = 'adapter_model.bin';

export const MODEL_CONFIG = 'config.json';
export const GENERATION_CONFIG = 'generation_config.json';
export const MODEL_SAFETENSORS = 'model.safetensors';
export const MODEL_SAFETENSORS_INDEX = 'model.safetensors.index.json';
export const MODEL_BIN = 'pytorch_model.bin';
export const MODEL_BIN_INDEX = 'pytorch_model.bin.index.json';

/** `model-00001-of-00004.safetensors` and its torch sibling. */
export const MODEL_SHARD =
  /^(?:model-\d{5,6}-of-\d{5,6}\.safetensors|pytorch_model-\d{5,6}-of-\d{5,6}\.bin)$/;

/** What a Trainer writes last (transformers trainer.py, TRAINER_STATE_NAME). */
export const TRAINER_STATE = 'trainer_state.json';

/** What Trainer, and nobody else, writes beside the weights (`_save_checkpoint`). */
const TRAINER_FILE =
  /^(?:trainer_state\.json|training_args\.bin|optimizer\.pt|scheduler\.pt|rng_state(?:_\d+)?\.pth)$/;

/**
 * What accelerate's `save_state` writes beside the weights (utils/constants.py and
 * checkpointing.py).
 */
const ACCELERATE_FILE =
  /^(?:(?:optimizer|scheduler|sampler|dl_state_dict)(?:_\d+)?\.bin|random_states_\d+\.pkl|custom_checkpoint_\d+\.pkl)$/;

/** Names that only a Trainer gives: the others of its files are in users' own loops, too. */
export const TRAINERS_ONLY =
  /^(?:trainer_state\.json|rng_state(?:_\d+)?\.pth|training_args\.bin)$/;

/** `GradScaler` state, which both of them write. */
export const SCALER_FILE = 'scaler.pt';

/** One a rank, of every `save_state`: no other tool writes it. */
export const ACCELERATE_RANDOM_STATES = /^random_states_(\d{1,6})\.pkl$/;
/** Written where an optimizer was prepared. */
/** The model as FSDP gathers it whole (accelerate utils/constants.py, FSDP_MODEL_NAME). */
export const FSDP_WHOLE_MODEL = /^pytorch_model_fsdp(?:_\d+)?\.bin$/;

export const ACCELERATE_OPTIMIZER = 'optimizer.bin';

/**
 * The temporary that safetensors 0.8 writes and renames when complete: with no
 * final file beside it, the process was killed while it saved.
 */
export const SAFETENSORS_TEMPORARY = /^\.tmp[A-Za-z0-9]{6}$/;

/**
 * transformers trainer_utils.py, get_last_checkpoint: the folders that it looks at. Its
 * numbers are as long as `int` takes them (Python's `int_info.default_max_str_digits`).
 */
export const TRAINER_FOLDER = /^checkpoint-(\d{1,4300})$/;

/** The same, and `checkpoint_N` of loops of users' own. */
const CHECKPOINT_FOLDER = /^checkpoint[-_](\d{1,4300})$/;

/** Folders that other trainers name after a step. */
const STEP_FOLDERS = [
  CHECKPOINT_FOLDER,
  /^(?:global_)?step[-_]?(\d{1,15})$/,
  /^(?:iter|epoch)_(\d{1,15})$/,
  // kohya: the state that belongs to `<name>-000001.safetensors`.
  /-(\d{6})-state$/,
  /-step(\d{8})-state$/,
  // Lightning, where several processes make a folder of the file.
  /\bstep=(\d{1,15})\b[^/]*\.ckpt$/,
] as const;

/** Files that other trainers name after a step. */
const STEP_FILES = [
  // Lightning: `epoch=1-step=200.ckpt`; kohya: `<name>-step00000100.safetensors`.
  /\bstep=?(\d{1,15})\b/,
  // kohya: `<name>-000001.safetensors` counts epochs.
  /-(\d{6})\.safetensors$/,
  // MLX: `0000100_adapters.safetensors`.
  /^(\d{7})_adapters\.safetensors$/,
] as const;

const LIGHTNING_FILE =
  /(?:^|[-_.])(?:epoch|step)=\d+[^/]*\.ckpt$|^last(?:-v\d+)?\.ckpt$/;

/** Staging folders of transformers 4.36 and later, and NeMo's marker. */
const LEFTOVER_FOLDER = /^(?:tmp-checkpoint-.*|.*-unfinished)$/;

/** Weights before training, kept by design (PiSSA, LoftQ initialisation). */
const INITIAL_FOLDER = /^(?:pissa_init|loftq_init)$/;

/** Extensions of files that hold weights for some loader. */
const WEIGHTS_EXTENSION =
  /\.(?:safetensors|bin|pt|pth|ckpt|distcp|gguf|npz|npy|msgpack|h5|onnx)$/i;

/** State of a training run, whose extension alone looks like weights. */
const STATE_FILE =
  /^(?:optimizer|scheduler|sampler|dl_state_dict|training_args|scaler|rng_state|random_states|custom_checkpoint)[\w.]*$/;

/**
 * What else lies beside weights and holds none: tokenizers, configurations, logs of
 * TensorBoard, marks.
 */
const SIDE_FILE =
  /^(?:\..*|[A-Z_]+|latest|merges|vocab|events\.out\.tfevents.*|.*\.(?:json|model|vocab|tiktoken|spm))$/;

/**
 * Whether a file in a folder that is named as a checkpoint may be what holds the
 * weights, whoever wrote it: anything but what is known to lie beside them.
 */
export function isPerhapsWeightsName(name: string): boolean {
  return (
    !isBeside(name) &&
    !SIDE_FILE.test(name) &&
    !isTrainingStateName(name) &&
    !STATE_FILE.test(name)
  );
}

export function isCheckpointFolderName(name: string): boolean {
  return CHECKPOINT_FOLDER.test(name);
}

export function isLeftoverFolderName(name: string): boolean {
  return LEFTOVER_FOLDER.test(name);
}

export function isInitialFolderName(name: string): boolean {
  return INITIAL_FOLDER.test(name);
}

export function isTrainerStateName(name: string): boolean {
  return TRAINER_FILE.test(name);
}

/** Whether a file of this name is the state of a training, not its weights. */
export function isTrainingStateName(name: string): boolean {
  return (
    TRAINER_FILE.test(name) ||
    ACCELERATE_FILE.test(name) ||
    name === SCALER_FILE
  );
}

/** Written beside weights that are done, too: by `save_model`, by scripts. */
const BESIDE_FINAL = /^(?:training_args\.bin|trainer_state\.json)$/;

/** Whether a file of this name is there for the sake of a resume. */
export function keepsTrainingState(name: string): boolean {
  return isTrainingStateName(name) && !BESIDE_FINAL.test(name);
}

/** Whether a file of this name could hold weights, whoever wrote it. */
export function isWeightsLikeName(name: string): boolean {
  return WEIGHTS_EXTENSION.test(name) && !STATE_FILE.test(name);
}

/**
 * Whether Lightning's ModelCheckpoint names a file so: `epoch=1-step=20.ckpt`,
 * `last.ckpt`, with a metric before and a version behind (callbacks/
 * model_checkpoint.py).
 */
export function isLightningName(name: string): boolean {
  return LIGHTNING_FILE.test(name);
}

/**
 * A name without the epoch or step that kohya puts behind it, and without its
 * extension: the same for all saves of one training.
 */
export function seriesOf(name: string): string {
  return name.replace(/\.[a-z]+$/, '').replace(/-(?:\d{6}|step\d{8})$/, '');
}

/**
 * The number in the name of a checkpoint's folder that is too large for a step: equal
 * numbers from there on may be of names that differ. `null` for any other name.
 */
export function hugeStepIn(name: string): bigint | null {
  const digits = CHECKPOINT_FOLDER.exec(name)?.[1];
  return digits === undefined || Number.isSafeInteger(Number(digits))
    ? null
    : BigInt(digits);
}

/** Whether a folder is named after a step, also after one that is too large. */
export function isStepFolderName(name: string): boolean {
  return STEP_FOLDERS.some((pattern) => pattern.test(name));
}

/** The step that the name of a folder carries, or `null`. */
export function stepInFolderName(name: string): number | null {
  return firstNumber(STEP_FOLDERS, name);
}

/** The step that the name of a file carries, or `null`. */
export function stepInFileName(name: string): number | null {
  return firstNumber(STEP_FILES, name);
}

function firstNumber(patterns: readonly RegExp[], name: string): number | null {
  for (const pattern of patterns) {
    const digits = pattern.exec(name)?.[1];
    if (digits === undefined) continue;
    const step = Number(digits);
    return Number.isSafeInteger(step) ? step : null;
  }
  return null;
}
