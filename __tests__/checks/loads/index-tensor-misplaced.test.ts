import { STRAYS_MAX } from '../../../src/core/bytes/limits.ts';
import { indexTensorMisplaced } from '../../../src/core/checks/loads/index-tensor-misplaced.ts';
import { shardIndex } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { stateDict, tensor } from '../../builders/pickle.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const MODEL = {
  'config.json': '{}',
  'one.safetensors': safetensors({ a: { shape: [2] }, b: { shape: [2] } }),
  'two.safetensors': safetensors({ c: { shape: [2] } }),
};
const indexed = (
  weightMap: Readonly<Record<string, string>>,
  totalSize: unknown = 24,
) => ({
  ...MODEL,
  'model.safetensors.index.json': shardIndex(weightMap, totalSize),
});
const TORCH = buildTorchZip({
  pickle: stateDict({ a: tensor({ shape: [2] }), b: tensor({ shape: [2] }) }),
  storages: [new Uint8Array(8)],
});
const torchIndexed = (weightMap: Readonly<Record<string, string>>) => ({
  'config.json': '{}',
  'pytorch_model.bin.index.json': shardIndex(weightMap, 8),
  'x.bin': TORCH,
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
    'a total that nobody wrote': indexed(WHOLE, 0),
    'a total that is a float': indexed(WHOLE, '24.0'),
    'a total of another kind': indexed(WHOLE, null),
    'a total of 1e300 bytes, which is no number of bytes': indexed(
      WHOLE,
      1e300,
    ),
    'torch shards of which two tensors are one': torchIndexed({
      a: 'x.bin',
      b: 'x.bin',
    }),
    'torch shards that cannot be read, which is another check': {
      'config.json': '{}',
      'pytorch_model.bin.index.json': shardIndex({ a: 'x.bin' }),
      'x.bin': 'x',
    },
  },
  found: {
    'a tensor that no torch shard holds': {
      files: torchIndexed({ a: 'x.bin', b: 'x.bin', c: 'x.bin' }),
      expect: [{ message: 'absent', severity: 'error', text: /: c\.$/ }],
    },
    'a total that is not the sum': {
      files: indexed(WHOLE, 4096),
      expect: [
        {
          message: 'totalDiffers',
          severity: 'notice',
          text: /says that the tensors take 4,096 bytes \(total_size\); those in the shards take 24 bytes\.$/,
        },
      ],
    },
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
