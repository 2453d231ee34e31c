import { asArray, asObject, asString } from '../formats/json/access.ts';
import type { JsonNode } from '../formats/json/types.ts';
import {
  BIAS,
  BOOLEAN,
  DROPOUT,
  EVEN,
  LISTS_OR_NOTHING,
  LORA_INIT,
  NAMES,
  NAMES_OR_NONE,
  NAMES_OR_NOTHING,
  NO_LIST,
  NUMBER,
  OBJECT,
  OBJECT_OR_NULL,
  oneOf,
  POSITIVE,
  SEED,
  share,
  TASK,
  TEXTS_OR_NOTHING,
  wholeFrom,
  wholeNumber,
} from './config-rules.ts';
import { isWhole, wordsOf } from './config-values.ts';
import type { FieldRule } from './config-rules.ts';

/** The fields of a configuration, of a repeated key the last. */
export type Fields = ReadonlyMap<string, JsonNode>;

/** A field with a value that PEFT cannot work with. */
export interface RefusedField {
  readonly field: string;
  /** The value as it stands in the file; `''` where the field is not there. */
  readonly found: string;
  /** What it takes instead, as the end of "it takes …". */
  readonly takes: string;
  readonly raises: string;
}

const CPT_TASK = 'ValueError: CPTConfig only supports task_type = CAUSAL_LM.';

/** A field, what PEFT takes for it, and the types that have it so, in one text. */
type Row = readonly [field: string, rule: FieldRule, types: string];

/**
 * What PEFT 0.21.0 refuses besides `r`. Measured: of an adapter of each type on a
 * small Llama each field set to null, 0, 0.0, -1, 1, 2.0, 2.5, true, false, two texts,
 * three lists, two objects, NaN, both infinities and two huge numbers. Refused is what
 * raises when it is loaded or run, whatever the base: names and sizes that fit no
 * module of this base are not among it.
 */
