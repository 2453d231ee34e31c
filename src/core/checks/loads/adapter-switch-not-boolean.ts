import { defineCheck } from '../../define-check.ts';
import type { JsonNode } from '../../formats/json/types.ts';
import { isFalsy, numberOf, wordsOf } from '../../layout/config-values.ts';
import { listNames } from '../../wording.ts';

/** Fields of PEFT 0.21.0 that are on or off and change what an adapter does. */
const SWITCHES: ReadonlySet<string> = new Set([
  'apply_GS',
  'block_share',
  'coft',
  'enable_softmax',
  'enable_softmax_topk',
  'fan_in_fan_out',
  'layerwise_scalings',
  'lora_bias',
  'para',
  'prefix_projection',
  'proportional_parameters',
  'psoft_mag_a',
  'psoft_mag_b',
  'psoft_orth',
  'sample_at_inference',
  'save_projection',
  'sparse',
  'use_cayley_neumann',
  'use_dora',
  'use_effective_conv2d',
  'use_idwt',
  'use_qalora',
  'use_rslora',
  'very_sparse',
]);

export const adapterSwitchNotBoolean = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-switch-not-boolean',
    question: 'loads',
    severity: 'warning',
    confidence: 'inferred',
    title: 'A switch of the adapter is neither true nor false',
    why: 'Python takes any text for true, "false" too, and any number but 0, so the adapter may load with a switch on that the training had off. Taken as: PEFT did not write the field, for it writes true or false.',
    fix: 'Write true or false without quotes, as the training had it, or save the configuration of the live model again.',
    since: '0.1.0',
  },
  messages: {
    takenForTrue: {
      text: ({ fields }: { fields: string[] }) =>
        `adapter_config.json has ${listNames(fields)}, which PEFT takes for true.`,
    },
  },
  async run({ subject, report }) {
    for (const adapter of subject.adapters) {
      const config = await adapter.config();
      if (!config?.ok || !config.value.isKnownType) continue;
      const fields = [...config.value.fields].flatMap(([field, node]) =>
        SWITCHES.has(field) && isOnByChance(node)
          ? `${field} = ${wordsOf(node)}`
          : [],
      );
      if (fields.length === 0) continue;
      report(
        'takenForTrue',
        { fields },
        { path: adapter.configFile?.path ?? adapter.path },
      );
    }
  },
});

/** Not 1, which is equal to true in Python. */
function isOnByChance(node: JsonNode): boolean {
  return !isFalsy(node) && numberOf(node) !== 1;
}
