import { defineCheck } from '../../define-check.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

export const shardMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'shard-missing',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Shards that the index names are missing',
    why: 'The index is the list of files that make up the model; the loader stops at the first that is not there.',
    fix: 'Copy or upload the missing shards too, or save again if the save was cut off.',
    since: '0.1.0',
  },
  messages: {
    missing: {
      text: ({
        index,
        names,
        shards,
        tensors,
      }: {
        index: string;
        names: string[];
        shards: number;
        tensors: number;
      }) =>
        `${index} names ${formatCount(shards, 'shard')}, of which ${formatNumber(names.length)} ${names.length === 1 ? 'is' : 'are'} missing with ${formatCount(tensors, 'tensor')}: ${listNames(names)}.`,
      loaderErrors: ({ names }) => [
        `FileNotFoundError: No such file or directory: …${names[0] ?? ''}`,
      ],
    },
  },
  async run({ subject: { model }, report }) {
    const index = await model?.index();
    if (!model?.indexFile || !index?.ok) return;
    const present = await model.shards();
    const names = index.value.shards.filter((name) => !present.has(name));
    if (names.length === 0) return;
    const lost = [...index.value.weightMap.values()].filter(
      (shard) => !present.has(shard),
    );
    report('missing', {
      index: model.indexFile.name,
      names,
      shards: index.value.shards.length,
      tensors: lost.length,
    });
  },
});
