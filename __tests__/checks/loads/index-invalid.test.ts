import { indexInvalid } from '../../../src/core/checks/loads/index-invalid.ts';
import { modelFiles, shardIndex } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const indexed = (index: string) => ({
  'config.json': '{}',
  'model.safetensors.index.json': index,
});

testCheck(indexInvalid, {
  clean: {
    'a model in one file': modelFiles(),
    'deeper than this tool reads, which proves nothing': indexed(
      `${'['.repeat(5000)}${']'.repeat(5000)}`,
    ),
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
      expect: [
        {
          message: 'noWeightMap',
          path: 'run/model.safetensors.index.json',
          text: /has no weight_map/,
        },
      ],
    },
    'no metadata': {
      files: indexed('{"weight_map":{}}'),
      expect: [
        {
          message: 'noMetadata',
          path: 'run/model.safetensors.index.json',
          text: /has no metadata object/,
        },
      ],
    },
    'a shard that is no name': {
      files: indexed('{"metadata":{},"weight_map":{"a":1}}'),
      expect: [
        {
          message: 'notAName',
          path: 'run/model.safetensors.index.json',
          text: /maps a to/,
        },
      ],
    },
    'a shard outside of the folder': {
      files: indexed(shardIndex({ a: '../evil.safetensors' })),
      expect: [
        {
          message: 'outside',
          path: 'run/model.safetensors.index.json',
          text: /\.\.\/evil\.safetensors/,
        },
      ],
    },
    'a shard under a drive letter': {
      files: indexed(shardIndex({ a: 'C:\\evil.safetensors' })),
      expect: [{ message: 'outside', text: /C:\\evil\.safetensors/ }],
    },
  },
});
