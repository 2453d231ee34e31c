import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { asObject, asString } from '../../formats/json/access.ts';
import type { JsonNode } from '../../formats/json/types.ts';
import { listNames } from '../../wording.ts';
import { configJsonMessages, reportNotJson } from '../config-json.ts';

/** What `load_adapters` takes from the configuration (mlx_lm/tuner/utils.py). */
const FIELDS = ['num_layers', 'lora_parameters'];
const PARAMETERS = ['rank', 'scale', 'dropout'];

export const mlxConfigInvalid = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'mlx-config-invalid',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Configuration of an MLX adapter missing or not of MLX',
    why: 'mlx_lm reads adapter_config.json beside adapters.safetensors to know which layers to convert, and stops without it.',
    fix: 'Copy the adapter_config.json that the training wrote beside the weights, or train again with mlx_lm, which writes it before the first step.',
    since: '0.1.0',
  },
  messages: {
    missing: {
      text: (_: NoData) =>
        'The weights of an MLX adapter are there, adapter_config.json is not.',
      loaderErrors: () => [
        "FileNotFoundError: [Errno 2] No such file or directory: '…adapter_config.json'",
      ],
    },
    ...configJsonMessages(
      'adapter_config.json',
      'json.decoder.JSONDecodeError: …',
    ),
    ofPeft: {
      text: ({ peftType }: { peftType: string }) =>
        `adapter_config.json is PEFT's (peft_type "${peftType}"), the weights beside it are MLX's.`,
      why: 'PEFT and MLX use the same name for configurations of different formats; neither loads the weights of the other.',
      fix: "Put MLX's own adapter_config.json beside adapters.safetensors, or convert the weights to PEFT's names and shapes.",
      loaderErrors: () => [
        "AttributeError: 'types.SimpleNamespace' object has no attribute 'num_layers'",
      ],
    },
    fields: {
      text: ({ names }: { names: string[] }) =>
        `adapter_config.json lacks ${listNames(names)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'mlx_lm takes the layers and the rank from there. Taken as: mlx_lm is to load it; other tools for MLX have formats of their own.',
      loaderErrors: ({ names: [name = ''] }) => [
        name.includes('.')
          ? `KeyError: '${name.slice(name.indexOf('.') + 1)}'`
          : `AttributeError: 'types.SimpleNamespace' object has no attribute '${name}'`,
      ],
    },
  },
  async run({ subject: { producer, folder, looseConfig: file }, report }) {
    if (producer !== 'MLX' || folder === null) return;
    if (file === null) return report('missing', {});
    const where = { path: file.path };
    const json = await file.json();
    if (!json.ok) return reportNotJson(file, json.defect, report);
    const fields = asObject(json.value);
    if (fields === null) return report('notAnObject', {}, where);
    const names = lackingIn(fields);
    const peftType = asString(fields.get('peft_type'));
    if (names.length === 0) return;
    if (peftType !== null) report('ofPeft', { peftType }, where);
    else report('fields', { names }, where);
  },
});

function lackingIn(fields: ReadonlyMap<string, JsonNode>): string[] {
  // A full fine-tune has no layers to name; mlx_vlm keeps the rank at the top.
  if (asString(fields.get('fine_tune_type')) === 'full' || fields.has('rank'))
    return [];
  const parameters = asObject(fields.get('lora_parameters'));
  return [
    ...FIELDS.filter((name) => !fields.has(name)),
    ...PARAMETERS.filter((name) => parameters?.has(name) === false).map(
      (name) => `lora_parameters.${name}`,
    ),
  ];
}
