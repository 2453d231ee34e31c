import { shardStale } from '../../../src/core/checks/loads/shard-stale.ts';
import { shardIndex } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const ONE = safetensors({ a: { shape: [2] } });
const TWO = safetensors({ b: { shape: [2] } });
const INDEX = 'model.safetensors.index.json';
const MODEL = {
  'config.json': '{}',
  'model-00001-of-00002.safetensors': ONE,
  'model-00002-of-00002.safetensors': TWO,
  [INDEX]: shardIndex({
    a: 'model-00001-of-00002.safetensors',
    b: 'model-00002-of-00002.safetensors',
  }),
};

testCheck(shardStale, {
  clean: {
    'a model in shards': MODEL,
    'a model in one file': { 'config.json': '{}', 'model.safetensors': ONE },
    'shards of the other format, which is another check': {
      ...MODEL,
      'pytorch_model-00001-of-00003.bin': 'x',
    },
    'weights of another name': { ...MODEL, 'consolidated.safetensors': ONE },
    'shards with names of their own': {
      'config.json': '{}',
      'one.safetensors': ONE,
      [INDEX]: shardIndex({ a: 'one.safetensors' }),
    },
    'a shard that the index names and that is not there, which is another check':
      {
        'config.json': '{}',
        'model-00001-of-00002.safetensors': ONE,
        [INDEX]: MODEL[INDEX],
      },
    'an index that is broken, which is another check': {
      ...MODEL,
      [INDEX]: '{',
    },
    'an index that was left beside one file': {
      'config.json': '{}',
      'model.safetensors': ONE,
      [INDEX]: MODEL[INDEX],
    },
    'no index, which is another check': {
      'config.json': '{}',
      'model-00001-of-00002.safetensors': ONE,
    },
  },
  found: {
    'a shard of an older save': {
      files: { ...MODEL, 'model-00001-of-00003.safetensors': ONE },
      expect: [
        {
          message: 'unnamed',
          severity: 'notice',
          text: /^1 shard that model\.safetensors\.index\.json does not name lies in the folder: model-00001-of-00003\.safetensors\.$/,
        },
      ],
    },
    'torch shards of an older save': {
      files: {
        'config.json': '{}',
        'pytorch_model-00001-of-00001.bin': 'x',
        'pytorch_model-00001-of-00002.bin': 'x',
        'pytorch_model-00002-of-00002.bin': 'x',
        'pytorch_model.bin.index.json': shardIndex({
          a: 'pytorch_model-00001-of-00001.bin',
        }),
      },
      expect: [{ message: 'unnamed', text: /^2 shards .* lie in the folder/ }],
    },
    'shards beside one file': {
      files: { ...MODEL, 'model.safetensors': ONE },
      expect: [
        {
          message: 'besideSingle',
          severity: 'notice',
          text: /^model\.safetensors is what transformers reads; 2 shards beside it are passed over/,
        },
      ],
    },
    'an index without the last shard': {
      files: {
        'config.json': '{}',
        'model-00001-of-00002.safetensors': ONE,
        [INDEX]: shardIndex({ a: 'model-00001-of-00002.safetensors' }),
      },
      expect: [
        {
          message: 'countDiffers',
          severity: 'warning',
          text: /names 1 shard, and their names say that there are 2\.$/,
        },
      ],
    },
  },
});