const ROWS: readonly Row[] = [
  [
    'task_type',
    TASK,
    'ADALORA ADAMSS ADAPTION_PROMPT BEFT BOFT C3A CARTRIDGE DEFT DELORA FOURIERFT FROD GLORA GRALORA HIRA HRA IA3 LILY LN_TUNING LOHA LOKR LORA MISS MULTITASK_PROMPT_TUNING OFT OSF PEANUT POLY PREFIX_TUNING PROMPT_TUNING PSOFT PVERA P_TUNING RANDLORA ROAD SHADOW SHIRA SUPERTUNING TINYLORA TRAINABLE_TOKENS UNILORA VBLORA VERA WAVEFT',
  ],
  ['task_type', { ...oneOf('CAUSAL_LM'), raises: () => CPT_TASK }, 'CPT'],
  [
    'bias',
    BIAS,
    'ADALORA BOFT C3A DEFT DELORA FOURIERFT FROD GLORA GRALORA HRA LORA MISS OFT PVERA RANDLORA TINYLORA UNILORA VBLORA VERA WAVEFT',
  ],
  ['target_modules', NAMES_OR_NONE, 'ADALORA LORA'],
  [
    'target_modules',
    NAMES,
    'ADAMSS ADAPTION_PROMPT BEFT BOFT C3A DEFT DELORA FOURIERFT FROD GLORA GRALORA HIRA HRA IA3 LILY LN_TUNING LOHA LOKR MISS OFT OSF PEANUT POLY PSOFT PVERA RANDLORA ROAD SHADOW SHIRA SUPERTUNING TINYLORA TRAINABLE_TOKENS UNILORA VBLORA VERA WAVEFT',
  ],
  [
    'exclude_modules',
    NAMES_OR_NOTHING,
    'ADALORA BOFT DEFT DELORA FOURIERFT HIRA HRA IA3 LILY LN_TUNING LOHA LOKR LORA MISS OFT PEANUT POLY PSOFT SHADOW VBLORA WAVEFT',
  ],
  [
    'modules_to_save',
    TEXTS_OR_NOTHING,
    'ADALORA ADAMSS BEFT BOFT C3A CARTRIDGE CPT DEFT DELORA FOURIERFT FROD GLORA GRALORA HIRA HRA IA3 LILY LN_TUNING LOHA LOKR LORA MISS MULTITASK_PROMPT_TUNING OFT OSF PEANUT POLY PREFIX_TUNING PROMPT_TUNING PSOFT PVERA P_TUNING RANDLORA ROAD SHADOW SHIRA SUPERTUNING TINYLORA UNILORA VBLORA VERA WAVEFT',
  ],
  ['lora_alpha', NUMBER, 'ADALORA LORA'],
  ['alpha', NUMBER, 'GRALORA LOHA LOKR'],
  ['psoft_alpha', NUMBER, 'PSOFT'],
  ['randlora_alpha', NUMBER, 'RANDLORA'],
  ['shadow_alpha', NUMBER, 'SHADOW'],
  ['scaling', NUMBER, 'FOURIERFT LILY PEANUT WAVEFT'],
  ['regularization_alpha', NUMBER, 'FROD'],
  ['d_initial', NUMBER, 'PVERA VERA'],
  ['boft_dropout', NUMBER, 'BOFT'],
  ['module_dropout', NUMBER, 'OFT'],
  ['lora_dropout', DROPOUT, 'ADALORA LORA'],
  ['deft_dropout', DROPOUT, 'DEFT'],
  ['module_dropout', DROPOUT, 'DELORA'],
  ['frod_dropout', DROPOUT, 'FROD'],
  ['gralora_dropout', DROPOUT, 'GRALORA'],
  ['hira_dropout', DROPOUT, 'HIRA'],
  ['miss_dropout', DROPOUT, 'MISS'],
  ['psoft_dropout', DROPOUT, 'PSOFT'],
  ['pvera_dropout', DROPOUT, 'PVERA'],
  ['randlora_dropout', DROPOUT, 'RANDLORA'],
  ['tinylora_dropout', DROPOUT, 'TINYLORA'],
  ['unilora_dropout', share(false), 'UNILORA'],
  ['sparse_rate', share(false), 'FROD'],
  ['weight_tying', share(false), 'TINYLORA'],
  ['lora_dropout', share(true), 'SUPERTUNING'],
  ['sparsity', share(true), 'SUPERTUNING'],
  ['vblora_dropout', DROPOUT, 'VBLORA'],
  ['vera_dropout', DROPOUT, 'VERA'],
  ['alpha_pattern', OBJECT, 'LOHA LOKR LORA'],
  ['rank_pattern', OBJECT, 'DELORA HIRA LOHA LOKR LORA'],
  ['block_size_pattern', OBJECT, 'C3A'],
  ['lambda_pattern', OBJECT, 'DELORA'],
  ['n_frequency_pattern', OBJECT, 'FOURIERFT WAVEFT'],
  ['rank_pattern', OBJECT_OR_NULL, 'ADALORA'],
  ['arrow_config', OBJECT_OR_NULL, 'ADALORA LORA'],
  ['corda_config', OBJECT_OR_NULL, 'ADALORA LORA'],
  ['eva_config', OBJECT_OR_NULL, 'ADALORA LORA'],
  ['kasa_config', OBJECT_OR_NULL, 'ADALORA LORA'],
  ['lora_ga_config', OBJECT_OR_NULL, 'ADALORA LORA'],
  ['use_bdlora', OBJECT_OR_NULL, 'ADALORA LORA'],
  ['velora_config', OBJECT_OR_NULL, 'ADALORA LORA'],
  ['target_parameters', LISTS_OR_NOTHING, 'ADALORA LORA'],
  ['layer_replication', LISTS_OR_NOTHING, 'ADALORA LORA'],
  ['init_lora_weights', LORA_INIT, 'LORA'],
  ['init_weights', BOOLEAN, 'BOFT OFT'],
  ['select_top', BOOLEAN, 'SUPERTUNING'],
  ['save_projection', NO_LIST, 'FROD PVERA RANDLORA TINYLORA VERA'],
  ['decomposition_method', oneOf('relu', 'qr'), 'DEFT'],
  ['config_A_B', oneOf('lora', 'vector', 'constant', 'none'), 'GLORA'],
  ['config_C', oneOf('lora', 'vector', 'none'), 'GLORA'],
  ['config_D_E', oneOf('vector', 'constant', 'none'), 'GLORA'],
  ['poly_type', oneOf('poly'), 'POLY'],
  ['ab_svd_init', oneOf('psoft_init', 'pissa_init'), 'PSOFT'],
  ['psoft_svd', oneOf('full', 'lowrank'), 'PSOFT'],
  ['variant', oneOf('road_1', 'road_2', 'road_4'), 'ROAD'],
  ['num_virtual_tokens', wholeFrom(0), 'CARTRIDGE PREFIX_TUNING'],
  [
    'num_virtual_tokens',
    wholeFrom(0, 'booleans'),
    'MULTITASK_PROMPT_TUNING PROMPT_TUNING P_TUNING',
  ],
  ['num_ranks', wholeFrom(0, 'booleans'), 'MULTITASK_PROMPT_TUNING'],
  ['num_tasks', wholeFrom(0), 'MULTITASK_PROMPT_TUNING'],
  ['adapter_len', wholeFrom(0, 'booleans'), 'ADAPTION_PROMPT'],
  ['adapter_layers', wholeNumber(false), 'ADAPTION_PROMPT'],
  [
    'num_transformer_submodules',
    wholeNumber(true),
    'CARTRIDGE MULTITASK_PROMPT_TUNING PREFIX_TUNING PROMPT_TUNING P_TUNING',
  ],
  [
    'token_dim',
    wholeNumber(true),
    'MULTITASK_PROMPT_TUNING PROMPT_TUNING P_TUNING',
  ],
  ['init_r', wholeFrom(0), 'ADALORA'],
  ['n_frequency', wholeFrom(1), 'FOURIERFT WAVEFT'],
  ['block_size', wholeFrom(1, 'true'), 'C3A'],
  ['gralora_k', wholeFrom(1, 'true'), 'GRALORA'],
  ['depth', wholeFrom(0, 'booleans'), 'PEANUT'],
  ['u', wholeFrom(1), 'TINYLORA'],
  ['theta_d_length', wholeFrom(1), 'UNILORA'],
  ['num_vectors', wholeFrom(0), 'VBLORA'],
  ['vector_length', wholeFrom(1, 'true'), 'VBLORA'],
  ['topk', wholeFrom(1), 'VBLORA'],
  ['num_B', wholeFrom(2), 'LILY'],
  ['stride_A', wholeFrom(1, 'true'), 'LILY'],
  ['group_size', EVEN, 'ROAD'],
  ['r', wholeFrom(0), 'GLORA'],
  ['r', NUMBER, 'OFT'],
  ['r', wholeFrom(1), 'ADAMSS'],
  ['oft_block_size', NUMBER, 'OFT'],
  ['boft_block_size', NUMBER, 'BOFT'],
  ['boft_block_num', NUMBER, 'BOFT'],
  ['num_cayley_neumann_terms', NUMBER, 'OFT'],
  ['num_frozen_tokens', NUMBER, 'CARTRIDGE'],
  ['n_splits', wholeFrom(1), 'POLY'],
  ['n_tasks', wholeFrom(0), 'POLY'],
  ['n_skills', wholeFrom(0, 'booleans'), 'POLY'],
  ['random_loc_seed', SEED, 'FOURIERFT WAVEFT'],
  ['projection_prng_key', SEED, 'FROD PVERA RANDLORA VERA'],
  ['total_step', POSITIVE, 'ADALORA'],
];

