import {
  ACCELERATE_RANDOM_STATES,
  isTrainerStateName,
  TRAINER_FOLDER,
} from './names.ts';
import type { CheckpointSubject } from './subjects.ts';

/** Who goes on with a training, and how the user says from where. */
export interface Framework {
  readonly name: string;
  /** What the user passes, as it is typed, for a path. */
  readonly pass: (path: string) => string;
  /** How it finds the newest by itself; `null` where it does not. */
  readonly newest: FindsNewest | null;
}

/** A framework that takes the folder with the highest number, whatever is inside. */
export interface FindsNewest {
  /** The folders that it looks at, and the number. */
  readonly names: RegExp;
  /** The only folder that it looks into, where any other name in it counts too. */
  readonly within: string | null;
}

const LAST_CHECKPOINT: FindsNewest = {
  names: TRAINER_FOLDER,
  within: null,
};

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
  newest: LAST_CHECKPOINT,
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
      newest: null,
    },
  ],
  [
    'axolotl',
    {
      name: 'axolotl',
      // axolotl utils/schemas/config.py; auto_resume_from_checkpoints takes the highest.
      pass: (path) => `resume_from_checkpoint: ${quoted(path)}`,
      newest: LAST_CHECKPOINT,
    },
  ],
  [
    'LLaMA-Factory',
    {
      name: 'LLaMA-Factory',
      // llamafactory hparams/parser.py: get_last_checkpoint of output_dir unless told.
      pass: (path) => `resume_from_checkpoint: ${quoted(path)}`,
      newest: LAST_CHECKPOINT,
    },
  ],
  [
    'accelerate',
    {
      name: 'accelerate',
      // accelerator.py, load_state: without a path the last number in `checkpoints/`.
      pass: (path) => `accelerator.load_state(${quoted(path)})`,
      newest: { names: /^checkpoint_(\d{1,4300})$/, within: 'checkpoints' },
    },
  ],
  [
    'diffusers LoRA',
    {
      name: 'diffusers',
      // examples/*/train_*.py: `latest` is the highest number.
      pass: (path) => `--resume_from_checkpoint ${shellWord(path)}`,
      newest: LAST_CHECKPOINT,
    },
  ],
  [
    'kohya state',
    {
      name: 'sd-scripts (kohya)',
      // library/train_util.py, resume_from_local_or_hf_if_specified.
      pass: (path) => `--resume ${shellWord(path)}`,
      newest: null,
    },
  ],
  [
    'Lightning',
    {
      name: 'Lightning',
      // trainer/trainer.py, Trainer.fit.
      pass: (path) => `trainer.fit(model, ckpt_path=${quoted(path)})`,
      newest: null,
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
      newest: null,
    },
  ],
]);

/** A folder that holds `latest` and the state that it names. */
const DEEPSPEED_FOLDER: Framework = {
  name: 'DeepSpeed',
  // runtime/engine.py, load_checkpoint: without a tag the one that `latest` names.
  pass: (path) => `engine.load_checkpoint(${quoted(path)})`,
  newest: null,
};

/** Whose state may lie in the checkpoint of a Trainer or of accelerate. */
const ENGINES: ReadonlySet<string> = new Set(['DeepSpeed ZeRO', 'FSDP']);

/** Who goes on from a checkpoint; `null` where it is not known. */
export function frameworkOf(checkpoint: CheckpointSubject): Framework | null {
  const { producer, folder, isStepFolder, sharded, path } = checkpoint;
  const known = FRAMEWORKS.get(producer) ?? null;
  const names = [...(folder?.files.keys() ?? [])];
  if (known === null || ENGINES.has(producer)) {
    if (isStepFolder && names.some((name) => isTrainerStateName(name)))
      return TRAINER;
    if (names.some((name) => ACCELERATE_RANDOM_STATES.test(name)))
      return FRAMEWORKS.get('accelerate') ?? null;
  }
  const isTag = sharded?.zero.some((tag) => tag.path === path) === true;
  return producer === 'DeepSpeed ZeRO' && !isTag ? DEEPSPEED_FOLDER : known;
}
