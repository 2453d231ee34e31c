import { weightsMissing } from '../../../src/core/checks/loads/weights-missing.ts';
import {
  adapterConfig,
  adapterFiles,
  shardIndex,
} from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const CONFIG = { 'adapter_config.json': adapterConfig() };

testCheck(weightsMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a torch adapter': { ...CONFIG, 'adapter_model.bin': 'x' },
    'a sharded model': {
      'config.json': '{}',
      'model.safetensors.index.json': shardIndex({}),
    },
    'a killed save, which is another check': {
      ...CONFIG,
      '.tmpAbC123': 'x',
    },
    "MLX's own adapter_config.json": {
      'adapter_config.json': '{"fine_tune_type":"lora"}',
      'adapters.safetensors': 'x',
    },
    'shards of ZeRO-3 beside the configuration': {
      'checkpoint-4/adapter_config.json': adapterConfig(),
      'checkpoint-4/global_step4/zero_pp_rank_0_mp_rank_00_model_states.pt':
        'x',
    },
    'weights behind a link that is not followed': {
      ...CONFIG,
      'adapter_model.safetensors': { link: '/elsewhere' },
    },
  },
  found: {
    'a configuration alone': {
      files: CONFIG,
      expect: [{ message: 'adapter', severity: 'error', path: 'run' }],
    },
    'a link to nothing': {
      files: {
        ...CONFIG,
        'adapter_model.safetensors': { link: 'gone', isDangling: true },
      },
      expect: [
        {
          message: 'adapter',
          text: /\(adapter_model\.safetensors is a link to nothing\)/,
        },
      ],
    },
    'a configuration above checkpoints of a run that goes on': {
      files: { ...CONFIG, ...adapterFiles('checkpoint-2') },
      expect: [{ message: 'adapterBeforeEnd', severity: 'warning' }],
    },
    'a model configuration alone': {
      files: { 'config.json': '{}', 'generation_config.json': '{}' },
      expect: [{ message: 'model', severity: 'error' }],
    },
    'shards without their index': {
      files: {
        'config.json': '{}',
        'model-00001-of-00002.safetensors': 'x',
        'model-00002-of-00002.safetensors': 'x',
      },
      expect: [{ message: 'shardsWithoutIndex', text: /2 shards/ }],
    },
    'what a rotation left': {
      files: {
        'checkpoint-2/rng_state.pth': 'x',
        ...adapterFiles('checkpoint-6'),
      },
      expect: [
        {
          message: 'trainerState',
          path: 'run/checkpoint-2',
          text: /rng_state\.pth/,
        },
      ],
    },
  },
});
