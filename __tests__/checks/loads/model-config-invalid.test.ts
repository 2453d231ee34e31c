import { modelConfigInvalid } from '../../../src/core/checks/loads/model-config-invalid.ts';
import { modelFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const withConfig = (config: string) => ({
  ...modelFiles(),
  'config.json': config,
});

testCheck(modelConfigInvalid, {
  clean: {
    'a healthy model': modelFiles(),
    'deeper than this tool reads, which proves nothing': withConfig(
      `${'['.repeat(5000)}${']'.repeat(5000)}`,
    ),
    'a model without one, which is another check': {
      'model.safetensors': 'x',
    },
  },
  found: {
    'a cut file': {
      files: withConfig('{"model_type":'),
      expect: [
        {
          message: 'notJson',
          severity: 'error',
          path: 'run/config.json',
          text: /ends in the middle/,
        },
      ],
    },
    'an error page': {
      files: withConfig('<!DOCTYPE html><html></html>'),
      expect: [
        {
          message: 'placeholder',
          path: 'run/config.json',
          text: /an HTML page, not JSON/,
        },
      ],
    },
    'a list': {
      files: withConfig('[]'),
      expect: [
        {
          message: 'notAnObject',
          path: 'run/config.json',
          text: /JSON but not an object/,
        },
      ],
    },
  },
});
