import { defineCheck } from '../../define-check.ts';
import type { Fields } from '../../layout/config-fields.ts';
import { isFalsy } from '../../layout/config-values.ts';
import type { AdapterSet } from '../../layout/subjects.ts';
import { readTensorsIn } from '../../layout/tensors-in.ts';
import {
  readAddedTokens,
  readVocabularySize,
} from '../../layout/vocabulary.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

/** Names of embeddings, of heads over the vocabulary, and of PEFT's rows for tokens. */
const EMBEDDINGS =
  /embed|lm_head|wte|wpe|token_adapter|trainable_tokens|output_layer/;

export const vocabularyUnembedded = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'vocabulary-unembedded',
    question: 'loads',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Tokens added, embeddings for them not saved',
    why: 'The base has no rows for these tokens, and the adapter brings none: what training made of them is lost, and a text with one of them stops with an index out of range. Taken as: config.json beside the adapter or at the root of the run is that of the base, and no rows of the base were spare.',
    fix: 'Save with save_embedding_layers=True, or train the rows with trainable_token_indices. PEFT saves resized embeddings by itself only where it can read the configuration of the base.',
    since: '0.1.0',
  },
  messages: {
    unembedded: {
      text: ({ tokens, rows, highest }: Unembedded) =>
        `The tokenizer has ${formatCount(tokens.length, 'token')} beyond the ${formatNumber(rows)} rows of config.json (${listNames(tokens)}; up to ${formatNumber(highest)}), and the adapter saves no embeddings.`,
      loaderErrors: () => ['IndexError: index out of range in self'],
    },
  },
  async run({ subject, report }) {
    const { ofRun, adapters } = subject;
    if (adapters.length === 0) return;
    const root = ofRun.at(-1);
    const rows =
      (await readVocabularySize(subject)) ??
      (root?.isRunRoot === true ? await readVocabularySize(root) : null);
    if (rows === null) return;
    const beyond = (await readAddedTokens(subject)).filter(
      ({ id }) => id >= rows,
    );
    if (beyond.length === 0) return;
    const tokens = beyond.map(({ token }) => token);
    const highest = beyond.reduce((most, { id }) => Math.max(most, id), 0);
    for (const adapter of adapters) {
      const config = await adapter.config();
      if (!config?.ok || (await hasEmbeddings(adapter, config.value.fields)))
        continue;
      const path = adapter.weights?.file.path ?? adapter.path;
      report('unembedded', { tokens, rows, highest }, { path });
    }
  },
});

interface Unembedded extends Record<string, number | string[]> {
  readonly tokens: string[];
  readonly rows: number;
  readonly highest: number;
}

/** Also where they are only promised: that they lack is another check's. */
async function hasEmbeddings(
  { weights }: AdapterSet,
  fields: Fields,
): Promise<boolean> {
  const indices = fields.get('trainable_token_indices');
  if (indices !== undefined && !isFalsy(indices)) return true;
  const tensors = weights === null ? null : await readTensorsIn(weights);
  return tensors?.some(({ name }) => EMBEDDINGS.test(name)) ?? true;
}
