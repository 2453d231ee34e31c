import type { Holding } from '../types.ts';
import type { Folder } from './tree.ts';

/** How to recognise what a trainer other than PEFT and transformers wrote. */
export interface Producer {
  readonly name: string;
  readonly holds: Holding;
  /** Whether it writes files of its own under transformers' names. */
  readonly usesModelNames?: true;
  /** Names of subfolders that are part of the checkpoint. */
  readonly parts?: RegExp;
  matches(folder: Folder): boolean;
}

const hasFile = (folder: Folder, pattern: RegExp): boolean =>
  [...folder.files.keys()].some((name) => pattern.test(name));

const hasFolder = (folder: Folder, pattern: RegExp): boolean =>
  [...folder.folders.keys()].some((name) => pattern.test(name));

/** DeepSpeed runtime/engine.py: model states and optimizer states per rank. */
const ZERO_FILE =
  /^(?:(?:bf16_|fp16_)?zero_pp_rank_\d+_mp_rank_\d+_\w+\.pt|mp_rank_\d+_model_states\.pt)$/;
/** torch/distributed/checkpoint/filesystem.py. */
const DCP_FILE = /^(?:\.metadata|__\d+_\d+\.distcp)$/;

const isZeroTag = (folder: Folder) => hasFile(folder, ZERO_FILE);
const isDcp = (folder: Folder) => hasFile(folder, DCP_FILE);

/**
 * Recognised in this order, by names that only they write. What each file must
 * be like is not examined yet: the names suffice to not fail a folder for
 * lacking an adapter file which it should not have.
 */
export const PRODUCERS: readonly Producer[] = [
  {
    // Its adapter_config.json is of another format under PEFT's name.
    name: 'MLX',
    holds: 'adapter',
    matches: (folder) => hasFile(folder, /^(?:\d{7}_)?adapters\.safetensors$/),
  },
  {
    name: 'diffusers LoRA',
    holds: 'adapter',
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
      (hasFolder(folder, /^mp_rank_\d{2}/) || isDcp(folder)),
  },
  {
    name: 'DeepSpeed ZeRO',
    holds: 'shards',
    matches: (folder) =>
      isZeroTag(folder) || [...folder.folders.values()].some(isZeroTag),
  },
  {
    name: 'FSDP',
    holds: 'shards',
    matches: (folder) =>
      hasFolder(folder, /^pytorch_model_fsdp_\d+$/) ||
      hasFile(folder, /^pytorch_model_fsdp(?:_\d+)?\.bin$/),
  },
  { name: 'torch DCP', holds: 'shards', matches: isDcp },
  {
    name: 'accelerate',
    holds: 'model',
    usesModelNames: true,
    matches: (folder) => hasFile(folder, /^random_states_\d+\.pkl$/),
  },
  {
    name: 'Lightning',
    holds: 'shards',
    matches: (folder) => folder.name.endsWith('.ckpt'),
  },
  {
    name: 'Llama or Mistral (consolidated)',
    holds: 'model',
    matches: (folder) =>
      hasFile(folder, /^consolidated(?:\.\d+)?\.(?:pth|pt|safetensors)$/),
  },
];

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
