import { describe, expect, test } from '@jest/globals';
import { asObject } from '../../../../src/core/formats/json/access.ts';
import { parseJson } from '../../../../src/core/formats/json/parse.ts';
import { findTypeRule } from '../../../../src/core/layout/peft/table.ts';

type Shape = readonly number[];
type Tensors = Readonly<Record<string, Shape | readonly Shape[]>>;
type Config = Readonly<Record<string, unknown>>;

/** What the rule of a type expects instead; `null` for what it takes. */
function expected(type: string, tensors: Tensors, config: Config) {
  const json = parseJson(
    new TextEncoder().encode(JSON.stringify(config)),
    'python',
  );
  const fields = (json.ok ? asObject(json.value) : null) ?? new Map();
  const sizes = findTypeRule(type)?.sizes;
  if (sizes === null || sizes === undefined)
    throw new Error(`no rule: ${type}`);
  const named = Object.entries(tensors).map(([suffix, given]) => {
    const shapes = given.flatMap((one) => (Array.isArray(one) ? [one] : []));
    const own = shapes.length > 0 ? shapes : [given as Shape];
    return [
      suffix,
      own.map((shape) => ({ name: suffix, dtype: 'F32', shape })),
    ] as const;
  });
  const module = { path: 'model.layers.0.q_proj', tensors: new Map(named) };
  const odd = sizes(module, fields);
  return odd === null ? null : `${odd.tensor.name}: ${odd.expected}`;
}

/** As PEFT 0.21.0 saves them: type, tensors, configuration. */
const TAKEN: readonly (readonly [string, string, Tensors, Config])[] = [
  ['ROAD', 'two groups', { road_theta: [64] }, {}],
  [
    'ROAD',
    'a variant',
    { road_theta: [8] },
    { variant: 'road_4', group_size: 4 },
  ],
  ['OFT', 'blocks', { 'oft_R.weight': [4, 6] }, { r: 0, oft_block_size: 4 }],
  [
    'OFT',
    'a number of blocks',
    { 'oft_R.weight': [4, 6] },
    { r: 4, oft_block_size: 0 },
  ],
  [
    'OFT',
    'a block that PEFT takes for one that does not divide the input',
    { 'oft_R.weight': [4, 6] },
    { oft_block_size: 5 },
  ],
  [
    'OFT',
    'one block for all',
    { 'oft_R.weight': [1, 6] },
    { oft_block_size: 8, block_share: true },
  ],
  [
    'OSF',
    'half of the rank',
    { 'osf_svd_params.U_low': [16, 8], 'osf_svd_params.V_low': [8, 16] },
    { effective_rank: null },
  ],
  [
    'OSF',
    'a share of the rank for a module',
    { 'osf_svd_params.U_low': [16, 12], 'osf_svd_params.V_low': [12, 16] },
    { effective_rank: 3, rank_pattern: { q_proj: 0.25 } },
  ],
  [
    'OSF',
    'an expression that is not followed',
    { 'osf_svd_params.U_low': [16, 12], 'osf_svd_params.V_low': [12, 16] },
    { rank_pattern: { 'q_.*': 3 } },
  ],
  [
    'ADAMSS',
    'directions of parts',
    {
      'adamss_A.#': [
        [1, 4],
        [1, 4],
      ],
      'adamss_B.#': [
        [4, 1],
        [12, 1],
      ],
      adamss_newB: [4, 16],
    },
    { r: 4 },
  ],
  ['ADALORA', 'the rank it starts with', { lora_A: [12, 8] }, {}],
  [
    'ADALORA',
    'a rank of its own',
    { lora_A: [3, 8] },
    { init_r: 4, rank_pattern: { q_proj: [true, true, true, false] } },
  ],
  ['SHIRA', 'as many as LoRA', { shira_weight: [64] }, { r: 2 }],
  ['PEANUT', 'no depth', { 'peanut_A.weight': [2, 16] }, { depth: 0 }],
  ['LOKR', 'both whole', { lokr_w1: [4, 4], lokr_w2: [4, 4] }, { r: 2 }],
  [
    'LOKR',
    'both in parts',
    {
      lokr_w1_a: [4, 1],
      lokr_w1_b: [1, 4],
      lokr_w2_a: [4, 1],
      lokr_w2_b: [1, 4],
    },
    { r: 1, decompose_factor: 4, decompose_both: true },
  ],
  [
    'LOKR',
    'a convolution',
    { lokr_w1: [2, 1], lokr_w2: [2, 1, 3, 3] },
    { r: 2 },
  ],
  [
    'LOKR',
    'a convolution in parts, whose columns hold the kernel',
    { lokr_w1: [8, 4], lokr_w2_a: [8, 2], lokr_w2_b: [2, 72] },
    { r: 2 },
  ],
  [
    'LOKR',
    'a core',
    {
      lokr_w1: [8, 8],
      lokr_t2: [2, 2, 3, 3],
      lokr_w2_a: [2, 8],
      lokr_w2_b: [2, 8],
    },
    { r: 2 },
  ],
  ['LOKR', 'a fraction of r', { lokr_w1: [4, 4], lokr_w2: [4, 4] }, { r: 2.5 }],
];

