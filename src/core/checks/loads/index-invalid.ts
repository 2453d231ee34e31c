import { defineCheck } from '../../define-check.ts';
import { isBeyondOurs, jsonDefectWords } from '../json-words.ts';

export const indexInvalid = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'index-invalid',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Index of shards invalid',
    why: 'Without the index the loader does not know which files make up the model.',
    fix: 'Save again through model.save_pretrained(folder), or fetch the file again and compare its size.',
    since: '0.1.0',
  },
  messages: {
    notJson: {
      text: ({ name, words }: { name: string; words: string }) =>
        `${name} ${words}.`,
      loaderErrors: () => ['json.decoder.JSONDecodeError: …'],
    },
    noWeightMap: {
      text: ({ name }: { name: string }) =>
        `${name} has no weight_map, the list of which tensor is in which shard.`,
      loaderErrors: () => ["KeyError: 'weight_map'"],
    },
    noMetadata: {
      text: ({ name }: { name: string }) =>
        `${name} has no metadata object, which transformers reads without asking.`,
      fix: 'Add `"metadata": {}` to the index, or save again through model.save_pretrained(folder).',
      loaderErrors: () => ["KeyError: 'metadata'"],
    },
    notAName: {
      text: ({ name, tensor }: { name: string; tensor: string }) =>
        `${name} maps ${tensor} to something that is not a file name.`,
      loaderErrors: () => ['TypeError'],
    },
    outside: {
      text: ({ name, shard }: { name: string; shard: string }) =>
        `${name} names a shard outside of the folder: ${shard}. It was not followed.`,
      why: 'An index names files beside it. A path that leads elsewhere makes the loader read what the checkpoint does not hold, or fail on any other machine.',
      fix: 'Save again through model.save_pretrained(folder). If you did not write this index, do not load it.',
      loaderErrors: () => ['FileNotFoundError: No such file or directory: …'],
    },
  },
  async run({ subject: { model }, report }) {
    const index = await model?.index();
    if (!model?.indexFile || !index || index.ok) return;
    const { name, path } = model.indexFile;
    const { defect } = index;
    switch (defect.code) {
      case 'no-weight-map':
        return report('noWeightMap', { name }, { path });
      case 'no-metadata':
        return report('noMetadata', { name }, { path });
      case 'shard-not-a-name':
        return report('notAName', { name, tensor: defect.tensor }, { path });
      case 'shard-below':
        break;
      case 'shard-outside':
        return report('outside', { name, shard: defect.shard }, { path });
      default:
        if (isBeyondOurs(defect)) return;
        report('notJson', { name, words: jsonDefectWords(defect) }, { path });
    }
  },
});
