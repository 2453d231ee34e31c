import { layer, parameter, type } from './rules.ts';
import { oftSizes, osfSizes } from './derived-sizes.ts';
import { lokrSizes } from './lokr-sizes.ts';
import type { TypeRule } from './rules.ts';

/** The first matrix is a product, too. */
const BOTH = 'decompose_both';
/** Of convolutions with a core tensor between the two matrices. */
const CORE = 'use_effective_conv2d';
const SOFT_PROMPT = parameter('prompt_embeddings n d');
/** What KaSA, VeLoRA and MonteCLoRA add to LoRA (peft/tuners/lora/variants.py). */
const OF_VARIANTS = [
  'lora_diag r',
  'lora_velora_embed …',
  'lora_monteclora_sampler.expert_weights *',
  'lora_monteclora_sampler.expert_weights_prior *',
  'lora_monteclora_sampler.gaussian_var_prior * *',
  'lora_monteclora_sampler.std_prior *',
];

/** Types whose name begins with L to O. */
export const TYPES_L_TO_O: readonly (readonly [string, TypeRule])[] = [
  [
    'LILY',
    type(
      [
        layer([
          'lily_A.weight r in',
          'lily_B.weight n·r out',
          'lily_router.weight n r',
        ]),
      ],
      {
        defaultRank: 32,
        fields: { n: 'num_B=2' },
        neutral: [{ 'lily_B.weight': 0 }, { 'lily_A.weight': 0 }],
        tied: [
          ['lily_A.weight', 'stride_A'],
          ['lily_B.weight', null],
        ],
      },
    ),
  ],
  [
    'LN_TUNING',
    type([layer(['ln_tuning_layers.weight *'], ['ln_tuning_layers.bias *'])]),
  ],
  [
    'LOHA',
    type(
      [
        layer([
          'hada_w1_a out r',
          'hada_w1_b r in',
          'hada_w2_a out r',
          'hada_w2_b r in',
        ]),
        layer(
          [
            'hada_t1 r r …',
            'hada_w1_a r out',
            'hada_w1_b r in',
            'hada_t2 r r …',
            'hada_w2_a r out',
            'hada_w2_b r in',
          ],
          [],
          { onlyWith: [CORE] },
        ),
      ],
      {
        defaultRank: 8,
        neutral: [
          { hada_w2_b: 0 },
          { hada_w1_a: 0 },
          { hada_w1_b: 0 },
          { hada_w2_a: 0 },
          { hada_t1: 0 },
          { hada_t2: 0 },
        ],
      },
    ),
  ],
  [
    'LOKR',
    type(
      [
        layer(['lokr_w1 * *', 'lokr_w2 …']),
        layer(['lokr_w1 * *', 'lokr_w2_a * r', 'lokr_w2_b r …']),
        layer(
          ['lokr_w1 * *', 'lokr_w2_a r *', 'lokr_w2_b r *', 'lokr_t2 r r …'],
          [],
          { onlyWith: [CORE] },
        ),
        layer(['lokr_w1_a * r', 'lokr_w1_b r *', 'lokr_w2 * * …'], [], {
          onlyWith: [BOTH],
        }),
        layer(
          ['lokr_w1_a * r', 'lokr_w1_b r *', 'lokr_w2_a * r', 'lokr_w2_b r …'],
          [],
          { onlyWith: [BOTH] },
        ),
        layer(
          [
            'lokr_w1_a * r',
            'lokr_w1_b r *',
            'lokr_w2_a r *',
            'lokr_w2_b r *',
            'lokr_t2 r r …',
          ],
          [],
          { onlyWith: [BOTH, CORE] },
        ),
      ],
      {
        defaultRank: 8,
        neutral: [
          { lokr_w1: 0, lokr_w1_a: 0 },
          { lokr_w1: 0, lokr_w1_b: 0 },
          { lokr_w2: 0, lokr_w2_b: 0 },
          { lokr_w2: 0, lokr_w2_a: 0 },
          { lokr_t2: 0 },
        ],
        sizes: lokrSizes,
      },
    ),
  ],
  [
    'LORA',
    type(
      [
        layer(
          ['lora_A.weight r in', 'lora_B.weight out r'],
          ['lora_B.bias out', 'lora_magnitude_vector out', ...OF_VARIANTS],
        ),
        // Convolutions.
        layer(
          ['lora_A.weight r in * …', 'lora_B.weight out r * …'],
          ['lora_B.bias out', 'lora_magnitude_vector …'],
        ),
        layer(
          ['lora_embedding_A r v', 'lora_embedding_B d r'],
          ['lora_magnitude_vector …'],
        ),
      ],
      {
        defaultRank: 8,
        switched: [
          {
            suffix: 'lora_magnitude_vector',
            field: 'use_dora',
            isOnByDefault: false,
            isAddend: false,
          },
          {
            suffix: 'lora_B.bias',
            field: 'lora_bias',
            isOnByDefault: false,
            isAddend: true,
          },
        ],
        neutral: [
          { 'lora_B.weight': 0, 'lora_B.bias': 0, lora_embedding_A: 0 },
          { 'lora_A.weight': 0, 'lora_B.bias': 0, lora_embedding_B: 0 },
        ],
      },
    ),
  ],

  [
    'MISS',
    type(
      [
        layer(['miss_block r *']),
        // `init_weights: bat`.
        layer(['miss_block * r r']),
      ],
      { defaultRank: 64, neutral: [{ miss_block: 0 }] },
    ),
  ],
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
    // PEFT takes a block near to the configuration's where that divides no size.
    type([layer(['oft_R.weight * *'])], {
      neutral: [{ 'oft_R.weight': 0 }],
      sizes: oftSizes,
    }),
  ],
  [
    'OSF',
    type(
      [
        layer([
          'osf_svd_params.U_low out k',
          'osf_svd_params.S_low k',
          'osf_svd_params.V_low k in',
        ]),
      ],
      { sizes: osfSizes },
    ),
  ],
];
