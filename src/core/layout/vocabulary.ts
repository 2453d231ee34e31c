import { asArray, asObject, member } from '../formats/json/access.ts';
import type { JsonNode } from '../formats/json/types.ts';
import { numberOf } from './config-values.ts';
import type { FileFacts } from './file-facts.ts';
import { MODEL_CONFIG } from './names.ts';
import type { CheckpointSubject } from './subjects.ts';

/**
 * Rows of the embeddings by the config.json in the checkpoint's folder, or `null`.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readVocabularySize({
  fileNamed,
  model,
}: Pick<CheckpointSubject, 'fileNamed' | 'model'>): Promise<number | null> {
  // That of a model is asked for again, and let go with its checkpoint.
  const config =
    model?.configFile == null
      ? await readOnce(fileNamed(MODEL_CONFIG))
      : await readDocument(model.configFile);
  if (config === null) return null;
  // Models of several kinds of input keep it with the part for texts.
  const text = member(config, 'text_config');
  const size =
    member(config, 'vocab_size') ??
    (text === null ? null : member(text, 'vocab_size'));
  return size?.kind === 'number' ? numberOf(size) : null;
}

/** A token that was added to a tokenizer, and its number. */
export interface AddedToken {
  readonly token: string;
  readonly id: number;
}

/**
 * The tokens that the tokenizer beside the weights has beyond those it was trained
 * with. transformers 5 keeps them in tokenizer.json, version 4 in the others.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readAddedTokens({
  fileNamed,
}: Pick<CheckpointSubject, 'fileNamed'>): Promise<readonly AddedToken[]> {
  const own = asObject(await readOnce(fileNamed('added_tokens.json')));
  if (own !== null)
    return [...own].flatMap(([token, id]) => addedToken(token, id));
  const config = await readOnce(fileNamed('tokenizer_config.json'));
  const decoder = asObject(config && member(config, 'added_tokens_decoder'));
  if (decoder !== null)
    return [...decoder].map(([id, node]) => ({
      token: contentOf(node),
      id: Number(id),
    }));
  const whole = await readOnce(fileNamed('tokenizer.json'));
  return (asArray(whole && member(whole, 'added_tokens')) ?? []).flatMap(
    (node) => addedToken(contentOf(node), member(node, 'id')),
  );
}

function addedToken(token: string, id: JsonNode | null): AddedToken[] {
  return id?.kind === 'number' ? [{ token, id: Number(id.lexeme) }] : [];
}

function contentOf(node: JsonNode): string {
  const content = member(node, 'content');
  return content?.kind === 'string' ? content.value : '';
}

/** The document of a file that is asked for here alone; `null` if it is none. */
async function readOnce(file: FileFacts | null): Promise<JsonNode | null> {
  const document = await readDocument(file);
  file?.forget();
  return document;
}

async function readDocument(file: FileFacts | null): Promise<JsonNode | null> {
  const json = await file?.json();
  return json?.ok === true ? json.value : null;
}
