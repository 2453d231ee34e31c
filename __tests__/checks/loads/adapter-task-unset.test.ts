import { adapterTaskUnset } from '../../../src/core/checks/loads/adapter-task-unset.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const withTask = (task_type: unknown, peft_type = 'PROMPT_TUNING') => ({
  ...adapterFiles(),
  'adapter_config.json': adapterConfig({
    num_virtual_tokens: 4,
    peft_type,
    task_type,
  }),
});

testCheck(adapterTaskUnset, {
  clean: {
    'a LoRA adapter without a task, which PEFT loads': withTask(null, 'LORA'),
    'prompts with a task': withTask('CAUSAL_LM'),
    'a task that PEFT refuses, which another check reports': withTask('CAUSAL'),
  },
  found: {
    'prompts whose task is null': {
      files: withTask(null),
      expect: [
        {
          message: 'unused',
          severity: 'error',
          path: 'run/adapter_config.json',
          text: /no task_type, without which PEFT does not use a PROMPT_TUNING/,
        },
      ],
    },
    'prompts without a task': {
      files: withTask(undefined, 'PREFIX_TUNING'),
      expect: [{ message: 'unused' }],
    },
  },
});
