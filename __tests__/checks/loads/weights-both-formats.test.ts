import { weightsBothFormats } from '../../../src/core/checks/loads/weights-both-formats.ts';
import { adapterFiles, modelFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(weightsBothFormats, {
  clean: {
    'an adapter': adapterFiles(),
    'a model': modelFiles(),
    'a torch adapter': { 'adapter_model.bin': 'x' },
    'an adapter with state that ends in .bin': {
      ...adapterFiles(),
      'training_args.bin': 'x',
    },
  },
  found: {
    'an adapter in both': {
      files: { ...adapterFiles(), 'adapter_model.bin': 'x' },
      expect: [
        {
          message: 'both',
          severity: 'notice',
          text: /takes adapter_model\.safetensors/,
        },
      ],
    },
    'a model in both': {
      files: { ...modelFiles(), 'pytorch_model.bin': 'x' },
      expect: [{ message: 'both', text: /takes model\.safetensors/ }],
    },
  },
});
