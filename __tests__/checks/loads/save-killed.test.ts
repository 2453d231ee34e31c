import { saveKilled } from '../../../src/core/checks/loads/save-killed.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(saveKilled, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a temporary beside whole weights': {
      ...adapterFiles(),
      '.tmpAbC123': 'x',
    },
    'a temporary beside shards of another producer': {
      'checkpoint-4/global_step4/mp_rank_00_model_states.pt': 'x',
      'checkpoint-4/.tmpAbC123': 'x',
    },
    'a hidden file of another name': { 'checkpoint-6/.tmp': 'x' },
  },
  found: {
    'a temporary without weights': {
      files: {
        'checkpoint-6/.tmpAbC123': 'half of it',
        'checkpoint-6/README.md': '',
      },
      expect: [
        {
          message: 'killed',
          severity: 'error',
          path: 'run/checkpoint-6',
          text: /\.tmpAbC123 \(10 bytes\)/,
        },
      ],
    },
    'a temporary beside shards without their index': {
      files: {
        'config.json': '{}',
        'model-00001-of-00002.safetensors': 'x',
        '.tmpAbC123': 'half of it',
      },
      expect: [
        {
          message: 'killedAmongShards',
          severity: 'error',
          path: 'run',
          text: /not complete: 1 shard is there without an index, and \.tmpAbC123 \(10 bytes\)/,
        },
      ],
    },
    'two temporaries': {
      files: {
        'checkpoint-6/.tmpAbC123': 'half of it',
        'checkpoint-6/.tmpxYz789': 'x',
        'checkpoint-6/adapter_config.json': adapterConfig(),
      },
      expect: [
        {
          message: 'killed',
          text: /\.tmpAbC123, \.tmpxYz789 \(11 bytes\)/,
        },
      ],
    },
    'a temporary in a folder of any name': {
      files: { '.tmpAbC123': 'x', 'README.md': '' },
      expect: [{ message: 'killed', path: 'run' }],
    },
  },
});
