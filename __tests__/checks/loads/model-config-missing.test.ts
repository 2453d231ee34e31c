import { modelConfigMissing } from '../../../src/core/checks/loads/model-config-missing.ts';
import { modelFiles, shardIndex } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const WEIGHTS = {
  'model.safetensors': safetensors({ weight: { shape: [2] } }),
};
const inFolder = (folder: string) => ({
  [`${folder}/model.safetensors`]: WEIGHTS['model.safetensors'],
});

testCheck(modelConfigMissing, {
  clean: {
    'a healthy model': modelFiles(),
    'an adapter': { 'adapter_model.safetensors': 'x' },
    'a configuration behind a link that is not followed': {
      ...WEIGHTS,
      'config.json': { link: '/elsewhere' },
    },
  },
  found: {
    'a bare state dict': {
      files: WEIGHTS,
      expect: [
        {
          message: 'bare',
          severity: 'warning',
          path: 'run',
          text: /^model\.safetensors is there, config\.json is not: a bare state dict/,
        },
      ],
    },
    'a bare state dict where a model is expected': {
      files: WEIGHTS,
      options: { expect: 'model' },
      expect: [{ message: 'lost', severity: 'error', text: /was expected/ }],
    },
    'a generation_config.json without it': {
      files: { ...WEIGHTS, 'generation_config.json': '{}' },
      expect: [{ message: 'lost', text: /generation_config\.json/ }],
    },
    'bare state dicts below a root that other code saved': {
      files: { ...modelFiles(), ...inFolder('checkpoint-4') },
      expect: [
        { message: 'bare', severity: 'warning', path: 'run/checkpoint-4' },
      ],
    },
    'a bare state dict beside a merged export': {
      files: { ...modelFiles('merged'), ...inFolder('checkpoint-4') },
      expect: [
        { message: 'bare', severity: 'warning', path: 'run/checkpoint-4' },
      ],
    },
    'a bare state dict at a root above whole models': {
      files: { ...WEIGHTS, ...modelFiles('checkpoint-4') },
      expect: [{ message: 'bare', severity: 'warning', path: 'run' }],
    },
    'an index of shards without it': {
      files: {
        'model.safetensors.index.json': shardIndex({ a: 'one.safetensors' }),
        'one.safetensors': 'x',
      },
      expect: [
        { message: 'bare', text: /^model\.safetensors\.index\.json is there/ },
      ],
    },
    'siblings that have it': {
      files: { ...modelFiles('checkpoint-2'), ...inFolder('checkpoint-4') },
      expect: [
        {
          message: 'lost',
          severity: 'error',
          path: 'run/checkpoint-4',
          text: /run\/checkpoint-2 has one/,
        },
      ],
    },
  },
});
