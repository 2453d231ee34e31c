import { adapterSwitchNotBoolean } from '../../../src/core/checks/loads/adapter-switch-not-boolean.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const withFields = (fields: Readonly<Record<string, unknown>>) => ({
  ...adapterFiles(),
  'adapter_config.json': adapterConfig(fields),
});

testCheck(adapterSwitchNotBoolean, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'true and false': withFields({ use_rslora: true, use_dora: false }),
    'what Python takes for either': withFields({
      use_rslora: 1,
      use_dora: 0,
      lora_bias: null,
      fan_in_fan_out: '',
    }),
    'a text in a field that is no switch': withFields({
      init_lora_weights: 'gaussian',
      revision: 'false',
    }),
    'a type that is not known': withFields({
      peft_type: 'SUPERLORA',
      use_rslora: 'false',
    }),
  },
  found: {
    'false in quotes': {
      files: withFields({ use_rslora: 'false' }),
      expect: [
        {
          message: 'takenForTrue',
          severity: 'warning',
          path: 'run/adapter_config.json',
          text: /use_rslora = "false", which PEFT takes for true/,
        },
      ],
    },
    'two switches': {
      files: withFields({ use_rslora: 2, use_dora: ['no'] }),
      expect: [
        {
          message: 'takenForTrue',
          text: /use_rslora = 2, use_dora = a list/,
        },
      ],
    },
  },
});
