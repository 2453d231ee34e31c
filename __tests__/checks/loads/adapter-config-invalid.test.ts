import { adapterConfigInvalid } from '../../../src/core/checks/loads/adapter-config-invalid.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { UNSUPPORTED } from '../cases/unsupported.ts';
import { testCheck } from '../../helpers/test-check.ts';

const withConfig = (config: string) => ({
  ...adapterFiles(),
  'adapter_config.json': config,
});
const withFields = (fields: Readonly<Record<string, unknown>>) =>
  withConfig(adapterConfig(fields));
const withRank = (r: unknown, peftType = 'LORA') =>
  withConfig(adapterConfig({ r, peft_type: peftType }));

testCheck(adapterConfigInvalid, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'no rank, which PEFT sets to its default': withRank(undefined),
    'a rank of 0 where the type takes it': withFields({
      r: 0,
      oft_block_size: 4,
      peft_type: 'OFT',
    }),
    'a fraction where the type takes it': withRank(2.5, 'LOKR'),
    'null where the type takes it': withFields({
      r: null,
      lora_alpha: null,
      peft_type: 'SUPERTUNING',
    }),
    'true where the type takes it': withRank(true, 'HRA'),
    'any rank of an unknown type': withRank(0, 'SUPERLORA'),
    'values that PEFT takes for nothing': withFields({
      exclude_modules: 0,
      layers_pattern: [],
      modules_to_save: false,
      init_lora_weights: null,
      layer_replication: '',
    }),
    'values of the fields of another type': withFields({
      num_virtual_tokens: null,
      boft_dropout: 'none',
    }),
    'a fraction of layers where targets are whole names': withFields({
      target_modules: ['model.layers.0.self_attn.q_proj'],
      layers_to_transform: 2.5,
    }),
    'parameters that no module has': withFields({
      init_lora_weights: 'mica',
      target_parameters: ['mlp.experts.down_proj'],
    }),
    'a pattern of no target': withFields({ rank_pattern: { c_attn: 0 } }),
    'an odd bias that ends as PEFT wants it': withFields({ bias: 'boft_only' }),
    'a repeated key, of which the last counts': withConfig(
      '{"peft_type":"LORA","r":0,"r":2}',
    ),
    'deeper than this tool reads, which proves nothing': withConfig(
      `{"x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    ),
    "MLX's, before its first save": {
      'adapter_config.json': '{"fine_tune_type":"lora","num_layers":2}',
    },
    'NaN, which Python writes': withConfig('{"peft_type":"LORA","x":NaN}'),
  },
  found: {
    "MLX's beside the weights of PEFT": {
      files: withConfig('{"fine_tune_type":"lora","num_layers":2}'),
      expect: [
        {
          message: 'ofMlx',
          severity: 'error',
          text: /is MLX's, the weights beside it \(adapter_model\.safetensors\)/,
        },
      ],
    },
    'an empty file': {
      files: withConfig(''),
      expect: [
        {
          message: 'notJson',
          severity: 'error',
          path: 'run/adapter_config.json',
          text: /is empty/,
        },
      ],
    },
    'a cut file': {
      files: withConfig(adapterConfig().slice(0, 40)),
      expect: [
        {
          message: 'notJson',
          text: /ends in the middle of a value, at byte 40/,
        },
      ],
    },
    'a byte order mark': {
      files: withConfig(`\uFEFF${adapterConfig()}`),
      expect: [{ message: 'notJson', text: /byte order mark/ }],
    },
    'a trailing comma': {
      files: withConfig('{"a":1,}'),
      expect: [{ message: 'notJson', text: /not valid JSON at byte 7/ }],
    },
    'a text': {
      files: withConfig('r = 2'),
      expect: [
        {
          message: 'placeholder',
          path: 'run/adapter_config.json',
          text: /is a text file, not JSON/,
        },
      ],
    },
    'a list': {
      files: withConfig('[]'),
      expect: [
        {
          message: 'notAnObject',
          path: 'run/adapter_config.json',
          text: /JSON but not an object/,
        },
      ],
    },
    'the fake of a diagnostic script': {
      files: withConfig('{"test": "config"}'),
      expect: [
        {
          message: 'noType',
          path: 'run/adapter_config.json',
          text: /no peft_type, only test/,
        },
      ],
    },
    'an empty object': {
      files: withConfig('{}'),
      expect: [{ message: 'noType', text: /nor any other key/ }],
    },
    'a type that is no text': {
      files: withConfig('{"peft_type":null}'),
      expect: [
        {
          message: 'typeNotText',
          path: 'run/adapter_config.json',
          text: /no text but null/,
        },
      ],
    },
    'a rank of 0': {
      files: withRank(0),
      expect: [
        {
          message: 'rank',
          path: 'run/adapter_config.json',
          text: /r = 0, which LORA refuses/,
        },
      ],
    },
    'a negative rank': {
      files: withRank(-2),
      expect: [{ message: 'rank', text: /r = -2/ }],
    },
    'a rank that is a text': {
      files: withRank('2'),
      expect: [{ message: 'rank', text: /r = "2"/ }],
    },
    'a rank that is a list': {
      files: withRank([2]),
      expect: [{ message: 'rank', text: /r = a list/ }],
    },
    'a rank of null': {
      files: withRank(null),
      expect: [{ message: 'rank', text: /r = null/ }],
    },
    'a scale that is a text': {
      files: withFields({ lora_alpha: '8' }),
      expect: [
        {
          message: 'fields',
          severity: 'error',
          path: 'run/adapter_config.json',
          text: /lora_alpha = "8" \(LORA takes a number\)/,
        },
      ],
    },
    'several fields': {
      files: withFields({ bias: 'some', task_type: 'CAUSAL', lora_dropout: 2 }),
      expect: [
        {
          message: 'fields',
          text: /task_type = "CAUSAL" .* bias = "some" .* lora_dropout = 2 \(LORA takes a number up to 1\)/,
        },
      ],
    },
    'a number of targets': {
      files: withFields({ target_modules: 7 }),
      expect: [{ message: 'fields', text: /a pattern or a list of names/ }],
    },
    'a rank of a target': {
      files: withFields({ rank_pattern: { q_proj: 0 } }),
      expect: [{ message: 'fields', text: /rank_pattern\.q_proj = 0/ }],
    },
    'a missing field that has no default': {
      files: withFields({
        peft_type: 'PROMPT_TUNING',
        num_virtual_tokens: undefined,
      }),
      expect: [
        {
          message: 'fields',
          text: /has no num_virtual_tokens \(PROMPT_TUNING takes a value\)/,
        },
      ],
    },
    'two fields that exclude each other': {
      files: withFields({
        target_modules: '.*_proj',
        layers_to_transform: [0],
      }),
      expect: [
        {
          message: 'fields',
          text: /layers_to_transform = a list \(LORA takes null where target_modules is a text\)/,
        },
      ],
    },
    ...UNSUPPORTED,
    'a rank of true': {
      files: withRank(true),
      expect: [{ message: 'rank', text: /r = true/ }],
    },
  },
});
