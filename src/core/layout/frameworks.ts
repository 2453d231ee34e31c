import { isTrainerStateName } from './names.ts';
import type { CheckpointSubject } from './subjects.ts';

/** Who goes on with a training, and how the user says from where. */
export interface Framework {
  readonly name: string;
  /** What the user passes, as it is typed, for a path. */
  readonly pass: (path: string) => string;
  /**
   * Which folders it looks at when it is to find the newest by itself, and the number by
   * which it does; `null` where it does not.
   */
  readonly numbered: RegExp | null;
}

/** transformers trainer_utils.py, get_last_checkpoint: the highest number, whatever is inside. */
const LAST_CHECKPOINT = /^checkpoint-(\d{1,15})$/;

/** A word of a POSIX shell that stands for the text. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,][\w./:@%+=,-]*$/.test(text)
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** JSON's texts are Python's and YAML's, too. */
const quoted = (text: string): string => JSON.stringify(text);

const TRAINER: Framework = {
  name: 'transformers Trainer',
  // Trainer.train, and the scripts of transformers and TRL by the flag of that name.
  pass: (path) => `trainer.train(resume_from_checkpoint=${quoted(path)})`,
  numbered: LAST_CHECKPOINT,
};

/** By the producer of a checkpoint. */
const FRAMEWORKS: ReadonlyMap<string, Framework> = new Map([
  ['transformers Trainer', TRAINER],
  [
    'ms-swift',
    {
      name: 'ms-swift',
      // swift/trainers/arguments.py: a field of TrainingArguments.
      pass: (path) => `--resume_from_checkpoint ${shellWord(path)}`,
      numbered: null,
    },
  ],
  [
    'axolotl',
    {
      name: 'axolotl',
      // axolotl utils/schemas/config.py; auto_resume_from_checkpoints takes the highest.
      pass: (path) => `resume_from_checkpoint: ${quoted(path)}`,
      numbered: LAST_CHECKPOINT,
    },
  ],
  [
    'LLaMA-Factory',
    {
      name: 'LLaMA-Factory',
      // llamafactory hparams/parser.py: get_last_checkpoint of output_dir unless told.
      pass: (path) => `resume_from_checkpoint: ${quoted(path)}`,
      numbered: LAST_CHECKPOINT,
    },
  ],
  [
    'accelerate',
    {
      name: 'accelerate',
      // accelerator.py, load_state: without a path the newest of `checkpoints/`.
      pass: (path) => `accelerator.load_state(${quoted(path)})`,
      numbered: /^checkpoint_(\d{1,15})$/,
    },
  ],
  [
    'diffusers LoRA',
    {
      name: 'diffusers',
      // examples/*/train_*.py: `latest` is the highest number.
      pass: (path) => `--resume_from_checkpoint ${shellWord(path)}`,
      numbered: LAST_CHECKPOINT,
    },
  ],
  [
    'kohya state',
    {
      name: 'sd-scripts (kohya)',
      // library/train_util.py, resume_from_local_or_hf_if_specified.
      pass: (path) => `--resume ${shellWord(path)}`,
      numbered: null,
    },
  ],
  [
    'Lightning',
    {
      name: 'Lightning',
      // trainer/trainer.py, Trainer.fit.
      pass: (path) => `trainer.fit(model, ckpt_path=${quoted(path)})`,
      numbered: null,
    },
  ],
  [
    'DeepSpeed ZeRO',
    {
      name: 'DeepSpeed',
      // runtime/engine.py, load_checkpoint(load_dir, tag); it reads `latest` otherwise.
      pass: (path) => {
        const cut = path.lastIndexOf('/');
        const folder = cut < 0 ? '.' : path.slice(0, cut) || '/';
        return `engine.load_checkpoint(${quoted(folder)}, tag=${quoted(path.slice(cut + 1))})`;
      },
      numbered: null,
    },
  ],
]);

/** Who goes on from a checkpoint; `null` where it is not known. */
export function frameworkOf({
  producer,
  folder,
  isStepFolder,
}: CheckpointSubject): Framework | null {
  const known = FRAMEWORKS.get(producer);
  const isTrainers =
    isStepFolder &&
    [...(folder?.files.keys() ?? [])].some((name) => isTrainerStateName(name));
  // FSDP and DeepSpeed write their state into the checkpoint of a Trainer.
  if (isTrainers && (known === undefined || producer === 'DeepSpeed ZeRO'))
    return TRAINER;
  return known ?? null;
}
