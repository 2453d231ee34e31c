import { asArray, asString } from '../../formats/json/access.ts';
import type { JsonNode } from '../../formats/json/types.ts';
import { isTunerName, PREFIX } from './keys.ts';
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
export function promisedInVain(meaning: AdapterMeaning): Promised {
  const { config, tensors, rule } = meaning;
  const { fields } = config;
  const isTask = (...tasks: string[]) =>
    tasks.includes(asString(fields.get('task_type')) ?? '');
  const saved = (namesIn(fields.get('modules_to_save')) ?? [])
    .filter((one) => one !== '')
    .map((one) => ({ one, ...foundOf(meaning, one) }));
  // A wrapper in any key tells how all of them were saved.
  const isWrapped = tensors.some(({ name }) =>
    name.includes('.modules_to_save.'),
  );
  const hasHead = saved.some(({ one, isThere }) => HEADS.has(one) && isThere);
  // A head that PEFT adds by the task is another check's; of its names one is there.
  const isHead = (one: string) =>
    !isWrapped && HEADS.has(one) && (hasHead || isTask(...HEAD_TASKS));
  const absent = saved.filter(
    ({ one, isThere, isInBase }) => !isThere && (isInBase || !isHead(one)),
  );
  const lacksTokens =
    holdsSome(fields.get('trainable_token_indices')) &&
    !tensors.some(({ name }) => name.endsWith('.trainable_tokens_delta'));
  const isCausal = isTask('CAUSAL_LM');
  // A type whose keys name no module says nothing of the base.
  const isDecoder =
    (rule.sets.length === 0 && isCausal) ||
    tensors.some(({ name }) => name.startsWith(`${PREFIX}model.layers.`));
  const isOfDecoder = (one: string) =>
    // A decoder with the head of another task has no lm_head.
    one === 'embed_tokens' || (one === 'lm_head' && isCausal);
  const names = absent.map(({ one }) => one);
  return {
    names: lacksTokens ? [...names, 'trainable_tokens_delta'] : names,
    isSure:
      lacksTokens ||
      (names.length > 0 && isWrapped) ||
      absent.some(({ isInBase }) => isInBase) ||
      (isDecoder && names.some(isOfDecoder)),
  };
}

/** Modules of one parameter or more, of which `weight` is one. */
const WEIGHTED: ReadonlySet<string> = new Set(['embed_tokens', 'lm_head']);

/**
 * Whether a module is saved whole, and whether keys prove that the base has it: those
 * of an adapter on it, or its own under names that PEFT does not ask for.
 */
function foundOf({ tensors, keys }: AdapterMeaning, module: string) {
  const adapted = [...keys.modules.keys()].some((path) =>
    `.${path}`.endsWith(`.${module}`),
  );
  const isPlain = WEIGHTED.has(module) || HEADS.has(module);
  // Where no key fits, another check says so of all.
  const isForeign = keys.modules.size + keys.prompt.size === 0;
  const lost = new Set(
    isForeign
      ? []
      : (['prefix', 'wrapper'] as const).flatMap(
          (misfit) => keys.misfits.get(misfit) ?? [],
        ),
  );
  let isThere = false;
  let isInBase = adapted;
  for (const tensor of tensors) {
    const { name } = tensor;
    const at = `.${name}`.indexOf(`.${module}.`);
    if (at < 0) continue;
    const [next = '', ...rest] = name.slice(at + module.length + 1).split('.');
    if (isTunerName(next)) continue;
    const isOther =
      lost.has(tensor) ||
      WRAPPED.has(next) ||
      keys.names.has(next) ||
      (isPlain && rest.length === 0 && next !== 'weight');
    if (isOther) isInBase ||= next !== 'bias';
    else isThere = true;
  }
  return { isThere, isInBase };
}

/** What stands behind a module's name where the wrapper was saved, not the module. */
const WRAPPED: ReadonlySet<string> = new Set([
  'modules_to_save',
  'original_module',
  'base_layer',
  'default',
  'token_adapter',
]);

/** Heads that PEFT puts into `modules_to_save` by the task: whichever the base has. */
const HEADS: ReadonlySet<string> = new Set([
  'classifier',
  'score',
  'qa_outputs',
]);

const HEAD_TASKS = ['SEQ_CLS', 'TOKEN_CLS', 'QUESTION_ANS'];

function holdsSome(node: JsonNode | undefined): boolean {
  if (node?.kind === 'object') return node.entries.length > 0;
  return (asArray(node)?.length ?? 0) > 0;
}

/** Tensors of features that the configuration does not switch on. */
export function unusedIn({ config, keys, rule }: AdapterMeaning): {
  readonly tensors: string[];
  readonly fields: string[];
} {
  const tensors: string[] = [];
  const fields: string[] = [];
  for (const { suffix, field, isOnByDefault } of rule.switched) {
    const node = config.fields.get(field);
    if (node === undefined ? isOnByDefault : isOn(node)) continue;
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

function isOn(node: JsonNode | undefined): boolean {
  return node !== undefined && node.kind !== 'null' && !isFalse(node);
}

/** Whether a field is off: false as a boolean. */
export function isFalse(node: JsonNode): boolean {
  return node.kind === 'boolean' && !node.value;
}
