import type { Holding } from '../types.ts';
import {
  ADAPTER_CONFIG,
  ACCELERATE_OPTIMIZER,
  ACCELERATE_RANDOM_STATES,
  FSDP_WHOLE_MODEL,
  isTrainerStateName,
  MODEL_BIN,
  MODEL_SAFETENSORS,
  isStepFolderName,
} from './names.ts';
import { isDcpFolder, isZeroTag } from './sharded-state.ts';
import { hasFile } from './tree.ts';
import type { Folder } from './tree.ts';

/** How to recognise what a trainer other than PEFT and transformers wrote. */
export interface Producer {
  readonly name: string;
  readonly holds: Holding;
  /** Whether it writes files of its own under transformers' names. */
  readonly usesModelNames?: true;
  /** Names of subfolders that are part of the checkpoint. */
  readonly parts?: RegExp;
  /**
   * Of the names in a folder, those of the weights that its loader reads. Without
   * it what lies in the folder is not examined.
   */
  readonly weights?: (names: readonly string[]) => readonly string[];
  /** The configuration that its loader reads beside the weights. */
  readonly config?: string;
  /** Files that are earlier saves, a checkpoint each. */
  readonly saves?: RegExp;
  matches(folder: Folder): boolean;
}

const hasFolder = (folder: Folder, pattern: RegExp): boolean =>
  [...folder.folders.keys()].some((name) => pattern.test(name));

/** A loader that takes the first of these names that is there. */
const firstOf =
  (...wanted: readonly string[]) =>
  (names: readonly string[]): readonly string[] =>
    wanted.filter((name) => names.includes(name)).slice(0, 1);

const allLike =
  (pattern: RegExp) =>
  (names: readonly string[]): readonly string[] =>
    names.filter((name) => pattern.test(name));

const MLX_SAVE = /^\d{7}_adapters\.safetensors$/;
/** A file a rank: LOCAL_STATE_DICT, and SHARDED_STATE_DICT without DCP. */
const FSDP_RANK = /^pytorch_model_fsdp(?:_\d+)?_rank\d+\.bin$/;
const FSDP_FOLDER = /^(?:pytorch_model_fsdp|optimizer)_\d+$/;

/**
 * Recognised in this order, by names that only they write. Each is held to the
 * files that its own loader asks for; what those must be like inside is examined
 * where this version reads the format.
 */
export const PRODUCERS: readonly Producer[] = [
  {
    // Its adapter_config.json is of another format under PEFT's name.
    name: 'MLX',
    holds: 'adapter',
    // mlx_lm/tuner/utils.py, load_adapters.
    weights: firstOf('adapters.safetensors'),
    config: ADAPTER_CONFIG,
    saves: MLX_SAVE,
    matches: (folder) =>
      folder.files.has('adapters.safetensors') || hasFile(folder, MLX_SAVE),
  },
  {
    name: 'diffusers LoRA',
    holds: 'adapter',
    // diffusers loaders/lora_base.py, LORA_WEIGHT_NAME_SAFE before LORA_WEIGHT_NAME.
    weights: firstOf(
      'pytorch_lora_weights.safetensors',
      'pytorch_lora_weights.bin',
    ),
    matches: (folder) =>
      hasFile(folder, /^pytorch_lora_weights\.(?:safetensors|bin)$/),
  },
  {
    name: 'diffusers',
    holds: 'model',
    // A pipeline keeps each of its models in a subfolder.
    parts: /^(?!checkpoint-)/,
    matches: (folder) =>
      hasFile(folder, /^(?:model_index\.json|diffusion_pytorch_model[\w.-]*)$/),
  },
  {
    name: 'torchtune',
    holds: 'adapter',
    matches: (folder) => hasFile(folder, /^adapter_model\.pt$/),
  },
  {
    name: 'NeMo',
    holds: 'shards',
    parts: /^(?:weights|context)$/,
    matches: (folder) =>
      folder.folders.has('weights') && folder.folders.has('context'),
  },
  {
    name: 'Megatron-LM',
    holds: 'shards',
    matches: (folder) =>
      /^(?:iter_\d{7}|release)$/.test(folder.name) &&
      (hasFolder(folder, /^mp_rank_\d{2}/) || isDcpFolder(folder)),
  },
  {
    // A strategy of several processes makes the file a folder.
    name: 'Lightning',
    holds: 'shards',
    parts: /^checkpoint$/,
    // A file that the user names is a root with one file of no name.
    matches: (folder) => folder.name.endsWith('.ckpt') && !folder.files.has(''),
  },
  {
    name: 'DeepSpeed ZeRO',
    holds: 'shards',
    parts: /^pytorch_model$/,
    matches: (folder) => isZeroTag(folder) || ownsZeroTags(folder),
  },
  {
    // FULL_STATE_DICT: accelerate utils/fsdp_utils.py, save_fsdp_model.
    name: 'FSDP',
    holds: 'model',
    weights: allLike(FSDP_WHOLE_MODEL),
    matches: (folder) => hasFile(folder, FSDP_WHOLE_MODEL),
  },
  {
    name: 'FSDP',
    holds: 'shards',
    matches: (folder) =>
      hasFolder(folder, FSDP_FOLDER) || hasFile(folder, FSDP_RANK),
  },
  { name: 'torch DCP', holds: 'shards', matches: isDcpFolder },
  {
    // Of all models its hook leaves the network alone (train_network.py).
    name: 'kohya state',
    holds: 'adapter',
    usesModelNames: true,
    weights: () => [],
    matches: (folder) =>
      folder.files.has('train_state.json') && isAccelerates(folder),
  },
  {
    name: 'accelerate',
    holds: 'model',
    usesModelNames: true,
    // accelerate checkpointing.py: the second model on is numbered.
    weights: allLike(/^(?:model|pytorch_model)_\d+\.(?:safetensors|bin)$/),
    matches: (folder) => !isTrainers(folder) && isAccelerates(folder),
  },
  {
    name: 'Llama or Mistral (consolidated)',
    holds: 'model',
    matches: (folder) =>
      hasFile(folder, /^consolidated(?:\.\d+)?\.(?:pth|pt|safetensors)$/),
  },
];

