import { STRAYS_MAX } from '../../../src/core/bytes/limits.ts';
import { indexTensorMisplaced } from '../../../src/core/checks/loads/index-tensor-misplaced.ts';
import { shardIndex } from '../../builders/checkpoint.ts';
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

testCheck(indexTensorMisplaced, {
  clean: {
    'a whole model': indexed(WHOLE),
    'an index that is broken, which is another check': {
      ...MODEL,
      'model.safetensors.index.json': '{',
    },
    'a model with a shard missing, which is another check': indexed({
      ...WHOLE,
      d: 'three.safetensors',
    }),
    'a broken shard, which is another check': {
      ...indexed({ ...WHOLE, d: 'two.safetensors' }),
      'one.safetensors': 'text',
    },
    'a stale shard that the index does not name': {
      ...indexed(WHOLE),
      'old.safetensors': safetensors({ a: { shape: [2] } }),
    },
    'torch shards, which are not read': {
      'config.json': '{}',
      'pytorch_model.bin.index.json': shardIndex({ a: 'x.bin' }),
      'x.bin': 'x',
    },
  },
  found: {
    'a tensor that no shard holds': {
      files: indexed({ ...WHOLE, d: 'one.safetensors' }),
      expect: [
        {
          message: 'absent',
          severity: 'error',
          text: /^model\.safetensors\.index\.json names 1 tensor that no shard holds: d\.$/,
        },
      ],
    },
    'the wrong shard for a tensor': {
      files: indexed({ ...WHOLE, b: 'two.safetensors' }),
      expect: [
        {
          message: 'wrongShard',
          severity: 'warning',
          text: /names the wrong shard for 1 tensor: b\.$/,
        },
      ],
    },
    'a tensor in two shards': {
      files: {
        ...indexed(WHOLE),
        'two.safetensors': safetensors({
          a: { shape: [2] },
          c: { shape: [2] },
        }),
      },
      expect: [
        {
          message: 'twice',
          severity: 'warning',
          text: /^1 tensor stands in more than one shard: a\./,
        },
      ],
    },
    'a tensor that the index does not name': {
      files: indexed({ a: 'one.safetensors', c: 'two.safetensors' }),
      expect: [
        {
          message: 'unnamed',
          severity: 'warning',
          text: /^1 tensor in the shards is not in model\.safetensors\.index\.json: b\.$/,
        },
      ],
    },
    'more tensors that the index does not name than are kept': {
      files: {
        ...indexed({ ...WHOLE, absent: 'two.safetensors' }),
        'two.safetensors': safetensors({
          ...Object.fromEntries(
            Array.from({ length: STRAYS_MAX + 1 }, (_, at) => [
              `t${at}`,
              { shape: [0] },
            ]),
          ),
          // Of the index: these are told however many there are before them.
          a: { shape: [2] },
          c: { shape: [2] },
        }),
      },
      expect: [
        { message: 'absent', severity: 'error', text: /: absent\.$/ },
        { message: 'twice', severity: 'warning', text: /^1 tensor .*: a\.$/ },
        {
          message: 'unnamedMany',
          severity: 'warning',
          text: /^More than 20,000 tensors in the shards are not in .*: t0, t1, t2 and more\.$/,
        },
      ],
    },
  },
});
