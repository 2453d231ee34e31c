import { unreadOf } from '../bytes/failure-words.ts';
import { SourceError } from '../bytes/reader.ts';
import type { ContentKind } from '../formats/content.ts';
import type { Holding } from '../types.ts';
import type { FileFacts } from './file-facts.ts';
import type { PassedOver, Surroundings, Walk } from './find-checkpoints.ts';
import type { FoundCheckpoint } from './folder-checkpoint.ts';
import { readLightning } from './lightning-file.ts';
import {
  isLightningName,
  isWeightsLikeName,
  seriesOf,
  stepInFileName,
} from './names.ts';
import type { WeightsFile } from './subjects.ts';
import { parentIn } from './tree.ts';
import type { Folder } from './tree.ts';

/** kohya sd-scripts networks/lora.py: roots of its key names. */
const KOHYA_KEY = /^lora_(?:unet|te\d?|transformer)_/;
/** Keys that PEFT or diffusers write for an adapter. */
const ADAPTER_KEY = /\.lora_(?:A|B|embedding_A|embedding_B|down|up)\b/;

/**
 * Contents of a `.ckpt` that are torch's, or nobody's. Other tools, TensorFlow among
 * them, keep files of their own under this extension.
 */
const CKPT_CONTENTS: readonly ContentKind[] = [
  'zip',
  'torch-legacy',
  'empty',
  'zero-filled',
  'lfs-pointer',
  'html',
];

/** What a file is taken for, by its name, its keys or its neighbours. */
interface FoundFile {
  readonly producer: string;
  readonly holds: Holding;
  /** How its loader reads it; `null` when it is not examined, for `reason`. */
  readonly format: WeightsFile['format'] | null;
  readonly reason?: string;
}

/** Files that are checkpoints by themselves, in a folder that is none. */
export async function findLoneFiles(
  walk: Walk,
  folder: Folder,
  around: Surroundings,
): Promise<void> {
  const { source } = walk;
  const run =
    around.stepFolder?.run ??
    (source.root === 'file' ? parentIn(source, '') : folder.shown);
  const series = new Map<string, FoundFile>();
  const strangers: FileFacts[] = [];
  const own: FoundCheckpoint[] = [];
  for (const file of weightsLikeFiles(walk, folder)) {
    const found = await findOrPassOver(walk, file);
    if (found === 'unread') continue;
    if (found === null) strangers.push(file);
    else {
      series.set(seriesOf(file.name), found);
      own.push(fileCheckpoint(walk, file, { ...around, run }, found));
    }
  }
  for (const file of strangers) {
    const kin = await findKin(file, series);
    if (kin === null) passOver(walk, file, UNKNOWN_NAME);
    else own.push(fileCheckpoint(walk, file, { ...around, run }, kin));
  }
  for (const one of withFinalSteps(own)) walk.checkpoints.push(one);
}

/**
 * kohya gives the last file of a training no number (train_network.py): it is the
 * newest of those that have its name.
 */
function withFinalSteps(
  files: readonly FoundCheckpoint[],
): readonly FoundCheckpoint[] {
  const newest = new Map<string, number>();
  for (const { name, step, producer } of files)
    if (producer === 'kohya' && step !== null)
      newest.set(
        seriesOf(name),
        Math.max(newest.get(seriesOf(name)) ?? 0, step),
      );
  return files.map((one) => {
    const step = one.step ?? newest.get(seriesOf(one.name)) ?? null;
    return step === one.step ? one : { ...one, step, isFinal: true };
  });
}

/** Earlier saves that lie beside what a producer's loader reads. */
export function findSaves(
  walk: Walk,
  folder: Folder,
  around: Surroundings,
  { saves, producer, holds }: FoundCheckpoint,
): void {
  for (const file of weightsLikeFiles(walk, folder))
    if (saves?.test(file.name))
      walk.checkpoints.push(
        fileCheckpoint(
          walk,
          file,
          { stepFolder: around.stepFolder, run: folder.shown },
          { producer, holds, format: looseFormat(file.name) },
        ),
      );
}

/** Links that are not followed are in the list of skips already. */
function weightsLikeFiles(walk: Walk, folder: Folder): FileFacts[] {
  return [...folder.files].flatMap(([name, { kind }]) => {
    // A file that is named itself has no name in its folder.
    const isWanted = isWeightsLikeName(name === '' ? folder.name : name);
    const file =
      kind === 'file' && isWanted ? walk.factsOf(folder, name) : null;
    return file === null ? [] : [file];
  });
}

