import { defineCheck } from '../../define-check.ts';
import type { Holding } from '../../types.ts';

const WORDS: Readonly<Record<Exclude<Holding, 'unknown' | 'nothing'>, string>> =
  {
    adapter: 'an adapter',
    model: 'a full model',
    shards: 'shards of a distributed save',
  };

export const checkpointKindUnexpected = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'checkpoint-kind-unexpected',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Checkpoint of another kind than expected',
    why: 'The `expect` option declares what each checkpoint has to be; whatever loads it next will look for that.',
    fix: 'Correct `expect`, or the code that saves: unwrap the model to save an adapter, merge or convert to save a full model.',
    since: '0.1.0',
  },
  messages: {
    other: {
      text: ({
        expected,
        found,
      }: {
        expected: string;
        found: string;
        producer: string;
      }) => `Expected ${expected}, found ${found}.`,
    },
    shards: {
      text: ({
        expected,
        producer,
      }: {
        expected: string;
        found: string;
        producer: string;
      }) =>
        `Expected ${expected}, found only shards of a distributed save (${producer}).`,
      fix: 'Convert the shards (for DeepSpeed zero_to_fp32.py, for FSDP `accelerate merge-weights`), or let the trainer gather the weights when it saves.',
    },
  },
  run({ subject: { holds, producer }, options: { expect }, report }) {
    if (expect === 'auto' || holds === expect) return;
    if (holds === 'unknown' || holds === 'nothing') return;
    const data = { expected: WORDS[expect], found: WORDS[holds], producer };
    report(holds === 'shards' ? 'shards' : 'other', data);
  },
});
