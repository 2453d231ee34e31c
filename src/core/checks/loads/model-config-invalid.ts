import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { asObject } from '../../formats/json/access.ts';
import { configPlaceholder } from '../config-placeholder.ts';
import { isBeyondOurs, jsonDefectWords } from '../json-words.ts';

export const modelConfigInvalid = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'model-config-invalid',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Model configuration invalid',
    why: 'from_pretrained reads config.json first and refuses the model with it. A cut or empty file means that the save did not end.',
    fix: 'Save again through model.save_pretrained(folder), or copy config.json from a sibling checkpoint of the same run.',
    since: '0.1.0',
  },
  messages: {
    notJson: {
      text: ({ words }: { words: string }) => `config.json ${words}.`,
      loaderErrors: () => [
        "OSError: It looks like the config file at '…' is not a valid JSON file.",
      ],
    },
    placeholder: {
      text: ({ found }: { found: string }) =>
        `config.json is ${found}, not JSON.`,
      fix: 'Fetch the real file: `git lfs pull` for a pointer, the download with its credentials for an error page.',
      loaderErrors: () => [
        "OSError: It looks like the config file at '…' is not a valid JSON file.",
      ],
    },
    notAnObject: {
      text: (_: NoData) => 'config.json is JSON but not an object.',
    },
  },
  async run({ subject: { model }, report }) {
    const file = model?.configFile ?? null;
    if (file === null) return;
    const where = { path: file.path };
    const json = await file.json();
    if (json.ok) {
      if (asObject(json.value) === null) report('notAnObject', {}, where);
      return;
    }
    if (isBeyondOurs(json.defect)) return;
    const found = await configPlaceholder(file, json.defect);
    if (found !== null) report('placeholder', { found }, where);
    else report('notJson', { words: jsonDefectWords(json.defect) }, where);
  },
});
