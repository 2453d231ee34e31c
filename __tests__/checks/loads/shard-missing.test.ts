import { shardMissing } from '../../../src/core/checks/loads/shard-missing.ts';
import { modelFiles, shardIndex } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const MODEL = {
  'config.json': '{}',
  'one.safetensors': safetensors({ a: { shape: [2] }, b: { shape: [2] } }),
  'two.safetensors': safetensors({ c: { shape: [2] } }),
};
const indexed = (weightMap: Readonly<Record<string, string>>) => ({
  ...MODEL,
  'model.safetensors.index.json': shardIndex(weightMap),
});
const WHOLE = {
  a: 'one.safetensors',
  b: 'one.safetensors',
  c: 'two.safetensors',
};

testCheck(shardMissing, {
  clean: {
    'a whole model': indexed(WHOLE),
    'a model in one file': modelFiles(),
    'an index that is broken, which is another check': {
      ...MODEL,
      'model.safetensors.index.json': '{',
    },
    'an index beside a whole model, which is not read': {
      ...modelFiles(),
      'model.safetensors.index.json': shardIndex({ a: 'gone.safetensors' }),
    },
  },
  found: {
    'one shard of three': {
      files: indexed({
        ...WHOLE,
        d: 'three.safetensors',
        e: 'three.safetensors',
      }),
      expect: [
        {
          message: 'missing',
          severity: 'error',
          text: /names 3 shards, of which 1 is missing with 2 tensors: three\.safetensors/,
        },
      ],
    },
    'torch shards': {
      files: {
        'config.json': '{}',
        'pytorch_model.bin.index.json': shardIndex({ a: 'x.bin', b: 'y.bin' }),
      },
      expect: [{ message: 'missing', text: /2 are missing/ }],
    },
  },
});
