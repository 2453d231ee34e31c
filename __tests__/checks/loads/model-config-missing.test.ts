import { modelConfigMissing } from '../../../src/core/checks/loads/model-config-missing.ts';
import { modelFiles } from '../../builders/checkpoint.ts';
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
  },
  found: {
    'a bare state dict': {
      files: WEIGHTS,
      expect: [{ message: 'bare', severity: 'warning', path: 'run' }],
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
    'siblings that have it': {
      files: { ...modelFiles('checkpoint-2'), ...inFolder('checkpoint-4') },
      expect: [
        {
          message: 'lost',
          path: 'run/checkpoint-4',
          text: /run\/checkpoint-2 has one/,
        },
      ],
    },
  },
});
