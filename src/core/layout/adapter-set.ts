import { CONFIG_BESIDE_TENSORS } from '../bytes/config-limits.ts';
import { memoise } from './memoise.ts';
import { readAdapterConfig } from './adapter-config.ts';
import type { FileFacts } from './file-facts.ts';
import {
  ADAPTER_BIN,
  ADAPTER_CONFIG,
  ADAPTER_SAFETENSORS,
  isCheckpointFolderName,
  isInitialFolderName,
  isLeftoverFolderName,
} from './names.ts';
import { meaningOf } from './peft/meaning.ts';
import type { AdapterSet } from './subjects.ts';
import { countTensorsIn, readTensorsIn } from './tensors-in.ts';
import type { Folder } from './tree.ts';

/** Gives the facts of a file in a folder, or `null` if it has none of the name. */
export type FactsOf = (folder: Folder, name: string) => FileFacts | null;

const ADAPTER_FILES = [ADAPTER_CONFIG, ADAPTER_SAFETENSORS, ADAPTER_BIN];

function hasAdapterFile(folder: Folder): boolean {
  return ADAPTER_FILES.some(
    (name) => folder.files.has(name) || folder.dangling.has(name),
  );
}

/**
 * The adapters that `PeftModel.save_pretrained` left in a folder: the one named
 * `default` in the folder itself, each other in a subfolder of its name (PEFT
 * peft_model.py, save_pretrained).
 */
export function findAdapterSets(
  folder: Folder,
  factsOf: FactsOf,
): readonly AdapterSet[] {
  const own = hasAdapterFile(folder) ? [adapterSet(folder, null, factsOf)] : [];
  const named = [...folder.folders.values()]
    .filter((below) => isNamedAdapter(folder, below))
    .map((below) => adapterSet(below, below.name, factsOf));
  return [...own, ...named];
}

/**
 * Whether the subfolder belongs to this folder's save. PEFT writes README.md only
 * at the top of a save, which tells a named adapter from a save of its own.
 */
function isNamedAdapter(folder: Folder, below: Folder): boolean {
  const { name } = below;
  if (isCheckpointFolderName(name) || isInitialFolderName(name)) return false;
  if (isLeftoverFolderName(name) || !hasAdapterFile(below)) return false;
  if (isCheckpointFolderName(folder.name)) return true;
  return folder.files.has('README.md') && !below.files.has('README.md');
}

function adapterSet(
  folder: Folder,
  name: string | null,
  factsOf: FactsOf,
): AdapterSet {
  const configFile = factsOf(folder, ADAPTER_CONFIG);
  const safetensors = factsOf(folder, ADAPTER_SAFETENSORS);
  const bin = factsOf(folder, ADAPTER_BIN);
  const weights = weightsFile(safetensors, bin);
  const config = async () =>
    configFile === null ? null : readAdapterConfig(configFile);
  const { maxBytes, maxTensors } = CONFIG_BESIDE_TENSORS;
  const excess = async () => {
    if (weights === null || (configFile?.sizeBytes ?? 0) <= maxBytes)
      return null;
    const tensors = (await countTensorsIn(weights)) ?? 0;
    return tensors > maxTensors ? tensors : null;
  };
  return {
    name,
    path: folder.shown,
    configFile,
    config,
    excess,
    meaning: memoise(async () => {
      const read = await config();
      if (!read?.ok || weights === null) return null;
      if ((await excess()) !== null) return null;
      const tensors = await readTensorsIn(weights);
      return tensors === null ? null : meaningOf(read.value, tensors);
    }),
    weights,
    passedOver: safetensors === null ? null : bin,
    dangling: danglingAmong(folder, ADAPTER_FILES),
  };
}

/** Of these names, those that are links to nothing. */
export function danglingAmong(
  folder: Folder,
  names: readonly string[],
): ReadonlySet<string> {
  return new Set(names.filter((name) => folder.dangling.has(name)));
}

function weightsFile(
  safetensors: FileFacts | null,
  bin: FileFacts | null,
): AdapterSet['weights'] {
  if (safetensors !== null) return { file: safetensors, format: 'safetensors' };
  return bin === null ? null : { file: bin, format: 'torch' };
}
