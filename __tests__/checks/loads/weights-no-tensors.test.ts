import { weightsNoTensors } from '../../../src/core/checks/loads/weights-no-tensors.ts';
import {
  adapterConfig,
  adapterFiles,
  modelFiles,
} from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(weightsNoTensors, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a healthy model': modelFiles(),
    'a torch adapter': {
      'adapter_config.json': adapterConfig(),
      'adapter_model.bin': buildTorchZip({
        storages: [new Uint8Array(4)],
      }),
    },
  },
  found: {
    'an empty model': {
      files: { ...modelFiles(), 'model.safetensors': safetensors({}) },
      expect: [{ message: 'noneModel', severity: 'error' }],
    },
    'an empty safetensors adapter': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.safetensors': safetensors({}),
      },
      expect: [
        {
          message: 'none',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /is whole and holds no tensor/,
        },
      ],
    },
    'an empty torch adapter': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.bin': buildTorchZip(),
      },
      expect: [{ message: 'none', path: 'run/adapter_model.bin' }],
    },
  },
});
