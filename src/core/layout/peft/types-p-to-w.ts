import { layer, parameter, type } from './rules.ts';
import { peanutSizes, roadSizes, shiraSizes } from './derived-sizes.ts';
import type { TypeRule } from './rules.ts';

const PSOFT_OPTIONAL = [
  'psoft_R.vector_a r',
  'psoft_R.vector_b r',
  'psoft_A …',
  'psoft_B …',
];
const SOFT_PROMPT = parameter('prompt_embeddings n d');

/** Types whose name begins with P to W. */
export const TYPES_P_TO_W: readonly (readonly [string, TypeRule])[] = [
  [
    'PEANUT',
    type(
      [
        layer(
          ['peanut_A.weight r in', 'peanut_B.weight out r'],
          ['peanut_encoders.#.weight * *', 'peanut_decoders.#.weight * *'],
        ),
      ],
      {
        defaultRank: 32,
        neutral: [{ 'peanut_B.weight': 0 }, { 'peanut_A.weight': 0 }],
        sizes: peanutSizes,
      },
    ),
  ],
  [
    'POLY',
    type(
      [
        layer([
          'poly_lora_A p s * r',
          'poly_lora_B p s r *',
          'poly_router.module_logits t p·s',
        ]),
      ],
      {
        defaultRank: 8,
        fields: { p: 'n_splits=1', s: 'n_skills=4', t: 'n_tasks=1' },
        neutral: [{ poly_lora_B: 0 }, { poly_lora_A: 0 }],
      },
    ),
  ],
  ['PREFIX_TUNING', type([], { prompt: [SOFT_PROMPT] })],
  ['PROMPT_TUNING', type([], { prompt: [SOFT_PROMPT] })],
  [
    'PSOFT',
    type(
      [
        layer(['psoft_R.weight △r'], PSOFT_OPTIONAL),
        // `psoft_orth: false`.
        layer(['psoft_R.weight r r'], PSOFT_OPTIONAL),
      ],
      {
        defaultRank: 32,
        switched: [
          {
            suffix: 'psoft_R.vector_a',
            field: 'psoft_mag_a',
            isOnByDefault: true,
            isAddend: false,
          },
          {
            suffix: 'psoft_R.vector_b',
            field: 'psoft_mag_b',
            isOnByDefault: true,
            isAddend: false,
          },
        ],
        neutral: [
          {
            'psoft_R.weight': 0,
            'psoft_R.vector_a': 1,
            'psoft_R.vector_b': 1,
          },
        ],
      },
    ),
  ],
  [
    'PVERA',
    type([layer(['pvera_lambda_b *', 'pvera_lambda_d 2·r'])], {
      defaultRank: 256,
      shared: layer(['pvera_A 2·r *'], ['pvera_B * r']),
      sharedSwitch: 'save_projection',
      sharedNeutral: [{ pvera_B: 0 }, { pvera_A: 0 }],
      neutral: [{ pvera_lambda_b: 0 }, { pvera_lambda_d: 0 }],
    }),
  ],
  ['P_TUNING', type([], { prompt: [SOFT_PROMPT] })],
  [
    'RANDLORA',
    type(
      [
        layer(
          ['randlora_lambda r k', 'randlora_gamma k *'],
          ['randlora_A r 1 *', 'randlora_B * k r'],
        ),
      ],
      {
        defaultRank: 32,
        shared: layer([], ['randlora_A r 1 *', 'randlora_B * k r']),
        neutral: [
          { randlora_lambda: 0 },
          { randlora_gamma: 0 },
          { randlora_A: 0 },
          { randlora_B: 0 },
        ],
        tied: [
          ['randlora_A', null],
          ['randlora_B', null],
        ],
      },
    ),
  ],
  [
    'ROAD',
    type([layer(['road_theta k', 'road_alpha k'])], {
      neutral: [{ road_alpha: 1, road_theta: 0 }],
      sizes: roadSizes,
    }),
  ],
  [
    'SHADOW',
    type(
      [
        layer(
          ['shadow_down.default.weight r in', 'shadow_up.default.weight out r'],
          [
            'shadow_update_gate.default.#.weight …',
            'shadow_update_gate.default.#.bias …',
            'shadow_update_transform.default.#.weight …',
            'shadow_update_transform.default.#.bias …',
          ],
        ),
      ],
      {
        defaultRank: 8,
        shared: layer([], ['shadow_backbone.default.… …']),
        neutral: [{ 'shadow_up.default.weight': 0 }],
        readsExactKeys: true,
      },
    ),
  ],
  [
    'SHIRA',
    type([layer(['shira_weight n'], ['shira_indices 2 n'])], {
      neutral: [{ shira_weight: 0 }],
      recomputed: ['shira_indices'],
      sizes: shiraSizes,
    }),
  ],
  [
    'SUPERTUNING',
    type(
      [
        layer(
          ['supertuning_values n'],
          [
            'supertuning_indices n',
            'supertuning_lora_A.weight r in',
            'supertuning_lora_B.weight out r',
          ],
        ),
      ],
      {
        fields: { r: 'r' },
        together: [['supertuning_lora_A.weight', 'supertuning_lora_B.weight']],
        neutral: [{ supertuning_values: 0, 'supertuning_lora_B.weight': 0 }],
      },
    ),
  ],
  [
    'TINYLORA',
    type(
      [layer([], ['tinylora_A r in', 'tinylora_B out r', 'tinylora_P u r r'])],
      {
        defaultRank: 2,
        shared: layer(['tinylora_v.# u']),
        fields: { u: 'u=64' },
        neutral: [{ tinylora_A: 0 }, { tinylora_B: 0 }, { tinylora_P: 0 }],
        sharedNeutral: [{ 'tinylora_v.#': 0 }],
        readsExactKeys: true,
      },
    ),
  ],
  [
    'TRAINABLE_TOKENS',
    type([layer(['trainable_tokens_delta n d'])], {
      fields: { n: 'token_indices=0' },
    }),
  ],
  [
    'UNILORA',
    type([], {
      shared: layer(['unilora_theta_d t']),
      fields: { t: 'theta_d_length=256' },
    }),
  ],
  [
    'VBLORA',
    type(
      [
        layer(['vblora_logits_A r * n', 'vblora_logits_B * r n']),
        layer([
          'vblora_logits_A_topk_indices r * *',
          'vblora_logits_A_topk_weights r * *',
          'vblora_logits_B_topk_indices * r *',
          'vblora_logits_B_topk_weights * r *',
        ]),
      ],
      {
        defaultRank: 4,
        shared: layer(['vblora_vector_bank n l']),
        fields: { n: 'num_vectors=256', l: 'vector_length=256' },
        sharedLifeless: [{ vblora_vector_bank: 0 }],
      },
    ),
  ],
  [
    'VERA',
    type([layer(['vera_lambda_b *', 'vera_lambda_d r'])], {
      defaultRank: 256,
      shared: layer(['vera_A r *'], ['vera_B * r']),
      sharedSwitch: 'save_projection',
      neutral: [{ vera_lambda_b: 0 }, { vera_lambda_d: 0 }],
      sharedNeutral: [{ vera_A: 0 }, { vera_B: 0 }],
    }),
  ],
  [
    'WAVEFT',
    type([layer(['waveft_spectrum n'])], {
      fields: { n: 'n_frequency=2592' },
      neutral: [{ waveft_spectrum: 0 }],
    }),
  ],
];
