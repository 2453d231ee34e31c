import { expect, test } from '@jest/globals';
import { asObject } from '../../../src/core/formats/json/access.ts';
import { parseJson } from '../../../src/core/formats/json/parse.ts';
import { findRefusedPairs } from '../../../src/core/layout/config-pairs.ts';

const Q_V = ['q_proj', 'v_proj'];
type Config = Readonly<Record<string, unknown>>;

/** By field: a type, what PEFT 0.21.0 was seen to refuse, and what it takes. */
const CASES: readonly (readonly [string, string, Config, Config])[] = [
  [
    'layers_to_transform',
    'LORA',
    { target_modules: '.*_proj', layers_to_transform: [0] },
    { target_modules: Q_V, layers_to_transform: [0] },
  ],
  [
    'rank_pattern',
    'ADALORA',
    { total_step: 9, rank_pattern: { q_proj: 3 } },
    { total_step: 9, rank_pattern: { q_proj: [true, false] } },
  ],
  [
    'layers_pattern',
    'MISS',
    { target_modules: '.*_proj', layers_pattern: 'layers' },
    { target_modules: '.*_proj', layers_pattern: null },
  ],
  [
    'layers_pattern',
    'VERA',
    { layers_pattern: 'layers' },
    { layers_pattern: 'layers', layers_to_transform: [0] },
  ],
  [
    'target_modules',
    'LORA',
    { target_modules: [] },
    { target_modules: [], target_parameters: ['mlp.experts.down_proj'] },
  ],
  [
    'exclude_modules',
    'OFT',
    { target_modules: Q_V, exclude_modules: Q_V, oft_block_size: 4 },
    { target_modules: Q_V, exclude_modules: ['q_proj'], oft_block_size: 4 },
  ],
  [
    'init_lora_weights',
    'LORA',
    { lora_bias: true, init_lora_weights: 'gaussian' },
    { lora_bias: true, init_lora_weights: false },
  ],
  [
    'use_dora',
    'LORA',
    { lora_bias: true, use_dora: true },
    { lora_bias: false, use_dora: true },
  ],
  [
    'init_lora_weights',
    'LORA',
    { init_lora_weights: 'mica', use_dora: true },
    { init_lora_weights: 'mica' },
  ],
  [
    'loftq_config',
    'LORA',
    { init_lora_weights: 'loftq', loftq_config: {} },
    { init_lora_weights: 'loftq', loftq_config: { loftq_bits: 4 } },
  ],
  ['use_dora', 'ADALORA', { use_dora: true }, { use_dora: false }],
  [
    'tinit',
    'ADALORA',
    { tinit: 25, total_step: 20, tfinal: 1 },
    { tinit: 1, total_step: 20, tfinal: 1 },
  ],
  [
    'boft_block_size',
    'BOFT',
    { boft_block_size: 4, boft_block_num: 4 },
    { boft_block_size: 0, boft_block_num: 4 },
  ],
  [
    'oft_block_size',
    'OFT',
    { r: 0, oft_block_size: 0 },
    { r: 4, oft_block_size: 0 },
  ],
  [
    'peft_version',
    'OFT',
    { r: 4, oft_block_size: 0, use_cayley_neumann: true, peft_version: null },
    { r: 4, oft_block_size: 0, use_cayley_neumann: true },
  ],
  ['r', 'GRALORA', { r: 4, gralora_k: 3 }, { r: 4 }],
  [
    'feedforward_modules',
    'IA3',
    { target_modules: ['k_proj'], feedforward_modules: ['down_proj'] },
    { target_modules: 'all', feedforward_modules: ['down_proj'] },
  ],
  ['r', 'SUPERTUNING', { r: null, lora_alpha: 4 }, { r: null }],
  [
    'cpt_token_ids',
    'CPT',
    { cpt_token_ids: [1, 2], cpt_mask: [1] },
    { cpt_token_ids: [1, 2], cpt_mask: null },
  ],
  [
    'prompt_tuning_init',
    'PROMPT_TUNING',
    { prompt_tuning_init: 'TEXT' },
    { prompt_tuning_init: 'TEXT', tokenizer_name_or_path: 'gpt2' },
  ],
  [
    'tokenizer_kwargs',
    'PROMPT_TUNING',
    { tokenizer_kwargs: { use_fast: true } },
    { tokenizer_kwargs: {} },
  ],
];

function refusedOf(type: string, config: Config): string[] {
  const text = new TextEncoder().encode(JSON.stringify(config));
  const json = parseJson(text, 'python');
  const fields = json.ok ? asObject(json.value) : null;
  return findRefusedPairs(type, fields ?? new Map()).map(({ field }) => field);
}

test.each(CASES)('%s of %s', (field, type, refused, taken) => {
  expect(refusedOf(type, refused)).toEqual([field]);
  expect(refusedOf(type, taken)).toEqual([]);
  // Another type has no such rule.
  expect(refusedOf('XLORA', refused)).toEqual([]);
});
