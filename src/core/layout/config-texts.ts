import { asString } from '../formats/json/access.ts';
import type { FieldRule } from './config-rules.ts';
import { classOf, isFalsy, wordsOf } from './config-values.ts';

/** tuners_utils.py, _mark_only_adapters_as_trainable. */
export const BIAS: FieldRule = {
  takes: '"none", "all" or a text that ends in "_only"',
  accepts: (node) => /^none$|^all$|_only$/.test(asString(node) ?? ''),
  raises: (found) =>
    found.kind === 'string'
      ? `NotImplementedError: Requested bias: ${found.value}, is not implemented.`
      : `AttributeError: '${classOf(found)}' object has no attribute 'endswith'`,
};

const TASKS: readonly string[] = [
  'SEQ_CLS',
  'SEQ_2_SEQ_LM',
  'CAUSAL_LM',
  'TOKEN_CLS',
  'QUESTION_ANS',
  'FEATURE_EXTRACTION',
];

/** config.py, PeftConfigMixin.__post_init__. */
export const TASK: FieldRule = {
  takes: `null or one of ${TASKS.join(', ')}`,
  accepts: (node) =>
    node.kind === 'null' || TASKS.includes(asString(node) ?? ''),
  raises: (found) =>
    `ValueError: Invalid task type: '${asString(found) ?? wordsOf(found)}'. Must be one of the following task types: …`,
};

/**
 * lora/layer.py, update_layer, which tells them apart by prefix, in any case or as
 * they are. `corda` asks the base for what `preprocess_corda` left there, which is
 * in no base that is loaded.
 */
const INITS =
  /^(?:|pissa(?:_niter_\s*\d+\s*)?|[oO][lL][oO][rR][aA]|[mM][iI][cC][aA]|loftq|eva|orthogonal|lora_ga|[gG][aA][uU][sS][sS][iI][aA][nN])$/;

export const LORA_INIT: FieldRule = {
  takes:
    'true, false, "gaussian", "pissa", "olora", "eva", "loftq", "orthogonal", "mica" or "lora_ga"',
  accepts: (node) =>
    node.kind === 'string'
      ? INITS.test(node.value)
      : isFalsy(node) || (node.kind === 'boolean' && node.value),
  raises: (found) =>
    found.kind !== 'string'
      ? `AttributeError: '${classOf(found)}' object has no attribute 'lower'`
      : found.value.startsWith('corda')
        ? 'ValueError: `eigens` attribute not found for layer, please run `preprocess_corda` first.'
        : `ValueError: Unknown initialization init_lora_weights='${found.value}'`,
};
