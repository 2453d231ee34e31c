import { oncePerRun } from './once-per-run.ts';
import {
  isTrainingStateName,
  SAFETENSORS_TEMPORARY,
  TRAINER_STATE,
} from './names.ts';
import type { CheckpointSubject } from './subjects.ts';
import { hasTrainersOwn, isTrainersRun } from './trainer-saves.ts';
import type { Folder } from './tree.ts';

/**
 * The files of a checkpoint in the order in which a Trainer writes them, measured with
 * transformers 5.18 and PEFT 0.21 (trainer.py, `_save_checkpoint`). Files of other ranks
 * (`rng_state_1.pth`) are not among them: those do not wait for rank 0.
 */
const WRITE_ORDER: readonly RegExp[] = [
  /^(?:README\.md|config\.json)$/,
  /^generation_config\.json$/,
  SAFETENSORS_TEMPORARY,
  /^(?:adapter_model|model|pytorch_model)(?:-\d{5,6}-of-\d{5,6})?\.(?:safetensors|bin)$/,
  /^(?:adapter_config\.json|(?:model\.safetensors|pytorch_model\.bin)\.index\.json)$/,
  /^(?:tokenizer.*|vocab\..*|merges\.txt|special_tokens_map\.json|added_tokens\.json|.*processor_config\.json|chat_template\..*)$/,
  /^training_args\.bin$/,
  /^(?:optimizer\.pt|optimizer\.bin|pytorch_model_fsdp.*)$/,
  /^scheduler\.pt$/,
  /^scaler\.pt$/,
  /^rng_state(?:_0)?\.pth$/,
  /^trainer_state\.json$/,
];

/** What every save of a Trainer has from here on; its own siblings may have more. */
const ALWAYS: readonly string[] = [
  'training_args.bin',
  'optimizer.pt',
  'scheduler.pt',
  'rng_state.pth',
  TRAINER_STATE,
];

/** How far a save came that did not end. */
export interface SavePhase {
  /** The last of its files that is there, in the order of a save. */
  readonly last: string;
  readonly sizeBytes: number;
  /** What is written after it. */
  readonly next: string;
}

/** How far the save of a folder came; `null` where none of its files is there. */
export function savePhaseOf(checkpoint: CheckpointSubject): SavePhase | null {
  const { folder } = checkpoint;
  const last = folder === null ? null : lastWritten(folder);
  if (folder === null || last === null || last === TRAINER_STATE) return null;
  // No save makes a folder of it.
  if (folder.folders.has(TRAINER_STATE)) return null;
  return {
    last,
    sizeBytes: folder.files.get(last)?.sizeBytes ?? 0,
    next: nextAfter(placeOf(last), namesOfWhole(checkpoint)),
  };
}

/**
 * The file that a Trainer's save which did not end was writing, or had just written, when
 * it died; `null` where the save ended, or where it may be of no Trainer.
 */
export function lastOfUnended(checkpoint: CheckpointSubject): string | null {
  const { isStepFolder, trainerState } = checkpoint;
  const isTrainers = hasTrainersOwn(checkpoint) || isTrainersRun(checkpoint);
  if (!isStepFolder || trainerState !== null || !isTrainers) return null;
  return savePhaseOf(checkpoint)?.last ?? null;
}

/**
 * Whether what lies in a folder shows that a save was under way: more than weights, or
 * nothing behind their temporary file. One of weights alone may never have had more.
 */
export function showsSave(checkpoint: CheckpointSubject): boolean {
  const names = [...(checkpoint.folder?.files.keys() ?? [])];
  const last = savePhaseOf(checkpoint)?.last ?? '';
  return names.some(isTrainingStateName) || SAFETENSORS_TEMPORARY.test(last);
}

/** E.g. `the save died while writing optimizer.pt (0 bytes)`. */
export function phaseWords({ last, sizeBytes, next }: SavePhase): string {
  if (SAFETENSORS_TEMPORARY.test(last))
    return `the save died while writing the weights (${last} is their temporary file)`;
  return sizeBytes === 0
    ? `the save died while writing ${last} (0 bytes)`
    : `the save died after it had begun ${last} and before it began ${next}`;
}

function lastWritten({ files }: Folder): string | null {
  let last: string | null = null;
  for (const name of [...files.keys()].sort())
    if (placeOf(name) >= Math.max(0, last === null ? -1 : placeOf(last)))
      last = name;
  return last;
}

function placeOf(name: string): number {
  return WRITE_ORDER.findIndex((pattern) => pattern.test(name));
}

function nextAfter(place: number, names: readonly string[]): string {
  const later = names
    .filter((name) => placeOf(name) > place)
    .sort((left, right) => placeOf(left) - placeOf(right));
  return later[0] ?? TRAINER_STATE;
}

/** The names in a save of the same run that did end. */
const namesOfWhole = oncePerRun((checkpoints): readonly string[] => {
  const whole = checkpoints.findLast(
    ({ isStepFolder, trainerState }) => isStepFolder && trainerState !== null,
  );
  return whole?.folder ? [...whole.folder.files.keys()].sort() : ALWAYS;
});