async function findOrPassOver(
  walk: Walk,
  file: FileFacts,
): Promise<FoundFile | 'unread' | null> {
  try {
    const isNamed = walk.source.root === 'file';
    return await (isNamed ? namedFile(file) : loneFile(file));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const lead = 'it could not be read to tell what it is';
    passOver(walk, file, unreadOf(error, lead));
    return 'unread';
  }
}

const UNKNOWN_NAME = {
  cause: 'unsupported',
  reason:
    'may hold weights, but no loader that is known here looks for that name',
} as const;

function passOver(
  walk: Walk,
  { path }: FileFacts,
  why: Pick<PassedOver, 'cause' | 'reason'>,
): void {
  walk.unknownWeights.push(path);
  walk.passedOver.push({ where: { path }, ...why });
}

/** What the user names is examined by itself, whatever belongs beside it. */
async function namedFile(file: FileFacts): Promise<FoundFile | null> {
  const format = looseFormat(file.name);
  if (format === null) return byExtension(file);
  const names = format === 'safetensors' ? await file.tensorNames() : null;
  const byName = file.name.startsWith('adapter_model.')
    ? 'adapter'
    : /^(?:model|pytorch_model)[.-]/.test(file.name)
      ? 'model'
      : null;
  const found = byKeys(names ?? []);
  return {
    producer: found?.producer ?? 'unknown',
    holds: byName ?? found?.holds ?? 'unknown',
    format,
  };
}

function looseFormat(name: string): WeightsFile['format'] | null {
  if (name.endsWith('.safetensors')) return 'safetensors';
  return /\.(?:bin|pt|pth)$/.test(name) ? 'torch' : null;
}

async function loneFile(file: FileFacts): Promise<FoundFile | null> {
  if (!file.name.endsWith('.safetensors')) return byExtension(file);
  const names = await file.tensorNames();
  return names === null ? null : byKeys(names);
}

async function byExtension(file: FileFacts): Promise<FoundFile | null> {
  if (file.name.endsWith('.gguf')) return unexamined('GGUF');
  if (!file.name.endsWith('.ckpt')) return null;
  const { kind } = await file.content();
  if (isLightningName(file.name))
    return { producer: 'Lightning', holds: 'model', format: 'torch' };
  if (kind === 'zip' && (await isLightnings(file)))
    return { producer: 'Lightning', holds: 'model', format: 'torch' };
  return CKPT_CONTENTS.includes(kind)
    ? { producer: 'unknown', holds: 'model', format: 'torch' }
    : unexamined('.ckpt');
}

/** One that opens and cannot be read on is nobody's; whoever examines it says why. */
async function isLightnings(file: FileFacts): Promise<boolean> {
  try {
    return (await readLightning(file)) !== null;
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}

function byKeys(names: readonly string[]): FoundFile | null {
  const adapter = { holds: 'adapter', format: 'safetensors' } as const;
  if (names.some((name) => KOHYA_KEY.test(name)))
    return { producer: 'kohya', ...adapter };
  if (names.some((name) => ADAPTER_KEY.test(name)))
    return { producer: 'unknown', ...adapter };
  return null;
}

/**
 * What a file with no readable keys is when files of its series are there: the
 * save of one epoch among others, cut off or overwritten.
 */
async function findKin(
  file: FileFacts,
  series: ReadonlyMap<string, FoundFile>,
): Promise<FoundFile | null> {
  const kin = series.get(seriesOf(file.name));
  if (kin?.format !== looseFormat(file.name) || kin.format !== 'safetensors')
    return null;
  return (await file.tensorNames()) === null ? kin : null;
}

function unexamined(producer: string): FoundFile {
  return {
    producer,
    holds: 'unknown',
    format: null,
    reason: `a ${producer} file: this version does not examine such files`,
  };
}

function fileCheckpoint(
  { source }: Walk,
  file: FileFacts,
  {
    stepFolder,
    run,
  }: Pick<Surroundings, 'stepFolder'> & { readonly run: string },
  { producer, holds, format, reason }: FoundFile,
): FoundCheckpoint {
  return {
    producer,
    holds,
    loose: format === null ? [] : [{ file, format }],
    looseConfig: null,
    unexamined: format === null ? (reason ?? 'it is not examined') : null,
    run,
    medium: source,
    path: file.path,
    name: file.name,
    step: stepFolder?.step ?? stepInFileName(file.name),
    fileNamed: () => null,
    isStepFolder: false,
    isRunRoot: false,
    folder: null,
    adapters: [],
    model: null,
    sharded: null,
    trainerState: null,
    isInitial: false,
    isWrapper: false,
    claimed: new Set(),
    saves: null,
    isFinal: false,
  };
}