/** Fields that have no default which PEFT could work with. */
const REQUIRED: readonly (readonly [
  field: string,
  types: string,
  raises: string,
])[] = [
  ['adapter_layers', 'ADAPTION_PROMPT', 'TypeError'],
  ['adapter_len', 'ADAPTION_PROMPT', 'TypeError'],
  [
    'cpt_token_ids',
    'CPT',
    'ValueError: cpt_token_ids, cpt_mask and cpt_tokens_type_mask must have the same length.',
  ],
  [
    'num_virtual_tokens',
    'CARTRIDGE MULTITASK_PROMPT_TUNING PREFIX_TUNING PROMPT_TUNING P_TUNING',
    'TypeError',
  ],
  // Configurations from before PEFT 0.14 lack it.
  [
    'oft_block_size',
    'OFT',
    'ValueError: OFT has been updated since PEFT 0.14.0.',
  ],
  ['task_type', 'CPT', CPT_TASK],
  [
    'total_step',
    'ADALORA',
    'ValueError: AdaLoRA does not work when `total_step` is None, supply a value > 0.',
  ],
];

/** What the value of a pattern table has to be where its name is a target. */
const PATTERN_ROWS: readonly Row[] = [
  ['alpha_pattern', NUMBER, 'LOHA LOKR LORA'],
  ['block_size_pattern', wholeFrom(1, 'true'), 'C3A'],
  ['n_frequency_pattern', wholeFrom(1), 'FOURIERFT WAVEFT'],
  ['rank_pattern', POSITIVE, 'LOKR'],
  ['rank_pattern', { ...wholeFrom(1), raises: ofRank }, 'DELORA LOHA LORA'],
];

