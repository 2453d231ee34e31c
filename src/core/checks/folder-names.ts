import { isTrainingStateName, SAFETENSORS_TEMPORARY } from '../layout/names.ts';
import type { Folder } from '../layout/tree.ts';

/** Names of all that lies directly in a folder, folders with a `/`, sorted. */
export function namesIn(folder: Folder): string[] {
  return [
    ...folder.files.keys(),
    ...[...folder.folders.keys()].map((name) => `${name}/`),
    ...[...folder.dangling].map((name) => `${name} (a link to nothing)`),
  ].sort();
}

/** Temporaries that safetensors leaves when it is killed while writing. */
export function temporariesIn(
  folder: Folder,
): { name: string; bytes: number }[] {
  return [...folder.files]
    .filter(([name]) => SAFETENSORS_TEMPORARY.test(name))
    .map(([name, { sizeBytes }]) => ({ name, bytes: sizeBytes }));
}

/** Names that a Trainer or accelerate writes beside the weights. */
export function stateFilesIn(folder: Folder): string[] {
  return [...folder.files.keys()].filter(isTrainingStateName).sort();
}

/** There while transformers 5 saves on a signal (trainer_jit_checkpoint.py). */
export const SENTINEL = 'checkpoint-is-incomplete.txt';

/** What a Trainer says that resumes without trainer_state.json. */
export const STATE_NOT_FOUND_ERRORS: readonly string[] = [
  "FileNotFoundError: [Errno 2] No such file or directory: '…trainer_state.json'",
];

/** Who saves the state of a training through accelerate. */
export const ACCELERATE_USERS: readonly string[] = [
  'accelerate',
  'diffusers LoRA',
  'kohya state',
];

/** What PEFT and a Trainer that is to resume say of a folder without a model. */
export const NOT_FOUND_ERRORS: readonly string[] = [
  "ValueError: Can't find 'adapter_config.json' at '…'",
  "ValueError: Can't find a valid checkpoint at …",
];
