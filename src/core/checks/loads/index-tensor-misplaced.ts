import { NAMES_SHOWN, STRAYS_MAX } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import type { ModelSet, WeightsFile } from '../../layout/subjects.ts';
import type { WeightIndex } from '../../layout/weight-index.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';
import { exactBytes } from '../wording.ts';

export const indexTensorMisplaced = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'index-tensor-misplaced',
    question: 'loads',
    severity: 'warning',
    confidence: 'proven',
    title: 'Index and shards disagree about tensors',
    why: 'Index and shards were not written by one save: files of two saves are mixed, or a writer is at fault. transformers loads every tensor of every named shard; other loaders go by the index and fail.',
    fix: 'Delete the folder and save again, so that no file of an older save is left.',
    since: '0.1.0',
  },
  messages: {
    absent: {
      text: ({ index, names }: { index: string; names: string[] }) =>
        `${index} names ${formatCount(names.length, 'tensor')} that no shard holds: ${listNames(names)}.`,
      severity: 'error',
      why: 'The loader starts such tensors at random and goes on with a warning at most ("newly initialized").',
      loaderErrors: () => [
        'Some weights of … were not initialized from the model checkpoint at … and are newly initialized',
      ],
    },
    wrongShard: {
      text: ({ index, names }: { index: string; names: string[] }) =>
        `${index} names the wrong shard for ${formatCount(names.length, 'tensor')}: ${listNames(names)}.`,
    },
    twice: {
      text: ({ names }: { index: string; names: string[] }) =>
        `${formatCount(names.length, 'tensor')} ${names.length === 1 ? 'stands' : 'stand'} in more than one shard: ${listNames(names)}.`,
      why: 'Which of them the loader keeps depends on the order in which it reads the shards.',
    },
    totalDiffers: {
      text: ({
        index,
        total,
        found,
      }: {
        index: string;
        total: number;
        found: number;
      }) =>
        `${index} says that the tensors take ${exactBytes(total)} (total_size); those in the shards take ${exactBytes(found)}.`,
      severity: 'notice',
      why: 'No loader reads total_size, and tools that plan memory by it go wrong. save_pretrained writes the sum; a shard of another save with the same tensors, or a conversion of their dtype, changes it.',
      fix: 'If the model was converted after it was saved, nothing need be done; else compare the shards with those of the original.',
    },
    unnamedMany: {
      text: ({ index, most, names }: Many) =>
        `More than ${formatNumber(most)} tensors in the shards are not in ${index}: ${names.slice(0, NAMES_SHOWN).join(', ')} and more.`,
    },
    unnamed: {
      text: ({ index, names }: { index: string; names: string[] }) =>
        `${formatCount(names.length, 'tensor')} in the shards ${names.length === 1 ? 'is' : 'are'} not in ${index}: ${listNames(names)}.`,
    },
  },
  async run({ subject: { model }, report }) {
    const read = await model?.index();
    if (!model?.indexFile || !read?.ok) return;
    const index = model.indexFile.name;
    const { weightMap } = read.value;
    const strays = await findStrays(model, read.value);
    if (strays === null) return;
    const { lacking, found, uncounted, tensorBytes } = strays;
    const say = (
      message: 'absent' | 'wrongShard' | 'twice' | 'unnamed',
      names: string[],
    ) => {
      if (names.length > 0) report(message, { index, names });
    };
    const wanted = [...lacking];
    say(
      'absent',
      wanted.filter((name) => !found.has(name)),
    );
    say(
      'wrongShard',
      wanted.filter((name) => found.has(name)),
    );
    const isInOwn = (name: string) => weightMap.has(name) && !lacking.has(name);
    say(
      'twice',
      [...found].flatMap(([name, times]) =>
        times + Number(isInOwn(name)) > 1 ? [name] : [],
      ),
    );
    const unnamed = [...found.keys()].filter((name) => !weightMap.has(name));
    if (uncounted)
      report('unnamedMany', { index, most: STRAYS_MAX, names: unnamed });
    else say('unnamed', unnamed);
    const { totalBytes: total } = read.value;
    // Some writers leave it 0.
    const isWhole = lacking.size === 0 && found.size === 0 && total !== 0;
    if (
      isWhole &&
      total !== null &&
      tensorBytes !== null &&
      total !== tensorBytes
    )
      report('totalDiffers', { index, total, found: tensorBytes });
  },
});

interface Many extends Record<string, string | number | string[]> {
  readonly index: string;
  readonly most: number;
  readonly names: string[];
}

/** How tensors stand in the shards of an index. */
interface Strays {
  /** Those which the index names and which do not stand in the shard that it names. */
  readonly lacking: ReadonlySet<string>;
  /** In how many shards stands a tensor that belongs elsewhere or nowhere. */
  readonly found: ReadonlyMap<string, number>;
  /** Whether there are more of those that the index does not name at all. */
  readonly uncounted: boolean;
  /** Sum of all; `null` in torch's format, where tensors share bytes. */
  readonly tensorBytes: number | null;
}

/**
 * Goes through the shards, of which memory need not hold more than one at a time, and
 * keeps only what is not where it belongs; `null` when not every shard could be read.
 */
async function findStrays(
  model: ModelSet,
  { shards: names, weightMap }: WeightIndex,
): Promise<Strays | null> {
  const shards = await model.shards();
  const lacking = new Set(weightMap.keys());
  const found = new Map<string, number>();
  let unnamed = 0;
  let tensorBytes: number | null = 0;
  for (const shardName of names) {
    const shard = shards.get(shardName);
    const tensors = shard === undefined ? null : await tensorsIn(shard);
    if (tensors === null) return null;
    if (tensors.bytes === null) tensorBytes = null;
    else if (tensorBytes !== null) tensorBytes += tensors.bytes;
    for (const { name } of tensors.all) {
      const named = weightMap.get(name);
      if (named === shardName) lacking.delete(name);
      else if (found.has(name) || named !== undefined || unnamed++ < STRAYS_MAX)
        found.set(copyOf(name), (found.get(name) ?? 0) + 1);
    }
  }
  return { lacking, found, uncounted: unnamed > STRAYS_MAX, tensorBytes };
}

/** `null` where a shard cannot be read, or not for sure. */
async function tensorsIn({ file, format }: WeightsFile): Promise<{
  readonly all: Iterable<{ readonly name: string }>;
  readonly bytes: number | null;
} | null> {
  if (format === 'torch') {
    const state = await file.torchState();
    if (!state?.ok || state.value.unknown !== null) return null;
    if (state.value.root !== 'dict') return null;
    return { all: state.value.tensors, bytes: null };
  }
  const header = await file.safetensors();
  if (!header.ok) return null;
  const { tensors } = header.value;
  return {
    all: tensors,
    bytes: tensors.reduce((sum, one) => sum + one.end - one.begin, 0),
  };
}

/** Cut from the text of a header, a name would keep all of it in memory. */
function copyOf(name: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(name));
}