test.each(TAKEN)('%s: %s', (type, _name, tensors, config) => {
  expect(expected(type, tensors, config)).toBeNull();
});

/** What PEFT 0.21.0 refuses, or leaves parts of it out. */
const REFUSED: readonly (readonly [string, string, Tensors, Config])[] = [
  ['ROAD', 'road_theta: a multiple of 32', { road_theta: [8] }, {}],
  [
    'OFT',
    'oft_R.weight: [n, b(b-1)/2] for a whole b',
    { 'oft_R.weight': [6, 4] },
    { oft_block_size: 4 },
  ],
  [
    'OFT',
    'oft_R.weight: [n, 28]',
    { 'oft_R.weight': [4, 6] },
    { oft_block_size: 8 },
  ],
  [
    'OFT',
    'oft_R.weight: [2, *]',
    { 'oft_R.weight': [4, 6] },
    { r: 2, oft_block_size: 0 },
  ],
  [
    'OSF',
    'osf_svd_params.U_low: [out, 13]',
    { 'osf_svd_params.U_low': [16, 8], 'osf_svd_params.V_low': [8, 16] },
    { rank_pattern: { q_proj: 3 } },
  ],
  [
    'ADAMSS',
    'adamss_A.#: [*, 4]',
    {
      'adamss_A.#': [
        [1, 4],
        [4, 1],
      ],
      'adamss_B.#': [[16, 1]],
      adamss_newB: [4, 16],
    },
    { r: 4 },
  ],
  [
    'ADAMSS',
    'adamss_newB: [16, in]',
    {
      'adamss_A.#': [[1, 4]],
      'adamss_B.#': [[16, 1]],
      adamss_newB: [4, 16],
    },
    {},
  ],
  ['ADALORA', 'lora_A: [4, in]', { lora_A: [3, 8] }, { init_r: 4 }],
  [
    'SHIRA',
    'shira_weight: r · (in + out) = 32 · (in + out)',
    { shira_weight: [64] },
    {},
  ],
  [
    'PEANUT',
    'peanut_A.weight: beside 1 encoders and decoders',
    { 'peanut_A.weight': [2, 16] },
    { depth: 1 },
  ],
  [
    'LOKR',
    'lokr_w1: [2, *]',
    { lokr_w1: [4, 4], lokr_w2: [4, 4] },
    { r: 2, decompose_factor: 2 },
  ],
  ['LOKR', 'lokr_w1: [*, 4]', { lokr_w1: [4, 2], lokr_w2: [4, 8] }, { r: 4 }],
  [
    'LOKR',
    'lokr_w2: stored as two of rank r',
    { lokr_w1: [4, 4], lokr_w2: [4, 4] },
    { r: 1 },
  ],
  [
    'LOKR',
    'lokr_w2_a: stored whole',
    { lokr_w1: [4, 4], lokr_w2_a: [4, 1], lokr_w2_b: [1, 4] },
    { r: 8 },
  ],
  [
    'LOKR',
    'lokr_w2_a: stored whole, as r is no whole number',
    { lokr_w1: [4, 4], lokr_w2_a: [4, 1], lokr_w2_b: [1, 4] },
    { r: 1.5 },
  ],
];

test.each(REFUSED)('%s expects %s', (type, words, tensors, config) => {
  expect(expected(type, tensors, config)).toBe(words);
});

/** `factorization` of PEFT 0.21.0 (tuners/lokr/layer.py), the first of the two. */
const FACTORS = [-1, 2, 4, 5, 8, 16];
const FIRST: readonly (readonly [number, readonly number[]])[] = [
  [7, [1, 1, 1, 1, 1, 1]],
  [12, [3, 2, 4, 3, 3, 3]],
  [30, [5, 2, 3, 5, 5, 5]],
  [64, [8, 2, 4, 4, 8, 16]],
  [127, [1, 1, 1, 1, 1, 1]],
  [128, [8, 2, 4, 4, 8, 16]],
  [360, [18, 2, 4, 5, 8, 15]],
  [768, [24, 2, 4, 4, 8, 16]],
  [4096, [64, 2, 4, 4, 8, 16]],
  [11008, [86, 2, 4, 4, 8, 16]],
];

describe('the factors of a side are those of PEFT', () => {
  test.each(FIRST)('%i', (side, firsts) => {
    for (const [at, first] of firsts.entries()) {
      // Two sides alike: only PEFT's own first factor is taken.
      const of = (rows: number) =>
        expected(
          'LOKR',
          { lokr_w1: [rows, rows], lokr_w2: [side / rows, side / rows] },
          { r: side, decompose_factor: FACTORS[at] },
        );
      expect(of(first)).toBeNull();
      expect(of(side)).toBe(`lokr_w1: [${first}, *]`);
    }
  });
});
