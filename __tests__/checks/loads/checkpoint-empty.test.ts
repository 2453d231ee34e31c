import { checkpointEmpty } from '../../../src/core/checks/loads/checkpoint-empty.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(checkpointEmpty, {
  clean: {
    'a healthy checkpoint': adapterFiles('checkpoint-6'),
    'weights of no known name': { 'checkpoint-6/my_model.pt': 'x' },
    'weights deeper down': { 'checkpoint-6/actor/deep/model.pt': 'x' },
    'a folder that wraps the checkpoint': adapterFiles('checkpoint-6/merged'),
    'training state without weights, which is another check': {
      'checkpoint-6/rng_state.pth': 'x',
    },
    'a killed save, which is another check': {
      'checkpoint-6/.tmpAbC123': 'x',
    },
    'a folder that could not be listed': {
      'checkpoint-6': { unlisted: 'EACCES' },
    },
    'an empty folder of another name': { logs: null, ...adapterFiles() },
    'shards of another producer': {
      'checkpoint-4/global_step4/mp_rank_00_model_states.pt': 'x',
    },
  },
  found: {
    'an empty folder': {
      files: { 'checkpoint-6': null },
      expect: [
        {
          message: 'empty',
          severity: 'error',
          path: 'run/checkpoint-6',
          text: /is empty.*adapter_config\.json/,
        },
      ],
    },
    'a stray file': {
      files: { 'checkpoint-100/test.txt': 'test' },
      expect: [{ message: 'foreign', text: /1 entry \(test\.txt\)/ }],
    },
    'an empty folder among states of accelerate': {
      files: {
        'checkpoints/checkpoint_0/model.safetensors': 'x',
        'checkpoints/checkpoint_0/random_states_0.pkl': 'x',
        'checkpoints/checkpoint_1': null,
      },
      expect: [
        {
          message: 'ofAccelerate',
          text: /is empty\. It lacks what save_state of accelerate writes/,
        },
      ],
    },
    'more files than a message names': {
      files: {
        'checkpoint-100/a.txt': '',
        'checkpoint-100/b.txt': '',
        'checkpoint-100/c/d.txt': '',
        'checkpoint-100/e.txt': '',
      },
      expect: [
        {
          message: 'foreign',
          text: /4 entries \(a\.txt, b\.txt, c\/ and 1 more\)/,
        },
      ],
    },
  },
});
