import type { Holding } from '../types.ts';
import type { Walk } from './find-checkpoints.ts';
import type { FoundCheckpoint } from './folder-checkpoint.ts';
import { formatOf } from './model-set.ts';
import { isPerhapsWeightsName, isWeightsLikeName } from './names.ts';
import type { Producer } from './producers.ts';
import type { ModelSet, WeightsFile } from './subjects.ts';
import type { Folder } from './tree.ts';

/** What a folder holds, before it is known where it belongs. */
export type Contents = Pick<
  FoundCheckpoint,
  | 'producer'
  | 'holds'
  | 'adapters'
  | 'model'
  | 'loose'
  | 'looseConfig'
  | 'unexamined'
> & {
  /** Set where another producer than PEFT and transformers wrote it. */
  readonly written?: Producer;
  /** Whether all it holds, if anything, lies in subfolders. */
  readonly isWrapper?: boolean;
};

const NOTHING = {
  adapters: [],
  model: null,
  loose: [],
  looseConfig: null,
} as const;

/** A folder whose weights are not read, and why. */
export function notExamined(producer: string, reason: string): Contents {
  return { ...NOTHING, producer, holds: 'unknown', unexamined: reason };
}

/** A folder that is read; the weights are still to be named. */
export function examined(producer: string, holds: Holding): Contents {
  return { ...NOTHING, producer, holds, unexamined: null };
}

/** What another producer left in a folder: the weights that its loader reads. */
export function producerContents(
  walk: Walk,
  folder: Folder,
  written: Producer,
  model: ModelSet | null,
): Contents {
  const { name: producer, holds, weights, config, saves } = written;
  if (weights === undefined || holds === 'shards')
    return { ...NOTHING, producer, holds, written, ...unread(written) };
  const loose = looseFiles(walk, folder, weights);
  const own = written.usesModelNames ? model : null;
  const hasOwn = loose.length > 0 || (own !== null && hasWeights(own));
  if (!hasOwn && !saves && findBelow(folder, isWeightsLikeName) !== null)
    // Code of the user's own may save the weights beside the state.
    return { ...remains(folder), producer, written, isWrapper: true };
  return {
    ...NOTHING,
    producer,
    holds: hasOwn || saves ? holds : 'nothing',
    written,
    model: own !== null && hasWeights(own) ? bare(own) : null,
    loose,
    looseConfig: config === undefined ? null : walk.factsOf(folder, config),
    unexamined: null,
  };
}

function unread({ name, holds }: Producer): Pick<Contents, 'unexamined'> {
  return {
    unexamined:
      holds === 'shards'
        ? `${name} shards: convert them before use`
        : `written by ${name}: this version does not examine such folders`,
  };
}

function bare(model: ModelSet): ModelSet {
  return { ...model, needsConfig: false };
}

function looseFiles(
  walk: Walk,
  folder: Folder,
  weights: NonNullable<Producer['weights']>,
): WeightsFile[] {
  return weights([...folder.files.keys()]).flatMap((name) => {
    const file = walk.factsOf(folder, name);
    return file === null ? [] : [{ file, format: formatOf(name) }];
  });
}

export function hasWeights(model: ModelSet): boolean {
  return (
    model.single !== null ||
    model.indexFile !== null ||
    model.looseShards.length > 0
  );
}

/**
 * A folder named as a checkpoint that holds none of the known weights. What may be
 * the weights of a tool that is not known here is named, and no fault.
 */
export function remains(folder: Folder): Contents {
  const unknown = findBelow(folder, isPerhapsWeightsName);
  if (unknown === null)
    return { ...examined('unknown', 'nothing'), isWrapper: true };
  const reason = `${unknown} may hold weights, but no loader that is known here looks for that name`;
  return {
    ...notExamined('unknown', reason),
    isWrapper: unknown.includes('/'),
  };
}

function findBelow(
  folder: Folder,
  isWanted: (name: string) => boolean,
): string | null {
  for (const name of folder.files.keys()) if (isWanted(name)) return name;
  for (const below of folder.folders.values()) {
    const inside = findBelow(below, isWanted);
    if (inside !== null) return `${below.name}/${inside}`;
  }
  return null;
}