/**
 * Whether the state folders of DeepSpeed below a folder belong to it: a Trainer's
 * or accelerate's checkpoint has one. Below an output folder of DeepSpeed itself
 * each is a checkpoint of its own, named after its step or as the user likes.
 */
function ownsZeroTags(folder: Folder): boolean {
  const isCheckpoint =
    isStepFolderName(folder.name) ||
    isTrainers(folder) ||
    isAccelerates(folder);
  if (!isCheckpoint) return false;
  // engine.save_checkpoint puts its converter beside the tag.
  return (
    folder.files.has('zero_to_fp32.py') ||
    [...folder.folders.values()].some(isZeroTag)
  );
}

function isTrainers(folder: Folder): boolean {
  return folder.telling.some(isTrainerStateName);
}

function isAccelerates(folder: Folder): boolean {
  return (
    hasFile(folder, ACCELERATE_RANDOM_STATES) ||
    (folder.files.has(ACCELERATE_OPTIMIZER) &&
      (folder.files.has(MODEL_SAFETENSORS) || folder.files.has(MODEL_BIN)))
  );
}

/**
 * Folders that are part of the checkpoint they lie in: state and shards that
 * Trainer, DeepSpeed, FSDP, Megatron and NeMo write below it.
 */
const PART_FOLDER =
  /^(?:global_step\d+|pytorch_model_fsdp_\d+|optimizer_\d+|mp_rank_\d{2}.*|offloaded_tensors)$/;

export function isPartFolderName(name: string): boolean {
  return PART_FOLDER.test(name);
}

/** The first producer whose names the folder holds. */
export function findProducer(folder: Folder): Producer | null {
  return PRODUCERS.find((producer) => producer.matches(folder)) ?? null;
}

/**
 * Trainers that save as PEFT and transformers do, by a file of their own in the
 * checkpoint or in the output folder above it: ms-swift trainers/mixin.py,
 * axolotl core/trainers/base.py, LLaMA-Factory extras/constants.py.
 */
const TRAINERS = [
  { name: 'ms-swift', own: 'args.json', above: 'logging.jsonl' },
  { name: 'axolotl', own: 'tokens_state.json', above: null },
  { name: 'LLaMA-Factory', own: null, above: 'trainer_log.jsonl' },
] as const;

/** Who trained what a folder holds in PEFT's or transformers' format, if it shows. */
export function findTrainer(
  folder: Folder,
  above: Folder | null,
): string | null {
  const hasAbove = (name: string) =>
    folder.files.has(name) || above?.files.has(name);
  const found = TRAINERS.find(
    ({ own, above: log }) =>
      (own === null || folder.files.has(own)) &&
      (log === null || hasAbove(log)),
  );
  if (found) return found.name;
  return isTrainers(folder) ? 'transformers Trainer' : null;
}
