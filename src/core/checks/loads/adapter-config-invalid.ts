import { defineCheck } from '../../define-check.ts';
import type { RefusedField } from '../../layout/config-fields.ts';
import { refusedLayers, unsupportedIn } from '../../layout/peft/unsupported.ts';
import type { Unsupported } from '../../layout/peft/unsupported.ts';
import { listNames } from '../../wording.ts';
import { NAMES_SHOWN } from '../../bytes/limits.ts';
import { configJsonMessages, reportNotJson } from '../config-json.ts';

/** A field that PEFT refuses; a type, so that it is the data of a finding. */
type Refused = Record<keyof RefusedField, string>;

/** Keys that mlx_lm writes and PEFT does not (mlx_lm/lora.py). */
const MLX_KEYS: readonly string[] = ['fine_tune_type', 'lora_parameters'];

export const adapterConfigInvalid = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-config-invalid',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Adapter configuration invalid',
    why: 'PEFT reads adapter_config.json first and refuses the adapter with it. A cut or empty file means that the save did not end.',
    fix: 'Save again through model.save_pretrained(folder). If a sibling checkpoint of the same run has a whole adapter_config.json, that file fits here too.',
    since: '0.1.0',
  },
  messages: {
    ...configJsonMessages(
      'adapter_config.json',
      'json.decoder.JSONDecodeError: …',
      ['TypeError'],
    ),
    noType: {
      text: ({ keys }: { keys: string[] }) =>
        `adapter_config.json does not say which kind of adapter this is: it has no peft_type${keys.length === 0 ? ', nor any other key' : `, only ${listNames(keys)}`}.`,
      why: 'Without peft_type PEFT cannot choose a class and refuses the adapter. Test stubs and other tools write such files.',
      loaderErrors: () => ["KeyError: 'peft_type'"],
    },
    ofMlx: {
      text: ({ weights }: { weights: string }) =>
        `adapter_config.json is MLX's, the weights beside it (${weights}) are named as PEFT's.`,
      why: 'PEFT and MLX use the same name for configurations of different formats; neither loads the weights of the other.',
      fix: "Put PEFT's own adapter_config.json beside the weights, or rename and convert them if they are MLX's.",
      loaderErrors: () => ["KeyError: 'peft_type'"],
    },
    typeNotText: {
      text: ({ found }: { found: string }) =>
        `adapter_config.json has a peft_type that is no text but ${found}.`,
      loaderErrors: () => ['KeyError', 'TypeError: unhashable type'],
    },
    rank: {
      text: ({ peftType, found }: { peftType: string; found: string }) =>
        `adapter_config.json has r = ${found}, which ${peftType} refuses: a rank is a positive whole number.`,
      why: 'The rank decides the shapes of all tensors; PEFT raises when it builds the layers.',
      fix: 'Save the configuration of the live model instead of one put together by hand.',
      loaderErrors: ({ found }) => [
        `ValueError: \`r\` should be a positive integer value but the value passed is ${found}`,
        'TypeError',
      ],
    },
    fields: {
      text: ({ peftType, refused }: { peftType: string; refused: Refused[] }) =>
        `adapter_config.json has ${listNames(refused.map((one) => refusedWords(one, peftType)))}.`,
      why: 'PEFT raises when it builds the adapter from the configuration, or when the model is first run.',
      fix: 'Save the configuration of the live model instead of one put together or edited by hand.',
      loaderErrors: ({ refused }) => [
        ...new Set(refused.slice(0, NAMES_SHOWN).map(({ raises }) => raises)),
      ],
    },
    unsupported: {
      text: ({ setting, kind, names }: Unsupported) =>
        `adapter_config.json has ${setting}, which PEFT does not have for ${kind} (${listNames(names)}).`,
      why: 'PEFT raises when it builds the layer.',
      fix: 'Save the configuration of the live model again: the training was without the setting.',
      loaderErrors: () => [
        'ValueError: lora_bias=True is not supported for Embedding.',
        'ValueError: lora.ParamWrapper does not work with lora_bias=True.',
        "ValueError: Invalid or unsupported variant combination: ('mica',)",
        "ValueError: Unknown initialization init_lora_weights='pissa'",
      ],
    },
  },
  async run({ subject, report }) {
    for (const adapter of subject.adapters) {
      const config = await adapter.config();
      if (config === null || adapter.configFile === null) continue;
      const where = { path: adapter.configFile.path };
      if (config.ok) {
        const meaning = await adapter.meaning();
        const unsupported = meaning && unsupportedIn(meaning);
        const layers = meaning && refusedLayers(meaning);
        if (layers !== null)
          report(
            'fields',
            {
              peftType: config.value.peftType,
              refused: [{ ...layers }],
            },
            where,
          );
        if (unsupported !== null) report('unsupported', unsupported, where);
        continue;
      }
      const { defect } = config;
      switch (defect.code) {
        case 'not-an-object':
          report('notAnObject', {}, where);
          break;
        case 'no-peft-type':
          if (!defect.keys.some((key) => MLX_KEYS.includes(key)))
            report('noType', { keys: [...defect.keys] }, where);
          // Without weights it is MLX's before its first save.
          else if (adapter.weights !== null)
            report('ofMlx', { weights: adapter.weights.file.name }, where);
          break;
        case 'peft-type-not-a-string':
          report('typeNotText', { found: defect.found }, where);
          break;
        case 'rank-invalid':
          report(
            'rank',
            { peftType: defect.peftType, found: defect.found },
            where,
          );
          break;
        case 'fields-invalid':
          report(
            'fields',
            {
              peftType: defect.peftType,
              refused: defect.refused.map((one) => ({ ...one })),
            },
            where,
          );
          break;
        case 'too-many-names': // Beyond this tool: says nothing of the file.
          break;
        default:
          await reportNotJson(adapter.configFile, defect, report);
      }
    }
  },
});

function refusedWords(
  { field, found, takes }: RefusedField,
  peftType: string,
): string {
  const has = found === '' ? `no ${field}` : `${field} = ${found}`;
  return `${has} (${peftType} takes ${takes})`;
}
