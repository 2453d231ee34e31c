import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { asString, member } from '../../formats/json/access.ts';
import type { Fields } from '../../layout/config-fields.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';

/** A Hub id has one slash at most, and begins with a letter or a digit. */
const PATH = /^[/.~\\]|^[A-Za-z]:[\\/]|^[^/]*\/[^/]*\/|^\w+:\/\//;

/** The paths of a run name one base: one notice of the newest is enough. */
const newestAdapters = oncePerRun((checkpoints) =>
  checkpoints.findLast(({ adapters }) =>
    adapters.some(({ configFile }) => configFile !== null),
  ),
);

export const baseModelUnnamed = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'base-model-unnamed',
    question: 'loads',
    severity: 'notice',
    confidence: 'proven',
    title: 'Base model unset or a path',
    why: 'AutoPeftModel and servers (vLLM, TGI, LoRAX) fetch the base by this name. With PeftModel.from_pretrained(base, folder) you give the base yourself, and the name counts for nothing.',
    fix: 'Before the adapter is published, set base_model_name_or_path to the id of the base on the Hub.',
    since: '0.1.0',
  },
  messages: {
    unset: {
      text: (_: NoData) =>
        'adapter_config.json does not name the base model (base_model_name_or_path).',
    },
    path: {
      text: ({ base }: { base: string }) =>
        `adapter_config.json names the base model by a path: ${base}.`,
    },
  },
  async run({ subject, report }) {
    if (newestAdapters(subject) !== subject) return;
    for (const adapter of subject.adapters) {
      const config = await adapter.config();
      if (!config?.ok) continue;
      const { fields } = config.value;
      const where = { path: adapter.configFile?.path ?? adapter.path };
      const base = asString(fields.get('base_model_name_or_path')) ?? '';
      if (base === '') {
        if (!isOfOwnClass(fields)) report('unset', {}, where);
      } else if (PATH.test(base)) report('path', { base }, where);
    }
  },
});

/** A base of a class of the user's own has no name that could be set. */
function isOfOwnClass(fields: Fields): boolean {
  const mapping = fields.get('auto_mapping');
  const library =
    mapping === undefined ? null : asString(member(mapping, 'parent_library'));
  return library !== null && !library.startsWith('transformers');
}
