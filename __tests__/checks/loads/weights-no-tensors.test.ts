import { weightsNoTensors } from '../../../src/core/checks/loads/weights-no-tensors.ts';
import {
  adapterConfig,
  adapterFiles,
  modelFiles,
} from '../../builders/checkpoint.ts';
import { global, pickle, stateDict, tensor } from '../../builders/pickle.ts';
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
        pickle: stateDict({ 'a.lora_A.weight': tensor({ shape: [2, 4] }) }),
        storages: [new Uint8Array(32)],
      }),
    },
    'a torch file whose pickle is refused, which is another check': {
      'adapter_config.json': adapterConfig(),
      'adapter_model.bin': buildTorchZip({
        pickle: stateDict({ a: global('os', 'system') }),
      }),
    },
    'a torch file of a list, which is another check': {
      'adapter_config.json': adapterConfig(),
      'adapter_model.bin': buildTorchZip({
        pickle: pickle([0x80, 2, 0x5d, 0x2e]),
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
