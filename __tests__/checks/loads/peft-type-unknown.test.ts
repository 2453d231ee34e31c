import { peftTypeUnknown } from '../../../src/core/checks/loads/peft-type-unknown.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const withType = (type: string) => ({
  ...adapterFiles(),
  'adapter_config.json': adapterConfig({ peft_type: type }),
});

testCheck(peftTypeUnknown, {
  clean: {
    LORA: adapterFiles(),
    VBLORA: withType('VBLORA'),
    'a configuration that is broken': {
      ...adapterFiles(),
      'adapter_config.json': '{',
    },
  },
  found: {
    'a type of the future': {
      files: withType('SUPERLORA'),
      expect: [
        {
          message: 'unknown',
          severity: 'warning',
          path: 'run/adapter_config.json',
          text: /SUPERLORA, which PEFT 0\.21\.0 does not have/,
        },
      ],
    },
    'a type whose keys are not in the table': {
      files: withType('XLORA'),
      expect: [
        {
          message: 'untabled',
          severity: 'notice',
          text: /^This version does not know the keys of XLORA: /,
        },
      ],
    },
    'small letters': {
      files: withType('lora'),
      expect: [
        {
          message: 'spelling',
          severity: 'error',
          text: /names the type lora, which PEFT writes LORA/,
        },
      ],
    },
  },
});
