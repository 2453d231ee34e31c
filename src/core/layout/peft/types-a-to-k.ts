import { layer, parameter, type } from './rules.ts';
import { adaloraSizes, adamssSizes } from './derived-sizes.ts';
import type { TypeRule } from './rules.ts';

const SOFT_PROMPT = parameter('prompt_embeddings n d');

/** The five paths of GLoRA, each low-rank, a vector, a number or nothing. */
const GLORA_PATHS = ['A', 'B', 'C', 'D', 'E'];

/** Types whose name begins with A to K. */
export const TYPES_A_TO_K: readonly (readonly [string, TypeRule])[] = [
  [
    'ADALORA',
    type([layer(['lora_A k in', 'lora_B out k', 'lora_E k 1'])], {
      neutral: [{ lora_E: 0 }, { lora_A: 0 }, { lora_B: 0 }],
      sizes: adaloraSizes,
    }),
  ],
  [
    'ADAMSS',
    type([layer(['adamss_A.# * *', 'adamss_B.# * *'], ['adamss_newB * *'])], {
      neutral: [{ 'adamss_B.#': 0 }, { 'adamss_A.#': 0 }, { adamss_newB: 0 }],
      recomputed: ['adamss_newB'],
      sizes: adamssSizes,
    }),
  ],
  [
    'ADAPTION_PROMPT',
    type([layer(['adaption_prompt 1 n d', 'adaption_gate 1'])], {
      fields: { n: 'adapter_len' },
      neutral: [{ adaption_gate: 0 }, { adaption_prompt: 0 }],
      readsExactKeys: true,
    }),
  ],
  ['BEFT', type([layer(['beft_bias 1 *'])], { neutral: [{ beft_bias: 0 }] })],
  [
    'BOFT',
    type([layer(['boft_R * n b b', 'boft_s out 1'])], {
      fields: {
        b: 'boft_block_size=4',
        n: 'boft_block_num',
      },
      // What is symmetric rotates by nothing.
      neutral: [
        { boft_R: 0, boft_s: 1 },
        { boft_R: 1, boft_s: 1 },
      ],
    }),
  ],
  [
    'C3A',
    type([layer(['c3a_kernel * * b'])], {
      fields: { b: 'block_size=256' },
      neutral: [{ c3a_kernel: 0 }],
    }),
  ],
  ['CARTRIDGE', type([], { prompt: [SOFT_PROMPT] })],
  ['CPT', type([], { prompt: [SOFT_PROMPT] })],
  [
    'DEFT',
    type([layer(['deft_P out r', 'deft_R r in'])], {
      defaultRank: 8,
      lifeless: [{ deft_P: 0 }],
    }),
  ],
  [
    'DELORA',
    type(
      [
        layer(
          ['delora_A r in', 'delora_B out r', 'delora_lambda 1'],
          ['delora_w_norm in'],
        ),
      ],
      {
        defaultRank: 8,
        neutral: [{ delora_B: 0 }, { delora_A: 0 }, { delora_lambda: 0 }],
        lifeless: [{ delora_w_norm: 0 }],
        recomputed: ['delora_w_norm'],
      },
    ),
  ],
  [
    'FOURIERFT',
    type([layer(['fourierft_spectrum n'])], {
      fields: { n: 'n_frequency=1000' },
      neutral: [{ fourierft_spectrum: 0 }],
    }),
  ],
  [
    'FROD',
    type([layer(['frod_lambda_l *', 'frod_lambda_s_values *'])], {
      shared: layer([
        'frod_V.… d d',
        'frod_s_indices.… 2 n',
        'frod_s_size.… 2',
      ]),
      sharedSwitch: 'save_projection',
      // Beside the diagonal, which starts as that of the base.
      neutral: [{ frod_lambda_s_values: 0 }],
    }),
  ],
  [
    'GLORA',
    type(
      [
        layer(
          [],
          GLORA_PATHS.flatMap((path) => [
            `glora_${path}.Xd * r`,
            `glora_${path}.Xu r *`,
            `glora_${path}.X …`,
            `glora_${path}.zeros …`,
          ]),
        ),
      ],
      {
        defaultRank: 8,
        together: GLORA_PATHS.map((path) => [
          `glora_${path}.Xd`,
          `glora_${path}.Xu`,
        ]),
        neutral: [
          Object.fromEntries(
            GLORA_PATHS.flatMap((path) =>
              ['Xd', 'X', 'zeros'].map((part) => [`glora_${path}.${part}`, 0]),
            ),
          ),
        ],
      },
    ),
  ],
  [
    'GRALORA',
    type(
      [
        layer(
          ['gralora_A k * r', 'gralora_B k r *'],
          ['gralora_A_general.weight h *', 'gralora_B_general.weight * h'],
        ),
      ],
      {
        defaultRank: 32,
        fields: { k: 'gralora_k=2', h: 'hybrid_r' },
        together: [['gralora_A_general.weight', 'gralora_B_general.weight']],
        neutral: [
          { gralora_B: 0, 'gralora_B_general.weight': 0 },
          { gralora_A: 0, 'gralora_A_general.weight': 0 },
        ],
      },
    ),
  ],
  [
    'HIRA',
    type(
      [
        layer(['hira_A r in …', 'hira_B out r …']),
        layer(['hira_embedding_A r v', 'hira_embedding_B d r']),
      ],
      {
        defaultRank: 32,
        neutral: [
          { hira_B: 0, hira_embedding_A: 0 },
          { hira_A: 0, hira_embedding_B: 0 },
        ],
        hasRankPattern: false,
      },
    ),
  ],
  [
    'HRA',
    type([layer(['hra_u in r'])], {
      defaultRank: 8,
      neutralPairs: 'hra_u',
    }),
  ],
  [
    'IA3',
    type(
      [
        layer(['ia3_l 1 in'], [], { namedBy: 'feedforward_modules' }),
        layer(['ia3_l out 1']),
        // Convolutions.
        layer(['ia3_l 1 * 1 1 …'], [], { namedBy: 'feedforward_modules' }),
        layer(['ia3_l 1 * 1 1 …']),
      ],
      { neutral: [{ ia3_l: 1 }] },
    ),
  ],
];
