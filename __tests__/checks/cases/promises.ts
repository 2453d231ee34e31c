import { adapterOfKeys, loraKeys, PREFIX } from '../../builders/adapter.ts';
import type { FoundCase } from '../../helpers/test-check.ts';

const layers = (...numbers: readonly number[]) =>
  numbers.flatMap((layer) =>
    loraKeys(`${PREFIX}model.layers.${layer}.self_attn.q_proj`),
  );

/** Modules that the configuration says are saved, and that are not there. */
export const PROMISES: Readonly<Record<string, FoundCase>> = {
  'a head under the name of the adapter': {
    files: adapterOfKeys([...layers(0), `${PREFIX}score.default.weight`], {
      task_type: 'SEQ_CLS',
      modules_to_save: ['score'],
    }),
    expect: [{ message: 'promised', severity: 'error', text: /score/ }],
  },
  'a head that is adapted and was to be saved whole': {
    files: adapterOfKeys(loraKeys(`${PREFIX}lm_head`), {
      target_modules: ['lm_head'],
      modules_to_save: ['lm_head'],
      task_type: 'CAUSAL_LM',
    }),
    expect: [{ message: 'promised', severity: 'error', text: /lm_head/ }],
  },
  'a head that a decoder has': {
    files: adapterOfKeys(layers(0, 1), { modules_to_save: ['lm_head'] }),
    expect: [
      {
        message: 'promised',
        severity: 'error',
        text: /^The configuration says that lm_head is saved with the adapter/,
      },
    ],
  },
  'a head of decoders on a base for another task': {
    files: adapterOfKeys(layers(0, 1), {
      modules_to_save: ['lm_head'],
      task_type: 'FEATURE_EXTRACTION',
    }),
    expect: [{ message: 'perhaps', severity: 'warning' }],
  },
  'embeddings that a decoder has': {
    files: adapterOfKeys(layers(0, 1), { modules_to_save: ['embed_tokens'] }),
    expect: [{ message: 'promised', severity: 'error' }],
  },
  'tokens that were trained': {
    files: adapterOfKeys(layers(0, 1), { trainable_token_indices: [1] }),
    expect: [{ message: 'promised', text: /trainable_tokens_delta is saved/ }],
  },
  'a module that the base may have': {
    files: adapterOfKeys(layers(0, 1), { modules_to_save: ['my_head'] }),
    expect: [{ message: 'perhaps', severity: 'warning', text: /my_head/ }],
  },
};
