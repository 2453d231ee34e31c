import { defineCheck } from '../../define-check.ts';
import type { ModelSet } from '../../layout/subjects.ts';
import type { WeightIndex } from '../../layout/weight-index.ts';
import { formatCount, listNames } from '../../wording.ts';

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
    unnamed: {
      text: ({ index, names }: { index: string; names: string[] }) =>
        `${formatCount(names.length, 'tensor')} in the shards ${names.length === 1 ? 'is' : 'are'} not in ${index}: ${listNames(names)}.`,
    },
  },
  async run({ subject: { model }, report }) {
    const read = await model?.index();
    if (!model?.indexFile || !read?.ok) return;
    const holders = await holdersOf(model, read.value);
    if (holders === null) return;
    const index = model.indexFile.name;
    const { weightMap } = read.value;
    const named = [...weightMap].map(([name, shard]) => ({
      name,
      shard,
      held: holders.get(name) ?? [],
    }));
    const say = (
      message: 'absent' | 'wrongShard' | 'twice' | 'unnamed',
      names: string[],
    ) => {
      if (names.length > 0) report(message, { index, names });
    };
    say('absent', namesOf(named.filter(({ held }) => held.length === 0)));
    say(
      'wrongShard',
      namesOf(
        named.filter(
          ({ held, shard }) => held.length > 0 && !held.includes(shard),
        ),
      ),
    );
    say(
      'twice',
      [...holders].flatMap(([name, held]) => (held.length > 1 ? [name] : [])),
    );
    say(
      'unnamed',
      [...holders.keys()].filter((name) => !weightMap.has(name)),
    );
  },
});

function namesOf(tensors: readonly { readonly name: string }[]): string[] {
  return tensors.map(({ name }) => name);
}

/** Tensor → the shards that hold it; `null` when not every shard could be read. */
async function holdersOf(
  model: ModelSet,
  index: WeightIndex,
): Promise<ReadonlyMap<string, readonly string[]> | null> {
  const shards = await model.shards();
  const holders = new Map<string, string[]>();
  for (const name of index.shards) {
    const shard = shards.get(name);
    if (shard?.format !== 'safetensors') return null;
    const header = await shard.file.safetensors();
    if (!header.ok) return null;
    for (const tensor of header.value.tensors) {
      const known = holders.get(tensor.name) ?? [];
      known.push(name);
      holders.set(tensor.name, known);
    }
  }
  return holders;
}
