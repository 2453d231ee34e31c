import { classifierHeadMissing } from '../../../src/core/checks/loads/classifier-head-missing.ts';
import { adapterConfig } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const LLAMA = 'base_model.model.model.layers.0.self_attn.q_proj';
const BERT = 'base_model.model.bert.encoder.layer.0.attention.self.query';
const BART = 'base_model.model.model.decoder.layers.0.self_attn.q_proj';

function adapter(
  fields: Readonly<Record<string, unknown>>,
  module: string,
  ...more: string[]
) {
  const shapes = [`${module}.lora_A.weight`, `${module}.lora_B.weight`];
  return {
    'adapter_config.json': adapterConfig({
      modules_to_save: ['classifier', 'score'],
      task_type: 'SEQ_CLS',
      ...fields,
    }),
    'adapter_model.safetensors': safetensors(
      Object.fromEntries(
        [...shapes, ...more].map((name) => [name, { shape: [2, 2] }]),
      ),
    ),
  };
}

testCheck(classifierHeadMissing, {
  clean: {
    'a task without a head': adapter({ task_type: 'CAUSAL_LM' }, LLAMA),
    'no task': adapter({ task_type: null }, LLAMA),
    'a head': adapter({}, LLAMA, 'base_model.model.score.weight'),
    'a head of several layers': adapter(
      {},
      BERT,
      'base_model.model.classifier.dense.weight',
    ),
    'a head of another beginning': adapter(
      {},
      BERT,
      'base_model.model.pre_classifier.weight',
    ),
    'a head of prompts': adapter(
      { peft_type: 'PROMPT_TUNING', num_virtual_tokens: 4 },
      LLAMA,
      'base_model.score.weight',
    ),
    'a type that PEFT saves no head with': adapter(
      { peft_type: 'TRAINABLE_TOKENS' },
      LLAMA,
    ),
    'an unknown type': adapter({ peft_type: 'SUPERLORA' }, LLAMA),
    'no tensor at all, which another check reports': {
      ...adapter({}, LLAMA),
      'adapter_model.safetensors': safetensors({}),
    },
  },
  found: {
    'the head of Llama, promised': {
      files: adapter({}, LLAMA),
      expect: [
        {
          message: 'promised',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /\(classifier and score\) is saved, which modules_to_save names and SEQ_CLS needs/,
        },
      ],
    },
    'the head of BERT that answers questions': {
      files: adapter(
        { task_type: 'QUESTION_ANS', modules_to_save: ['qa_outputs'] },
        BERT,
      ),
      expect: [{ message: 'promised', text: /\(qa_outputs\)/ }],
    },
    'a head that nothing promises': {
      files: adapter({ modules_to_save: null }, LLAMA),
      expect: [
        {
          message: 'perhaps',
          severity: 'warning',
          text: /task_type is SEQ_CLS, and no tensor of a head/,
        },
      ],
    },
    'a model whose head has another name': {
      files: adapter({}, BART),
      expect: [{ message: 'perhaps' }],
    },
    'a base without a name, of any class': {
      files: adapter({ base_model_name_or_path: null }, LLAMA),
      expect: [{ message: 'perhaps' }],
    },
    'other modules to save': {
      files: adapter(
        { modules_to_save: ['norm'], task_type: 'TOKEN_CLS' },
        LLAMA,
      ),
      expect: [{ message: 'perhaps', text: /TOKEN_CLS/ }],
    },
  },
});
