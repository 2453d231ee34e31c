import { layer, parameter, type } from './rules.ts';
import type { TypeRule } from './rules.ts';

const SOFT_PROMPT = parameter('prompt_embeddings n d');

/** Types whose name begins with M to W. */
export const TYPES_M_TO_W: readonly (readonly [string, TypeRule])[] = [
  ['MISS', type([layer(['miss_block * *'])], { neutral: [{ miss_block: 0 }] })],
  [
    'MULTITASK_PROMPT_TUNING',
    type([], {
      prompt: [
        SOFT_PROMPT,
        parameter('prefix_task_cols t n k'),
        parameter('prefix_task_rows t k d'),
      ],
    }),
  ],
  [
    'OFT',
    type([layer(['oft_R.weight * *'])], { neutral: [{ 'oft_R.weight': 0 }] }),
  ],
  [
    'OSF',
    type([
      layer([
        'osf_svd_params.U_low out k',
        'osf_svd_params.S_low k',
        'osf_svd_params.V_low k in',
      ]),
    ]),
  ],
  [
    'PEANUT',
    type(
      [
        layer(
          ['peanut_A.weight r in', 'peanut_B.weight out r'],
          ['peanut_encoders.#.weight * *', 'peanut_decoders.#.weight * *'],
        ),
      ],
      { defaultRank: 32, neutral: [{ 'peanut_B.weight': 0 }] },
    ),
  ],
  [
    'POLY',
    type(
      [
        layer([
          'poly_lora_A * s * r',
          'poly_lora_B * s r *',
          'poly_router.module_logits * *',
        ]),
      ],
      { defaultRank: 8, neutral: [{ poly_lora_B: 0 }, { poly_lora_A: 0 }] },
    ),
  ],
  ['PREFIX_TUNING', type([], { prompt: [SOFT_PROMPT] })],
  ['PROMPT_TUNING', type([], { prompt: [SOFT_PROMPT] })],
  [
    'PSOFT',
    type(
      [
        layer(
          ['psoft_R.weight *'],
          [
            'psoft_R.vector_a *',
            'psoft_R.vector_b *',
            'psoft_A …',
            'psoft_B …',
          ],
        ),
      ],
      {
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
    type([layer(['pvera_lambda_b *', 'pvera_lambda_d *'])], {
      shared: layer(['pvera_A * *'], ['pvera_B * *']),
      sharedSwitch: 'save_projection',
      neutral: [{ pvera_lambda_b: 0 }, { pvera_lambda_d: 0 }],
    }),
  ],
  ['P_TUNING', type([], { prompt: [SOFT_PROMPT] })],
  [
    'RANDLORA',
    type(
      [
        layer(
          ['randlora_lambda * *', 'randlora_gamma * *'],
          ['randlora_A …', 'randlora_B …'],
        ),
      ],
      {
        shared: layer([], ['randlora_A …', 'randlora_B …']),
        neutral: [{ randlora_lambda: 0 }, { randlora_gamma: 0 }],
      },
    ),
  ],
  [
    'ROAD',
    type([layer(['road_theta k', 'road_alpha k'])], {
      neutral: [{ road_alpha: 1, road_theta: 0 }],
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
      },
    ),
  ],
  [
    'SHIRA',
    type([layer(['shira_weight n'], ['shira_indices 2 n'])], {
      neutral: [{ shira_weight: 0 }],
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
            'supertuning_lora_A.weight k in',
            'supertuning_lora_B.weight out k',
          ],
        ),
      ],
      {
        neutral: [{ supertuning_values: 0, 'supertuning_lora_B.weight': 0 }],
      },
    ),
  ],
  [
    'TINYLORA',
    type([layer([], ['tinylora_A …', 'tinylora_B …', 'tinylora_P …'])], {
      shared: layer(['tinylora_v.# *']),
    }),
  ],
  [
    'TRAINABLE_TOKENS',
    type([layer(['trainable_tokens_delta n d'])], {
      fields: { n: 'token_indices' },
    }),
  ],
  [
    'UNILORA',
    type([], {
      shared: layer(['unilora_theta_d t']),
      fields: { t: 'theta_d_length' },
    }),
  ],
  [
    'VBLORA',
    type(
      [
        layer(['vblora_logits_A * * n', 'vblora_logits_B * * n']),
        layer([
          'vblora_logits_A_topk_indices * * *',
          'vblora_logits_A_topk_weights * * *',
          'vblora_logits_B_topk_indices * * *',
          'vblora_logits_B_topk_weights * * *',
        ]),
      ],
      {
        shared: layer(['vblora_vector_bank n l']),
        fields: { n: 'num_vectors', l: 'vector_length' },
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
    }),
  ],
  [
    'WAVEFT',
    type([layer(['waveft_spectrum n'])], {
      fields: { n: 'n_frequency' },
      neutral: [{ waveft_spectrum: 0 }],
    }),
  ],
];
