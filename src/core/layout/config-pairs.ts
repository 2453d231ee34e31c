import { asArray, asObject, asString } from '../formats/json/access.ts';
import { isNamedBy } from './module-names.ts';
import type { Fields, RefusedField } from './config-fields.ts';
import { isTruthy, numberOf, wordsOf } from './config-values.ts';

/** What PEFT refuses of one field because of another. */
interface Pair {
  /** Types that check it, in one text. */
  readonly types: string;
  readonly field: string;
  readonly isRefused: (fields: Fields) => boolean;
  readonly takes: string;
  readonly raises: string;
}

/**
 * From `__post_init__` of the configurations of PEFT 0.21.0 (tuners/<type>/config.py),
 * each seen to raise. A field that is not in the file has the default of its type.
 */
const PAIRS: readonly Pair[] = [
  {
    types:
      'ADALORA C3A DEFT DELORA FOURIERFT HIRA HRA LORA MISS PSOFT SHADOW UNILORA WAVEFT',
    field: 'layers_to_transform',
    isRefused: (fields) =>
      isText(fields, 'target_modules') && isSet(fields, 'layers_to_transform'),
    takes: 'null where target_modules is a text',
    raises:
      'ValueError: `layers_to_transform` cannot be used when `target_modules` is a str.',
  },
  {
    types: 'C3A DEFT FOURIERFT HIRA HRA LORA MISS PSOFT SHADOW UNILORA WAVEFT',
    field: 'layers_pattern',
    isRefused: (fields) =>
      isText(fields, 'target_modules') && isSet(fields, 'layers_pattern'),
    takes: 'null where target_modules is a text',
    raises:
      'ValueError: `layers_pattern` cannot be used when `target_modules` is a str.',
  },
  {
    types:
      'ADALORA BOFT DEFT DELORA FOURIERFT FROD HRA LILY LOHA LOKR LORA OFT PEANUT PSOFT PVERA SHADOW TINYLORA VBLORA VERA WAVEFT',
    field: 'layers_pattern',
    isRefused: (fields) =>
      isOn(fields, 'layers_pattern') && !isSet(fields, 'layers_to_transform'),
    takes: 'null where layers_to_transform is not set',
    raises:
      'ValueError: When `layers_pattern` is specified, `layers_to_transform` must also be specified.',
  },
  {
    types: 'ADALORA LORA',
    field: 'target_modules',
    isRefused: (fields) =>
      isSet(fields, 'target_modules') &&
      !isOn(fields, 'target_modules') &&
      !isOn(fields, 'target_parameters'),
    takes: 'names where target_parameters has none',
    raises:
      'ValueError: No `target_modules` passed but also no `target_parameters` found.',
  },
  {
    types:
      'ADALORA BOFT DEFT DELORA FOURIERFT HIRA HRA IA3 LILY LN_TUNING LOHA LOKR LORA MISS OFT PEANUT POLY PSOFT SHADOW VBLORA WAVEFT',
    field: 'exclude_modules',
    isRefused: (fields) => {
      const excluded = new Set(textsOf(fields, 'exclude_modules'));
      const targets = textsOf(fields, 'target_modules') ?? [];
      return (
        targets.length > 0 &&
        targets.every((target) => isNamedBy(target, excluded)) &&
        !isOn(fields, 'target_parameters')
      );
    },
    takes: 'names that leave some of target_modules',
    raises: 'ValueError: No modules were targeted for adaptation.',
  },
  {
    types: 'LORA',
    field: 'init_lora_weights',
    isRefused: (fields) =>
      isOn(fields, 'lora_bias') && !isSwitch(fields, 'init_lora_weights', 1),
    takes: 'true or false where lora_bias is on',
    raises:
      'ValueError: The argument lora_bias=True is only supported with init_lora_weights=True or False',
  },
  {
    types: 'LORA',
    field: 'use_dora',
    isRefused: (fields) =>
      isOn(fields, 'lora_bias') && isOn(fields, 'use_dora'),
    takes: 'false where lora_bias is on',
    raises: 'ValueError: The argument lora_bias=True is not supported for DoRA',
  },
  {
    types: 'LORA',
    field: 'init_lora_weights',
    isRefused: (fields) =>
      asString(fields.get('init_lora_weights')) === 'mica' &&
      isOn(fields, 'use_dora'),
    takes: 'no "mica" where use_dora is on',
    raises:
      "ValueError: Invalid or unsupported variant combination: ('mica', 'use_dora')",
  },
  {
    types: 'LORA',
    field: 'loftq_config',
    isRefused: (fields) =>
      asString(fields.get('init_lora_weights')) === 'loftq' &&
      !isOn(fields, 'loftq_config'),
    takes: 'its settings where init_lora_weights is "loftq"',
    raises:
      "ValueError: `loftq_config` must be specified when `init_lora_weights` is 'loftq'.",
  },
  {
    types: 'ADALORA',
    field: 'use_dora',
    isRefused: (fields) => isOn(fields, 'use_dora'),
    takes: 'false',
    raises: 'ValueError: ADALORA does not support DoRA.',
  },
  {
    types: 'ADALORA',
    field: 'tinit',
    isRefused: (fields) =>
      (numberOf(fields.get('tinit')) ?? 0) >=
      (numberOf(fields.get('total_step')) ?? Infinity) -
        (numberOf(fields.get('tfinal')) ?? 0),
    takes: 'less than total_step without tfinal',
    raises:
      "ValueError: The supplied schedule values don't allow for a budgeting phase.",
  },
  {
    types: 'ADALORA',
    field: 'rank_pattern',
    isRefused: (fields) =>
      [...(asObject(fields.get('rank_pattern'))?.values() ?? [])].some(
        ({ kind }) => kind !== 'array',
      ),
    takes: 'a list of true and false for each name',
    raises: 'TypeError: Unexpected type of rank_idx',
  },
  {
    types: 'BOFT',
    field: 'boft_block_size',
    isRefused: (fields) =>
      isZero(fields, 'boft_block_size', 4) ===
      isZero(fields, 'boft_block_num', 0),
    takes: '0 where boft_block_num is set, and another number where it is not',
    raises:
      'ValueError: You can only specify either boft_block_size (…) or boft_block_num (…), but not both simultaneously',
  },
  {
    types: 'OFT',
    field: 'oft_block_size',
    isRefused: (fields) =>
      isZero(fields, 'r', 0) === isZero(fields, 'oft_block_size', 32),
    takes: '0 where r is set, and another number where it is not',
    raises:
      'ValueError: You can only specify either r (…) or oft_block_size (…), but not both simultaneously',
  },
  {
    types: 'OFT',
    field: 'peft_version',
    isRefused: (fields) => {
      const version = fields.get('peft_version');
      return (
        version !== undefined &&
        isOn(fields, 'use_cayley_neumann') &&
        !/^v?\d/.test(asString(version) ?? '')
      );
    },
    takes: 'a version where use_cayley_neumann is on',
    raises: 'InvalidVersion: Invalid version: …',
  },
  {
    types: 'GRALORA',
    field: 'r',
    isRefused: (fields) =>
      (numberOf(fields.get('r')) ?? 32) %
        (numberOf(fields.get('gralora_k')) ?? 2) !==
      0,
    takes: 'a multiple of gralora_k',
    raises: 'ValueError: r should be divisible by gralora_k',
  },
  {
    types: 'IA3',
    field: 'feedforward_modules',
    isRefused: (fields) => {
      const listed = textsOf(fields, 'target_modules');
      const targets = listed && new Set(listed);
      const feedforward = textsOf(fields, 'feedforward_modules');
      return (
        targets !== null &&
        feedforward?.every((name) => targets.has(name)) === false
      );
    },
    takes: 'names that are in target_modules',
    raises:
      'ValueError: `feedforward_modules` should be a subset of `target_modules`',
  },
  {
    types: 'SUPERTUNING',
    field: 'r',
    isRefused: (fields) => !isSet(fields, 'r') && isSet(fields, 'lora_alpha'),
    takes: 'a whole number where lora_alpha is set',
    raises:
      'ValueError: lora_alpha is set but r is None — Supra mode requires an explicit r.',
  },
  {
    types: 'CPT',
    field: 'cpt_token_ids',
    isRefused: (fields) => {
      // A mask that is not there is made as long as the tokens.
      const lengths = ['cpt_token_ids', 'cpt_mask', 'cpt_tokens_type_mask']
        .map((field) => asArray(fields.get(field))?.length)
        .filter((length) => length !== undefined);
      return new Set(lengths).size > 1;
    },
    takes: 'as many values as cpt_mask and cpt_tokens_type_mask',
    raises:
      'ValueError: cpt_token_ids, cpt_mask and cpt_tokens_type_mask must have the same length.',
  },
  {
    types: 'MULTITASK_PROMPT_TUNING PROMPT_TUNING',
    field: 'prompt_tuning_init',
    isRefused: (fields) =>
      asString(fields.get('prompt_tuning_init')) === 'TEXT' &&
      !isOn(fields, 'tokenizer_name_or_path'),
    takes: 'no "TEXT" where tokenizer_name_or_path is not set',
    raises:
      "ValueError: When prompt_tuning_init='TEXT', tokenizer_name_or_path can't be None.",
  },
  {
    types: 'MULTITASK_PROMPT_TUNING PROMPT_TUNING',
    field: 'tokenizer_kwargs',
    isRefused: (fields) =>
      isOn(fields, 'tokenizer_kwargs') &&
      asString(fields.get('prompt_tuning_init')) !== 'TEXT',
    takes: 'null where prompt_tuning_init is not "TEXT"',
    raises:
      "ValueError: tokenizer_kwargs only valid when using prompt_tuning_init='TEXT'.",
  },
];

