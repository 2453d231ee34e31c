import { defineCheck } from '../../define-check.ts';
import { MODEL_SHARD } from '../../layout/names.ts';
import type {
  CheckpointSubject,
  WeightsFormat,
} from '../../layout/subjects.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

export const shardStale = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'shard-stale',
    question: 'loads',
    severity: 'notice',
    confidence: 'proven',
    title: 'Shards beside the model that belong to another save',
    why: 'transformers goes by the index and passes them over. Tools that take every file of the folder (converters, some servers) mix two models, and an upload carries them along.',
    fix: 'If nothing else needs them, delete them; next time save into an empty folder.',
    since: '0.1.0',
  },
  messages: {
    unnamed: {
      text: ({ index, names }: { index: string; names: string[] }) =>
        `${formatCount(names.length, 'shard')} that ${index} does not name ${names.length === 1 ? 'lies' : 'lie'} in the folder: ${listNames(names)}.`,
    },
    besideSingle: {
      text: ({ single, names }: { single: string; names: string[] }) =>
        `${single} is what transformers reads; ${formatCount(names.length, 'shard')} beside it ${names.length === 1 ? 'is' : 'are'} passed over: ${listNames(names)}.`,
      why: 'save_pretrained deletes the shards of an older save, and not an older single file: a model that was saved in shards into the folder of one that was not is never loaded.',
      fix: 'Find out which of the two was saved last, and delete the other.',
    },
    countDiffers: {
      text: ({
        index,
        named,
        total,
      }: {
        index: string;
        named: number;
        total: number;
      }) =>
        `${index} names ${formatCount(named, 'shard')}, and their names say that there are ${formatNumber(total)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'The loader starts the tensors of a shard that is left out at random. Taken as: the shards still have the names that save_pretrained gave them.',
      fix: 'Fetch or copy the index again from where the model was saved, or save again.',
    },
  },
  async run({ subject, report }) {
    const { model, folder } = subject;
    if (model === null || folder?.shown !== model.path) return;
    const { single, indexFile } = model;
    if (single !== null) {
      const names = shardsIn(subject, single.format);
      if (names.length > 0)
        report('besideSingle', { single: single.file.name, names });
      return;
    }
    const read = await model.index();
    if (indexFile === null || !read?.ok) return;
    const index = indexFile.name;
    const named = new Set(read.value.shards);
    const names = shardsIn(
      subject,
      index.includes('safetensors') ? 'safetensors' : 'torch',
    ).filter((name) => !named.has(name));
    if (names.length > 0) report('unnamed', { index, names });
    const total = totalIn(read.value.shards);
    if (total !== null && total !== named.size)
      report('countDiffers', { index, named: named.size, total });
  },
});

/** Files of a format that are named as shards of a model are. */
function shardsIn(
  { folder }: CheckpointSubject,
  format: WeightsFormat,
): string[] {
  const end = format === 'safetensors' ? '.safetensors' : '.bin';
  return [...(folder?.files.keys() ?? [])].filter(
    (name) => MODEL_SHARD.test(name) && name.endsWith(end),
  );
}

/** How many shards there are by the names of all; `null` where they do not agree. */
function totalIn(names: readonly string[]): number | null {
  const totals = new Set(
    names.map((name) =>
      MODEL_SHARD.test(name) ? /-of-(\d+)\./.exec(name)?.[1] : undefined,
    ),
  );
  const [total] = totals;
  return totals.size === 1 && total !== undefined ? Number(total) : null;
}
