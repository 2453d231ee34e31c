import { defineCheck } from '../../define-check.ts';
import { asObject } from '../../formats/json/access.ts';
import { configJsonMessages, reportNotJson } from '../config-json.ts';

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
    ...configJsonMessages(
      'config.json',
      "OSError: It looks like the config file at '…' is not a valid JSON file.",
    ),
  },
  async run({ subject: { model }, report }) {
    const file = model?.configFile ?? null;
    if (file === null) return;
    const json = await file.json();
    if (!json.ok) await reportNotJson(file, json.defect, report);
    else if (asObject(json.value) === null)
      report('notAnObject', {}, { path: file.path });
  },
});
