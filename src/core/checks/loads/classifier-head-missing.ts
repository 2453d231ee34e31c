import { defineCheck } from '../../define-check.ts';
import { asArray, asString } from '../../formats/json/access.ts';
import type { AdapterConfig } from '../../layout/adapter-config.ts';
import type { Fields } from '../../layout/config-fields.ts';
import { readTensorsIn } from '../../layout/tensors-in.ts';
import { joinWords } from '../../wording.ts';

/** Names of heads that PEFT adds to modules_to_save by the task (peft_model.py). */
const HEADS: ReadonlyMap<string, readonly string[]> = new Map([
  ['SEQ_CLS', ['classifier', 'score']],
  ['TOKEN_CLS', ['classifier', 'score']],
  ['QUESTION_ANS', ['qa_outputs']],
]);

/** Types whose configuration has no modules_to_save: PEFT saves no head with them. */
const HEADLESS: readonly string[] = ['ADAPTION_PROMPT', 'TRAINABLE_TOKENS'];

/**
 * Modules of models whose classes for these tasks in transformers 5.18 all have a head
 * of such a name. Not BART, T5, XLNet and XLM, whose heads have others.
 */
const NAMED_SO: ReadonlyMap<string, RegExp> = new Map([
  [
    'classifier',
    /^base_model\.model\.(?:model\.layers\.\d+\.|transformer\.h\.\d+\.|bert\.|roberta\.|distilbert\.|deberta\.|electra\.)/,
  ],
  [
    'qa_outputs',
    /^base_model\.model\.(?:bert\.|roberta\.|distilbert\.|deberta\.|electra\.)/,
  ],
]);

export const classifierHeadMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'classifier-head-missing',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Head of the classifier not saved',
    why: 'For this task PEFT saves the head of the base with the adapter and asks for it when it loads. A base fresh from the Hub has a head of random values.',
    fix: 'Save again through model.save_pretrained(folder) of the PeftModel; with sharded weights gather them first. A head that was never in modules_to_save was not trained with the adapter: train again with it.',
    since: '0.1.0',
  },
  messages: {
    promised: {
      text: ({ task, names }: { task: string; names: string[] }) =>
        `No tensor of a head (${joinWords(names)}) is saved, which modules_to_save names and ${task} needs.`,
      loaderErrors: ({ names: [name = ''] }) => [
        `KeyError: 'base_model.model.${name}.weight'`,
      ],
    },
    perhaps: {
      text: ({ task, names }: { task: string; names: string[] }) =>
        `task_type is ${task}, and no tensor of a head (${joinWords(names)}) is saved.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Where the base has a head of such a name, PEFT asks for it and refuses the adapter; one of another name comes from the base, with random values if it was not trained before. Taken as: the base is a classifier.',
      loaderErrors: ({ names: [name = ''] }) => [
        `KeyError: 'base_model.model.${name}.weight'`,
      ],
    },
  },
  async run({ subject, report }) {
    for (const adapter of subject.adapters) {
      const config = await adapter.config();
      if (!config?.ok || adapter.weights === null) continue;
      const task = asString(config.value.fields.get('task_type')) ?? '';
      const heads = headsOf(config.value, task);
      if (heads === null) continue;
      const tensors = await readTensorsIn(adapter.weights);
      // A file without a tensor is another check's.
      if (tensors === null || tensors.length === 0) continue;
      const names = tensors.map(({ name }) => name);
      if (names.some((name) => heads.some((head) => isIn(name, head))))
        continue;
      report(
        isPromised(config.value.fields, heads) &&
          names.some((name) => NAMED_SO.get(heads[0] ?? '')?.test(name))
          ? 'promised'
          : 'perhaps',
        { task, names: [...heads] },
        { path: adapter.weights.file.path },
      );
    }
  },
});

function headsOf(
  { peftType, isKnownType }: AdapterConfig,
  task: string,
): readonly string[] | null {
  if (!isKnownType || HEADLESS.includes(peftType)) return null;
  return HEADS.get(task) ?? null;
}

/** `pre_classifier` is one, too: PEFT looks for the end of a name. */
function isIn(name: string, head: string): boolean {
  return name.split('.').some((part) => part.endsWith(head));
}

/** A base without a name may be of any class, with a head of any name. */
function isPromised(fields: Fields, heads: readonly string[]): boolean {
  const promised = asArray(fields.get('modules_to_save'))?.map(asString) ?? [];
  const base = asString(fields.get('base_model_name_or_path')) ?? '';
  return base !== '' && heads.some((head) => promised.includes(head));
}
