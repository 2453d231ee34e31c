import { vocabularyUnembedded } from '../../../src/core/checks/loads/vocabulary-unembedded.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const rows = (vocab_size: number) => JSON.stringify({ vocab_size });
/** As transformers 5 writes it. */
const tokenizer = (...ids: number[]) =>
  JSON.stringify({
    version: '1.0',
    added_tokens: ids.map((id) => ({ id, content: `<t${id}>` })),
  });

testCheck(vocabularyUnembedded, {
  clean: {
    'an adapter alone': adapterFiles(),
    'a tokenizer without a configuration of the base': {
      ...adapterFiles(),
      'tokenizer.json': tokenizer(64),
    },
    'a configuration without a tokenizer': {
      ...adapterFiles(),
      'config.json': rows(64),
    },
    'added tokens within the rows': {
      ...adapterFiles(),
      'config.json': rows(66),
      'tokenizer.json': tokenizer(64, 65),
    },
    'embeddings that are saved': {
      ...adapterFiles(),
      'adapter_model.safetensors': safetensors({
        'base_model.model.model.embed_tokens.weight': { shape: [66, 4] },
      }),
      'config.json': rows(64),
      'tokenizer.json': tokenizer(64),
    },
    'rows that are trained one by one': {
      ...adapterFiles(),
      'adapter_config.json': adapterConfig({ trainable_token_indices: [64] }),
      'config.json': rows(64),
      'tokenizer.json': tokenizer(64),
    },
    'a tokenizer that is broken': {
      ...adapterFiles(),
      'config.json': rows(64),
      'tokenizer.json': '{"added_tokens":',
    },
    'weights that are broken, which another check reports': {
      ...adapterFiles(),
      'adapter_model.safetensors': 'text',
      'config.json': rows(64),
      'tokenizer.json': tokenizer(64),
    },
  },
  found: {
    'tokens of transformers 5': {
      files: {
        ...adapterFiles(),
        'config.json': rows(64),
        'tokenizer.json': tokenizer(63, 64, 65),
      },
      expect: [
        {
          message: 'unembedded',
          severity: 'warning',
          path: 'run/adapter_model.safetensors',
          text: /2 tokens beyond the 64 rows of config\.json \(<t64>, <t65>; up to 65\)/,
        },
      ],
    },
    'tokens of transformers 4, with a base of several kinds of input': {
      files: {
        ...adapterFiles(),
        'config.json': JSON.stringify({ text_config: { vocab_size: 64 } }),
        'tokenizer_config.json': JSON.stringify({
          added_tokens_decoder: {
            '63': { content: '<unk>' },
            '64': { content: '<new>' },
          },
        }),
      },
      expect: [{ message: 'unembedded', text: /1 token beyond .* \(<new>;/ }],
    },
    'tokens in a file of their own, with the rows at the root of the run': {
      files: {
        ...adapterFiles(),
        'config.json': rows(64),
        ...adapterFiles('checkpoint-2'),
        'checkpoint-2/added_tokens.json': '{"<new>":64}',
      },
      expect: [
        {
          message: 'unembedded',
          path: 'run/checkpoint-2/adapter_model.safetensors',
        },
      ],
    },
  },
});
