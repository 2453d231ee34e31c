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
    'a whole checkpoint of a Trainer': {
      ...adapterFiles('checkpoint-2'),
      'checkpoint-2/trainer_state.json': '{}',
    },
    'shards of FSDP beside the training state': {
      'checkpoint-4/pytorch_model_fsdp_0/.metadata': 'x',
      'checkpoint-4/pytorch_model_fsdp_0/__0_0.distcp': 'x',
      'checkpoint-4/trainer_state.json': '{}',
    },
    'weights behind a link that is not followed': {
      ...CONFIG,
      'adapter_model.safetensors': { link: '/elsewhere' },
    },
  },
  found: {
    'a configuration alone': {
      files: CONFIG,
      expect: [
        {
          message: 'adapter',
          severity: 'error',
          path: 'run',
          text: /adapter_model\.safetensors and adapter_model\.bin are not\.$/,
        },
      ],
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
    'two links to nothing': {
      files: {
        ...CONFIG,
        'adapter_model.bin': { link: 'gone', isDangling: true },
        'adapter_model.safetensors': { link: 'gone', isDangling: true },
      },
      expect: [
        {
          message: 'adapter',
          text: /\(adapter_model\.bin, adapter_model\.safetensors are links to nothing\)/,
        },
      ],
    },
    'a checkpoint without weights below a whole one': {
      files: {
        ...adapterFiles(),
        'checkpoint-2/adapter_config.json': adapterConfig(),
      },
      expect: [
        { message: 'adapter', severity: 'error', path: 'run/checkpoint-2' },
      ],
    },
    'a configuration above checkpoints of a run that goes on': {
      files: { ...CONFIG, ...adapterFiles('checkpoint-2') },
      expect: [
        {
          message: 'adapterBeforeEnd',
          severity: 'warning',
          path: 'run',
          text: /without weights, above folders with checkpoints/,
        },
      ],
    },
    'a configuration above checkpoints, beside a link to nothing of another name':
      {
        files: {
          ...CONFIG,
          latest: { link: 'gone', isDangling: true },
          ...adapterFiles('checkpoint-2'),
        },
        expect: [
          { message: 'adapterBeforeEnd', severity: 'warning', path: 'run' },
        ],
      },
    'a model configuration alone': {
      files: { 'config.json': '{}', 'generation_config.json': '{}' },
      expect: [
        {
          message: 'model',
          severity: 'error',
          path: 'run',
          text: /^config\.json is there, model\.safetensors and pytorch_model\.bin .* are not\.$/,
        },
      ],
    },
    'a model configuration that may be a template': {
      files: {
        'templates/config.json': '{}',
        'templates/generation_config.json': '{}',
      },
      expect: [
        {
          message: 'modelTemplate',
          severity: 'warning',
          path: 'run/templates',
        },
      ],
    },
    'the same where a model is expected': {
      files: {
        'final/config.json': '{}',
        'final/generation_config.json': '{}',
      },
      options: { expect: 'model' },
      expect: [{ message: 'model', severity: 'error', path: 'run/final' }],
    },
    'a named adapter without weights': {
      files: {
        ...adapterFiles('checkpoint-6'),
        'checkpoint-6/other/adapter_config.json': adapterConfig(),
      },
      expect: [{ message: 'adapter', path: 'run/checkpoint-6/other' }],
    },
    'one shard without its index': {
      files: {
        'config.json': '{}',
        'model-00001-of-00001.safetensors': 'x',
      },
      expect: [
        {
          message: 'shardsWithoutIndex',
          text: /^1 shard \(model-00001-of-00001\.safetensors\) is there, but/,
        },
      ],
    },
    'shards without their index': {
      files: {
        'config.json': '{}',
        'model-00001-of-00002.safetensors': 'x',
        'model-00002-of-00002.safetensors': 'x',
      },
      expect: [
        {
          message: 'shardsWithoutIndex',
          severity: 'error',
          text: /^2 shards \(model-00001-of-00002\.safetensors, model-00002-of-00002\.safetensors\) are there, but no index/,
        },
      ],
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
    'earlier saves of MLX alone': {
      files: {
        '0000100_adapters.safetensors': 'x',
        '0000200_adapters.safetensors': 'x',
      },
      expect: [
        {
          message: 'mlxFinal',
          severity: 'error',
          text: /^adapters\.safetensors is not there, only 2 earlier saves \(0000100_adapters\.safetensors, /,
        },
      ],
    },
    "accelerate's state without a model": {
      files: {
        'checkpoint_0/optimizer.bin': 'x',
        'checkpoint_0/random_states_0.pkl': 'x',
      },
      expect: [
        {
          message: 'accelerateState',
          text: /\(optimizer\.bin, random_states_0\.pkl\) but no weights/,
        },
      ],
    },
    "the second of accelerate's models alone": {
      files: {
        'checkpoint_0/model_1.safetensors': 'x',
        'checkpoint_0/random_states_0.pkl': 'x',
      },
      expect: [
        {
          message: 'accelerateFirst',
          severity: 'error',
          text: /^model_1\.safetensors is there, model\.safetensors and/,
        },
      ],
    },
    "accelerate's state with an index that load_state does not read": {
      files: {
        'checkpoint_0/model.safetensors.index.json': shardIndex({}),
        'checkpoint_0/random_states_0.pkl': 'x',
      },
      expect: [
        { message: 'accelerateFirst', text: /^model\.safetensors\.index/ },
      ],
    },
    "the shards of FSDP's optimizer alone": {
      files: {
        'checkpoint-4/optimizer_0/.metadata': 'x',
        'checkpoint-4/optimizer_0/__0_0.distcp': 'x',
        'checkpoint-4/trainer_state.json': '{}',
      },
      expect: [
        {
          message: 'fsdpModel',
          severity: 'error',
          text: /^The shards of the optimizer \(optimizer_0\) are there/,
        },
      ],
    },
  },
});
