import { adapterOf } from '../../builders/adapter.ts';
import type { FoundCase } from '../../helpers/test-check.ts';

const EMBEDDING = 'base_model.model.model.embed_tokens';

/** Weights of whole modules in an adapter that have a wrong shape. */
export const SAVED_SHAPES: Readonly<Record<string, FoundCase>> = {
  'an embedding saved beside the adapter on it, and transposed': {
    files: adapterOf(
      {
        [`${EMBEDDING}.lora_embedding_A`]: { shape: [2, 32] },
        [`${EMBEDDING}.lora_embedding_B`]: { shape: [8, 2] },
        [`${EMBEDDING}.base_layer.weight`]: { shape: [8, 32] },
      },
      { target_modules: ['embed_tokens'] },
    ),
    expect: [
      {
        message: 'saved',
        severity: 'error',
        text: /^1 tensor of a module that is saved whole is not \[32, 8\]: .*base_layer\.weight \[8, 32\]/,
      },
    ],
  },
  'a head without a dimension': {
    files: adapterOf({
      'base_model.model.model.layers.0.q_proj.lora_A.weight': {
        shape: [2, 4],
      },
      'base_model.model.model.layers.0.q_proj.lora_B.weight': {
        shape: [4, 2],
      },
      'base_model.model.lm_head.weight': { shape: [] },
    }),
    expect: [{ message: 'saved', text: /is not of any dimension/ }],
  },
};
