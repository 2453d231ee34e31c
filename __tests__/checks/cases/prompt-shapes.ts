import { adapterOf } from '../../builders/adapter.ts';
import type { FoundCase } from '../../helpers/test-check.ts';

const prompt = (
  shape: readonly number[],
  config: Readonly<Record<string, unknown>>,
) => adapterOf({ prompt_embeddings: { shape } }, config);

/** Soft prompts of other sizes than the configuration says. */
export const PROMPT_SHAPES: Readonly<Record<string, FoundCase>> = {
  'a table of tasks for fewer tasks': {
    files: adapterOf(
      {
        prompt_embeddings: { shape: [4, 8] },
        prefix_task_cols: { shape: [2, 4, 1] },
        prefix_task_rows: { shape: [2, 1, 8] },
      },
      {
        peft_type: 'MULTITASK_PROMPT_TUNING',
        num_virtual_tokens: 4,
        token_dim: 8,
        num_ranks: 1,
        num_tasks: 3,
      },
    ),
    expect: [
      { message: 'prompt', text: /prefix_task_cols .* num_tasks 3/ },
      { message: 'prompt', text: /prefix_task_rows .* num_tasks 3/ },
    ],
  },
  'a prompt of other rows': {
    files: prompt([4, 8], {
      peft_type: 'PROMPT_TUNING',
      num_virtual_tokens: 6,
      token_dim: 8,
    }),
    expect: [
      {
        message: 'prompt',
        severity: 'error',
        text: /^prompt_embeddings is \[4, 8\], and the configuration says num_virtual_tokens 6\.$/,
      },
    ],
  },
  'a prefix that its layers do not divide': {
    files: prompt([4, 9], {
      peft_type: 'PREFIX_TUNING',
      num_virtual_tokens: 4,
      num_layers: 2,
    }),
    expect: [{ message: 'prompt', text: /num_layers 2\.$/ }],
  },
};