/** The fields that PEFT refuses because of what another one says. */
export function findRefusedPairs(
  peftType: string,
  fields: Fields,
): readonly RefusedField[] {
  return PAIRS.filter(
    ({ types, isRefused }) =>
      types.split(' ').includes(peftType) && isRefused(fields),
  ).map(({ field, takes, raises }) => {
    const node = fields.get(field);
    const found = node === undefined ? 'its default' : wordsOf(node);
    return { field, found, takes, raises };
  });
}

function isText(fields: Fields, field: string): boolean {
  return fields.get(field)?.kind === 'string';
}

function isSet(fields: Fields, field: string): boolean {
  return (fields.get(field)?.kind ?? 'null') !== 'null';
}

/** Whether Python takes it for true. */
function isOn(fields: Fields, field: string): boolean {
  return isTruthy(fields.get(field));
}

/** Whether Python finds it equal to true or false, which 1 and 0 are. */
function isSwitch(fields: Fields, field: string, unset: 0 | 1): boolean {
  const node = fields.get(field);
  const value = node === undefined ? unset : numberOf(node);
  return value === 0 || value === 1;
}

function isZero(fields: Fields, field: string, unset: number): boolean {
  const node = fields.get(field);
  return (node === undefined ? unset : numberOf(node)) === 0;
}

function textsOf(fields: Fields, field: string): readonly string[] | null {
  const items = asArray(fields.get(field));
  return items?.flatMap((item) => asString(item) ?? []) ?? null;
}
