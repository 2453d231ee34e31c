import { danglingAmong } from './adapter-set.ts';
import type { FactsOf } from './adapter-set.ts';
import type { FileFacts } from './file-facts.ts';
import { memoise } from './memoise.ts';
import {
  GENERATION_CONFIG,
  MODEL_BIN,
  MODEL_BIN_INDEX,
  MODEL_CONFIG,
  MODEL_SAFETENSORS,
  MODEL_SAFETENSORS_INDEX,
  MODEL_SHARD,
} from './names.ts';
import type { ModelSet, WeightsFile } from './subjects.ts';
import type { Folder } from './tree.ts';

const WEIGHTS_NAMES = [
  MODEL_SAFETENSORS,
  MODEL_SAFETENSORS_INDEX,
  MODEL_BIN,
  MODEL_BIN_INDEX,
];

/**
 * The transformers model in a folder, or `null`. Of several weights files the
 * choice is that of `from_pretrained`: one safetensors file, a safetensors
 * index, one torch file, a torch index (transformers modeling_utils.py,
 * `_get_resolved_checkpoint_files`).
 */
export function findModelSet(
  folder: Folder,
  factsOf: FactsOf,
): ModelSet | null {
  const facts = (name: string) => factsOf(folder, name);
  const shardNames = [...folder.files.keys()].filter((name) =>
    MODEL_SHARD.test(name),
  );
  const isThere = (name: string) =>
    folder.files.has(name) || folder.dangling.has(name);
  const hasGenerationConfig = isThere(GENERATION_CONFIG);
  const hasWeights = WEIGHTS_NAMES.some(isThere) || shardNames.length > 0;
  // A lone config.json belongs to many tools; with a generation_config.json it
  // can only be a model that transformers saved.
  if (!hasWeights && !(hasGenerationConfig && isThere(MODEL_CONFIG)))
    return null;
  const single = singleFile(facts);
  const indexFile = single === null ? indexIn(facts) : null;
  const index = async () =>
    indexFile === null ? null : indexFile.weightIndex();
  return {
    path: folder.shown,
    configFile: facts(MODEL_CONFIG),
    needsConfig: true,
    hasGenerationConfig,
    single,
    indexFile,
    index,
    shards: memoise(async () => {
      if (single !== null) return new Map();
      const read = await index();
      const named = read?.ok ? read.value.shards : shardNames;
      return shardFiles(named, facts);
    }),
    looseShards: indexFile === null && single === null ? shardNames : [],
    passedOver: passedOver(single, indexFile, facts),
    dangling: danglingAmong(folder, WEIGHTS_NAMES),
  };
}

type Facts = (name: string) => FileFacts | null;

function singleFile(facts: Facts): WeightsFile | null {
  const safetensors = facts(MODEL_SAFETENSORS);
  if (safetensors !== null) return { file: safetensors, format: 'safetensors' };
  if (facts(MODEL_SAFETENSORS_INDEX) !== null) return null;
  const bin = facts(MODEL_BIN);
  return bin === null ? null : { file: bin, format: 'torch' };
}

function indexIn(facts: Facts): FileFacts | null {
  return facts(MODEL_SAFETENSORS_INDEX) ?? facts(MODEL_BIN_INDEX);
}

function shardFiles(
  names: readonly string[],
  facts: Facts,
): ReadonlyMap<string, WeightsFile> {
  const shards = new Map<string, WeightsFile>();
  for (const name of names) {
    const file = facts(name);
    if (file !== null) shards.set(name, { file, format: formatOf(name) });
  }
  return shards;
}

/** Which loader reads a weights file of this name. */
export function formatOf(name: string): WeightsFile['format'] {
  return name.includes('safetensors') ? 'safetensors' : 'torch';
}

function passedOver(
  single: WeightsFile | null,
  indexFile: FileFacts | null,
  facts: Facts,
): FileFacts | null {
  const taken = single?.file.name ?? indexFile?.name ?? '';
  if (!taken.includes('safetensors')) return null;
  return facts(MODEL_BIN) ?? facts(MODEL_BIN_INDEX);
}