function ofRank(found: JsonNode): string {
  return isWhole(found)
    ? `ValueError: \`r\` should be a positive integer value but the value passed is ${wordsOf(found)}`
    : 'TypeError';
}

const FIELD_RULES = byType(ROWS);
const PATTERN_RULES = byType(PATTERN_ROWS);

function byType(
  rows: readonly Row[],
): ReadonlyMap<string, ReadonlyMap<string, FieldRule>> {
  const rules = new Map<string, Map<string, FieldRule>>();
  for (const [field, rule, types] of rows)
    for (const type of types.split(' ')) {
      const ofType = rules.get(type) ?? new Map<string, FieldRule>();
      rules.set(type, ofType.set(field, rule));
    }
  return rules;
}

/** The fields, in the order of the file, whose own value PEFT cannot work with. */
export function findRefusedFields(
  peftType: string,
  fields: Fields,
): readonly RefusedField[] {
  const refused = [...fields].flatMap(([field, node]) => {
    const rule = FIELD_RULES.get(peftType)?.get(field);
    if (rule === undefined) return [];
    return rule.accepts(node)
      ? refusedOfPattern(peftType, fields, field)
      : [refusedField(field, node, rule)];
  });
  return [...missingFields(peftType, fields), ...refused];
}

function missingFields(peftType: string, fields: Fields): RefusedField[] {
  return REQUIRED.flatMap(([field, types, raises]) =>
    !types.split(' ').includes(peftType) || fields.has(field)
      ? []
      : { field, found: '', takes: 'a value', raises },
  );
}

function refusedField(
  field: string,
  node: JsonNode,
  { takes, raises }: FieldRule,
): RefusedField {
  const found = wordsOf(node);
  return { field, found, takes, raises: raises?.(node) ?? 'TypeError' };
}

/**
 * PEFT looks at a pattern where it meets a module of that name, so for sure where
 * the name is that of a target.
 */
function refusedOfPattern(
  peftType: string,
  fields: Fields,
  field: string,
): RefusedField[] {
  const rule = PATTERN_RULES.get(peftType)?.get(field);
  if (rule === undefined) return [];
  const targets = (asArray(fields.get('target_modules')) ?? []).map(asString);
  return [...(asObject(fields.get(field)) ?? [])].flatMap(([name, node]) =>
    rule.accepts(node) || !targets.includes(name)
      ? []
      : refusedField(`${field}.${name}`, node, rule),
  );
}
