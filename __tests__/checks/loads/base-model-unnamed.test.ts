import { baseModelUnnamed } from '../../../src/core/checks/loads/base-model-unnamed.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const withBase = (
  base_model_name_or_path: unknown,
  folder = '',
  more: Readonly<Record<string, unknown>> = {},
) => ({
  ...adapterFiles(folder),
  [`${folder === '' ? '' : `${folder}/`}adapter_config.json`]: adapterConfig({
    base_model_name_or_path,
    ...more,
  }),
});
const ofClass = (parent_library: string) => ({
  auto_mapping: { base_model_class: 'Net', parent_library },
});

testCheck(baseModelUnnamed, {
  clean: {
    'a name on the Hub': adapterFiles(),
    'a name without an owner': withBase('gpt2'),
    'a base of a class of its own, which has no name': withBase(
      null,
      '',
      ofClass('train'),
    ),
    'an older checkpoint of a run whose newest has a name': {
      ...withBase('/tmp/base', 'checkpoint-1'),
      ...adapterFiles('checkpoint-2'),
    },
    "MLX's configuration, which PEFT did not write": {
      'adapters.safetensors': new Uint8Array(8),
      'adapter_config.json': '{"fine_tune_type":"lora","model":"/tmp/base"}',
    },
  },
  found: {
    'no base': {
      files: withBase(null),
      expect: [
        {
          message: 'unset',
          severity: 'notice',
          path: 'run/adapter_config.json',
          text: /does not name the base model/,
        },
      ],
    },
    'no base of a class of transformers': {
      files: withBase('', '', ofClass('transformers.models.llama')),
      expect: [{ message: 'unset' }],
    },
    'a path of this machine': {
      files: withBase('/data/models/llama'),
      expect: [
        {
          message: 'path',
          severity: 'notice',
          text: /by a path: \/data\/models\/llama\./,
        },
      ],
    },
    'a relative path': {
      files: withBase('./llama'),
      expect: [{ message: 'path' }],
    },
    'a path of Windows': {
      files: withBase('D:\\models\\llama'),
      expect: [{ message: 'path' }],
    },
    'more parts than a name has': {
      files: withBase('data/models/llama'),
      expect: [{ message: 'path' }],
    },
    'one notice of a run, at its newest': {
      files: {
        ...withBase('/tmp/base', 'checkpoint-1'),
        ...withBase('/tmp/base', 'checkpoint-2'),
      },
      expect: [
        { message: 'path', path: 'run/checkpoint-2/adapter_config.json' },
      ],
    },
  },
});
