import { indexInvalid } from '../../../src/core/checks/loads/index-invalid.ts';
import { shardIndex } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const indexed = (index: string) => ({
  'config.json': '{}',
  'model.safetensors.index.json': index,
});

testCheck(indexInvalid, {
  clean: {
    'a readable index': indexed(shardIndex({ a: 'one.safetensors' })),
  },
  found: {
    'a cut index': {
      files: indexed('{"metadata":'),
      expect: [
        {
          message: 'notJson',
          severity: 'error',
          path: 'run/model.safetensors.index.json',
          text: /ends in the middle/,
        },
      ],
    },
    'no weight_map': {
      files: indexed('{"metadata":{}}'),
      expect: [{ message: 'noWeightMap' }],
    },
    'no metadata': {
      files: indexed('{"weight_map":{}}'),
      expect: [{ message: 'noMetadata' }],
    },
    'a shard that is no name': {
      files: indexed('{"metadata":{},"weight_map":{"a":1}}'),
      expect: [{ message: 'notAName', text: /maps a to/ }],
    },
    'a shard outside of the folder': {
      files: indexed(shardIndex({ a: '../evil.safetensors' })),
      expect: [{ message: 'outside', text: /\.\.\/evil\.safetensors/ }],
    },
    'a shard under a drive letter': {
      files: indexed(shardIndex({ a: 'C:\\evil.safetensors' })),
      expect: [{ message: 'outside' }],
    },
  },
});
