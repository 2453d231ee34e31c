import { asArray, asString } from '../../formats/json/access.ts';
import type { JsonNode } from '../../formats/json/types.ts';
import { PREFIX } from './keys.ts';
import type { AdapterMeaning } from './meaning.ts';
import { namesIn } from './targets.ts';

/** Heads that PEFT saves by the task (peft_model.py), and embeddings of any name. */
const SAVED_WHOLE =
  /(?:^|\.)[^.]*(?:classifier|score|qa_outputs|embed|lm_head|wte|wpe|shared|vocab|head)[^.]*\./i;

/**
 * Of the tensors of whole modules, those that neither `modules_to_save` nor `bias`
 * nor the names of heads and embeddings account for.
 */
export function unaccountedFor({ config, keys }: AdapterMeaning): string[] {
  const { fields } = config;
  const saved = namesIn(fields.get('modules_to_save')) ?? [];
  const bias = asString(fields.get('bias')) ?? 'none';
  const isSaved = (name: string) =>
    saved.some((one) => `.${name}`.includes(`.${one}.`)) ||
    SAVED_WHOLE.test(name) ||
    name.includes('token_adapter.') ||
    (bias !== 'none' && name.endsWith('.bias'));
  return keys.whole.flatMap(({ name }) =>
    isSaved(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name)
      ? []
      : [name],
  );
}

/** A module that the configuration says is saved, and that has no tensor. */
export interface Promised {
  readonly names: readonly string[];
  /** Whether the base has such a module for sure: PEFT asks for it and raises. */
  readonly isSure: boolean;
}

/** What `modules_to_save` and `trainable_token_indices` promise and no key holds. */
export function promisedInVain({
  config,
  tensors,
  rule,
}: AdapterMeaning): Promised {
  const { fields } = config;
  const names = tensors.map(({ name }) => `.${name}`);
  const hasModule = (one: string) =>
    names.some((name) => {
      const at = name.indexOf(`.${one}.`);
      const [next = ''] = name.slice(at + one.length + 2).split('.');
      return at >= 0 && !WRAPPED.has(next);
    });
  const saved = namesIn(fields.get('modules_to_save')) ?? [];
  // `lm_head.modules_to_save.default.weight` proves that the base has the module.
  const wrapped = names.filter((name) => name.includes('.modules_to_save.'));
  const hasHead =
    wrapped.length === 0 &&
    saved.some((one) => HEADS.has(one) && hasModule(one));
  const absent = saved.filter(
    (one) => one !== '' && !hasModule(one) && !(HEADS.has(one) && isHead()),
  );
  // A head that PEFT adds by the task is another check's; of its names one is there.
  function isHead() {
    if (wrapped.length > 0) return false;
    return hasHead || HEAD_TASKS.has(asString(fields.get('task_type')));
  }
  const tokens = fields.get('trainable_token_indices');
  const lacksTokens =
    holdsSome(tokens) &&
    !names.some((name) => name.endsWith('.trainable_tokens_delta'));
  const isCausal = asString(fields.get('task_type')) === 'CAUSAL_LM';
  const isDecoder =
    names.some((name) => name.startsWith('.base_model.model.model.layers.')) ||
    (rule.prompt.length > 0 && isCausal);
  return {
    names: lacksTokens ? [...absent, 'trainable_tokens_delta'] : absent,
    isSure:
      lacksTokens ||
      (absent.length > 0 && wrapped.length > 0) ||
      (isDecoder && absent.some((one) => one === 'embed_tokens')) ||
      // A decoder with the head of another task has no lm_head.
      (isDecoder && isCausal && absent.some((one) => one === 'lm_head')),
  };
}

/** What stands behind a module's name where the wrapper was saved, not the module. */
const WRAPPED: ReadonlySet<string> = new Set([
  'modules_to_save',
  'original_module',
  'base_layer',
  'default',
]);

/** Heads that PEFT puts into `modules_to_save` by the task: whichever the base has. */
const HEADS: ReadonlySet<string> = new Set([
  'classifier',
  'score',
  'qa_outputs',
]);

const HEAD_TASKS: ReadonlySet<string | null> = new Set([
  'SEQ_CLS',
  'TOKEN_CLS',
  'QUESTION_ANS',
]);

function holdsSome(node: JsonNode | undefined): boolean {
  if (node?.kind === 'object') return node.entries.length > 0;
  return (asArray(node)?.length ?? 0) > 0;
}

/** Tensors of features that the configuration does not switch on. */
export function unusedIn({ config, keys }: AdapterMeaning): {
  readonly tensors: string[];
  readonly fields: string[];
} {
  const tensors: string[] = [];
  const fields: string[] = [];
  for (const [suffix, field] of SWITCHED) {
    if (isOn(config.fields.get(field))) continue;
    const own = [...keys.modules.values()].flatMap((module) =>
      (module.tensors.get(suffix) ?? []).map(({ name }) => name),
    );
    if (own.length === 0) continue;
    tensors.push(...own);
    fields.push(field);
  }
  const tokens = keys.whole.filter(({ name }) =>
    name.endsWith('.token_adapter.trainable_tokens_delta'),
  );
  if (tokens.length > 0 && !holdsSome(config.fields.get(TOKENS))) {
    tensors.push(...tokens.map(({ name }) => name));
    fields.push(TOKENS);
  }
  return { tensors, fields };
}

const TOKENS = 'trainable_token_indices';

/** Suffixes of LoRA that are there with a switch alone. */
const SWITCHED = [
  ['lora_magnitude_vector', 'use_dora'],
  ['lora_B.bias', 'lora_bias'],
] as const;

function isOn(node: JsonNode | undefined): boolean {
  return node !== undefined && node.kind !== 'null' && !isFalse(node);
}

/** Whether a field is off: false as a boolean. */
export function isFalse(node: JsonNode): boolean {
  return node.kind === 'boolean' && !node.value;
}
