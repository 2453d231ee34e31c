import { adapterScaleInvalid } from '../../../src/core/checks/loads/adapter-scale-invalid.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const LAYER = 'base_model.model.model.layers.0.self_attn';
const withText = (config: string) => ({
  ...adapterFiles(),
  'adapter_config.json': config,
});
const withFields = (fields: Readonly<Record<string, unknown>>) =>
  withText(adapterConfig({ target_modules: ['q_proj', 'v_proj'], ...fields }));
const withAlpha = (lexeme: string, peftType = 'LORA') =>
  withText(
    adapterConfig({ lora_alpha: undefined, peft_type: peftType }).replace(
      '{',
      `{"lora_alpha":${lexeme},`,
    ),
  );

testCheck(adapterScaleInvalid, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a small scale': withAlpha('1e-3'),
    'the largest of float32': withAlpha('3.4e38'),
    'a type without a scale': withFields({
      lora_alpha: undefined,
      peft_type: 'IA3',
    }),
    'a pattern of numbers': withFields({ alpha_pattern: { q_proj: 16 } }),
    'a scale that the pattern overrules for every target': withFields({
      lora_alpha: 0,
      alpha_pattern: { q_proj: 8, v_proj: 8 },
    }),
    'the identity of OFT with the series switched off': withFields({
      lora_alpha: undefined,
      peft_type: 'OFT',
      r: 0,
      oft_block_size: 4,
      num_cayley_neumann_terms: 0,
      use_cayley_neumann: false,
    }),
    'a scale that PEFT refuses, which another check reports': withAlpha('"8"'),
  },
  found: {
    'a scale of 0': {
      files: withAlpha('0'),
      expect: [
        {
          message: 'nothing',
          severity: 'error',
          path: 'run/adapter_config.json',
          text: /lora_alpha = 0: nothing of what was trained/,
        },
      ],
    },
    'false, which Python takes for 0': {
      files: withAlpha('false'),
      expect: [{ message: 'nothing', text: /lora_alpha = false/ }],
    },
    'a scale that vanishes in float32': {
      files: withAlpha('1e-30'),
      expect: [{ message: 'nothing', text: /lora_alpha = 1e-30/ }],
    },
    'the scale of another type': {
      files: withFields({
        lora_alpha: undefined,
        peft_type: 'FOURIERFT',
        scaling: 0,
      }),
      expect: [{ message: 'nothing', text: /scaling = 0/ }],
    },
    'a series of one term': {
      files: withFields({
        lora_alpha: undefined,
        peft_type: 'OFT',
        r: 0,
        oft_block_size: 4,
        num_cayley_neumann_terms: 1,
      }),
      expect: [{ message: 'nothing', text: /num_cayley_neumann_terms = 1/ }],
    },
    NaN: {
      files: withAlpha('NaN'),
      expect: [
        {
          message: 'notFinite',
          severity: 'error',
          text: /lora_alpha = NaN: the output of the model is no number/,
        },
      ],
    },
    'a number beyond float32': {
      files: withAlpha('1e39'),
      expect: [{ message: 'notFinite', text: /lora_alpha = 1e39/ }],
    },
    'what is divided by 0': {
      files: withFields({
        lora_alpha: undefined,
        peft_type: 'PSOFT',
        psoft_alpha: 0,
      }),
      expect: [{ message: 'notFinite', text: /psoft_alpha = 0/ }],
    },
    'a scale below 0': {
      files: withAlpha('-8'),
      expect: [
        {
          message: 'subtracted',
          severity: 'warning',
          text: /lora_alpha = -8: what was trained is subtracted/,
        },
      ],
    },
    'no scale at all': {
      files: withFields({ lora_alpha: undefined }),
      expect: [
        {
          message: 'unset',
          severity: 'warning',
          text: /does not have lora_alpha; PEFT takes its default for LORA/,
        },
      ],
    },
    'a pattern of 0 for every target': {
      files: withFields({ alpha_pattern: { q_proj: 0, v_proj: 0 } }),
      expect: [
        {
          message: 'patternOfAll',
          severity: 'error',
          text: /alpha_pattern is 0 for every target \(q_proj, v_proj\)/,
        },
      ],
    },
    'a pattern of 0 for some': {
      files: withFields({ alpha_pattern: { q_proj: 0, 'o_.*': -1 } }),
      expect: [
        {
          message: 'patternPart',
          severity: 'warning',
          text: /multiplies by 0 what was trained in modules named q_proj/,
        },
        {
          message: 'patternPart',
          text: /subtracts what was trained in modules named o_\.\*/,
        },
      ],
    },
    'a pattern of no number for a target': {
      files: withFields({ alpha_pattern: { v_proj: 1e39 } }),
      expect: [
        {
          message: 'patternNan',
          severity: 'error',
          text: /no finite number for modules named v_proj/,
        },
      ],
    },
    'a pattern of no number for what may be none': {
      files: withFields({ alpha_pattern: { c_attn: 1e39 } }),
      expect: [{ message: 'patternPart', severity: 'warning' }],
    },
    'a scale of 0 beside a pattern for one of two targets': {
      files: {
        ...withFields({ lora_alpha: 0, alpha_pattern: { q_proj: 8 } }),
        'adapter_model.safetensors': safetensors(
          Object.fromEntries(
            ['q_proj', 'v_proj'].flatMap((name) => [
              [`${LAYER}.${name}.lora_A.weight`, { shape: [2, 8] }],
              [`${LAYER}.${name}.lora_B.weight`, { shape: [8, 2] }],
            ]),
          ),
        ),
      },
      expect: [{ message: 'nothing', text: /lora_alpha = 0/ }],
    },
    'a pattern of 0 for every module of an expression': {
      files: withFields({
        target_modules: '.*_proj',
        alpha_pattern: { q_proj: 0 },
      }),
      expect: [{ message: 'patternOfAll', severity: 'error' }],
    },
    'a scale in whose place the rank counts': {
      files: withAlpha('0', 'ADALORA'),
      expect: [
        {
          message: 'replaced',
          severity: 'warning',
          text: /lora_alpha = 0, which is not above 0: PEFT takes the rank/,
        },
      ],
    },
    'a scale of the low-rank part alone': {
      files: withAlpha('-4', 'SUPERTUNING'),
      expect: [{ message: 'part', severity: 'warning', text: /= -4: the low/ }],
    },
    'a negative scale, of which PiSSA takes the root': {
      files: withFields({ lora_alpha: -4, init_lora_weights: 'pissa_niter_4' }),
      expect: [{ message: 'notFinite', severity: 'error', text: /= -4/ }],
    },
  },
});
