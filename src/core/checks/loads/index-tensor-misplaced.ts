import { NAMES_SHOWN, STRAYS_MAX } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import type { ModelSet } from '../../layout/subjects.ts';
import type { WeightIndex } from '../../layout/weight-index.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

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
    const { lacking, found, uncounted } = strays;
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
  for (const shardName of names) {
    const shard = shards.get(shardName);
    if (shard?.format !== 'safetensors') return null;
    const header = await shard.file.safetensors();
    if (!header.ok) return null;
    for (const { name } of header.value.tensors) {
      const named = weightMap.get(name);
      if (named === shardName) lacking.delete(name);
      else if (found.has(name) || named !== undefined || unnamed++ < STRAYS_MAX)
        found.set(copyOf(name), (found.get(name) ?? 0) + 1);
    }
  }
  return { lacking, found, uncounted: unnamed > STRAYS_MAX };
}

/** Cut from the text of a header, a name would keep all of it in memory. */
function copyOf(name: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(name));
}
