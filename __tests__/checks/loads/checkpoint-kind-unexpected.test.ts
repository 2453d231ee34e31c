import { checkpointKindUnexpected } from '../../../src/core/checks/loads/checkpoint-kind-unexpected.ts';
import { adapterFiles, modelFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(checkpointKindUnexpected, {
  clean: {
    'anything where nothing is declared': {
      ...adapterFiles('a'),
      ...modelFiles('b'),
    },
  },
  found: {
    'a model where an adapter is declared': {
      files: modelFiles(),
      options: { expect: 'adapter' },
      expect: [
        {
          message: 'other',
          severity: 'error',
          text: /Expected an adapter, found a full model/,
        },
      ],
    },
    'an adapter where a model is declared': {
      files: adapterFiles(),
      options: { expect: 'model' },
      expect: [
        { message: 'other', text: /Expected a full model, found an adapter/ },
      ],
    },
    'shards only': {
      files: { 'checkpoint-4/global_step4/mp_rank_00_model_states.pt': 'x' },
      options: { expect: 'adapter' },
      expect: [{ message: 'shards', text: /DeepSpeed ZeRO/ }],
    },
    'nothing wrong, and nothing known': {
      files: { 'checkpoint-4/my.pt': 'x', ...adapterFiles('checkpoint-6') },
      options: { expect: 'adapter' },
      expect: [],
    },
  },
});
