import { failureWords } from '../bytes/failure-words.ts';
import { SourceError } from '../bytes/reader.ts';
import type { FileFacts } from './file-facts.ts';
import type { PassedOver, Surroundings, Walk } from './find-checkpoints.ts';
import type { FoundCheckpoint } from './folder-checkpoint.ts';
import { isWeightsLikeName, stepInFileName } from './names.ts';
import type { WeightsFile } from './subjects.ts';
import { nameOf, parentOf } from './tree.ts';
import type { Folder } from './tree.ts';

/** kohya sd-scripts networks/lora.py: roots of its key names. */
const KOHYA_KEY = /^lora_(?:unet|te\d?|transformer)_/;
/** Keys that PEFT or diffusers write for an adapter. */
const ADAPTER_KEY = /\.lora_(?:A|B|embedding_A|embedding_B|down|up)\b/;

/** Files that are checkpoints by themselves, in a folder that is none. */
export async function findLoneFiles(
  walk: Walk,
  folder: Folder,
  around: Surroundings,
): Promise<void> {
  for (const name of folder.files.keys()) {
    const file = walk.factsOf(folder, name);
    // Links that are not followed are in the list of skips already.
    const isFile = folder.files.get(name)?.kind === 'file';
    if (file === null || !isFile || !isWeightsLikeName(file.name)) continue;
    try {
      const isNamed = walk.source.root === 'file';
      const found = isNamed ? namedFile(file) : await loneFile(file);
      if (found === null) passOver(walk, file, UNKNOWN_NAME);
      else walk.checkpoints.push(fileCheckpoint(file, around, found));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const words = failureWords(error);
      const reason = `it could not be read to tell what it is (${words})`;
      passOver(walk, file, { cause: 'io', reason });
    }
  }
}

const UNKNOWN_NAME = {
  cause: 'unsupported',
  reason: 'may hold weights, but no known loader looks for that name',
} as const;

function passOver(
  walk: Walk,
  { path }: FileFacts,
  why: Pick<PassedOver, 'cause' | 'reason'>,
): void {
  walk.unknownWeights.push(path);
  walk.passedOver.push({ where: { path }, ...why });
}

type FoundFile = Pick<
  FoundCheckpoint,
  'producer' | 'holds' | 'loose' | 'unexamined'
>;

/** What the user names is examined by itself, whatever belongs beside it. */
function namedFile(file: FileFacts): FoundFile | null {
  const format = looseFormat(file.name);
  if (format === null) return byExtension(file);
  return {
    producer: 'unknown',
    holds: 'unknown',
    loose: [{ file, format }],
    unexamined: null,
  };
}

function looseFormat(name: string): WeightsFile['format'] | null {
  if (name.endsWith('.safetensors')) return 'safetensors';
  return /\.(?:bin|pt|pth)$/.test(name) ? 'torch' : null;
}

async function loneFile(file: FileFacts): Promise<FoundFile | null> {
  if (!file.name.endsWith('.safetensors')) return byExtension(file);
  const header = await file.safetensors();
  return header.ok ? byKeys(header.value.tensors) : null;
}

function byExtension(file: FileFacts): FoundFile | null {
  if (file.name.endsWith('.ckpt')) return other('Lightning', 'unknown');
  if (file.name.endsWith('.gguf')) return other('GGUF', 'unknown');
  return null;
}

function byKeys(
  tensors: readonly { readonly name: string }[],
): FoundFile | null {
  if (tensors.some(({ name }) => KOHYA_KEY.test(name)))
    return other('kohya', 'adapter');
  if (tensors.some(({ name }) => ADAPTER_KEY.test(name)))
    return other('unknown', 'adapter');
  return null;
}

function other(producer: string, holds: FoundFile['holds']): FoundFile {
  const by =
    producer === 'unknown'
      ? 'an adapter under a name of its own'
      : `a ${producer} file`;
  return {
    producer,
    holds,
    loose: [],
    unexamined: `${by}: this version does not examine such files`,
  };
}

function fileCheckpoint(
  file: FileFacts,
  { stepFolder }: Surroundings,
  found: FoundFile,
): FoundCheckpoint {
  return {
    ...found,
    run: stepFolder?.run ?? parentOf(file.path),
    path: file.path,
    name: nameOf(file.path),
    step: stepFolder?.step ?? stepInFileName(file.name),
    isStepFolder: false,
    isRunRoot: false,
    folder: null,
    adapters: [],
    model: null,
    isInitial: false,
    isWrapper: false,
    claimed: new Set(),
  };
}
