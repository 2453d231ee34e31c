import type { Message, NoData, Where } from '../define-check.ts';
import { contentName } from '../formats/content.ts';
import type { JsonDefect } from '../formats/json/types.ts';
import type { FileFacts } from '../layout/file-facts.ts';
import type { TooLarge } from '../layout/read-json.ts';
import { placeholderAdvice } from './placeholder-advice.ts';
import { isBeyondOurs, jsonDefectWords } from './json-words.ts';

/** What a check says of a configuration that is no JSON object. */
interface ConfigJsonMessages {
  readonly notJson: Message<{ words: string }>;
  readonly placeholder: Message<{ found: string }>;
  readonly notAnObject: Message<NoData>;
}

/**
 * The messages of a check of configurations.
 *
 * @param name of the file
 * @param refusal what the loader says of a file that is no JSON
 * @param ofOthers what it says of JSON that is no object, where it says something
 */
export function configJsonMessages(
  name: string,
  refusal: string,
  ofOthers: readonly string[] = [],
): ConfigJsonMessages {
  return {
    notJson: {
      text: ({ words }) => `${name} ${words}.`,
      loaderErrors: () => [refusal],
    },
    placeholder: {
      text: ({ found }) => `${name} is ${found}, not JSON.`,
      fix: ({ found }) =>
        placeholderAdvice(found) ?? 'Put the real file in its place.',
      loaderErrors: () => [refusal],
    },
    notAnObject: {
      text: () => `${name} is JSON but not an object.`,
      loaderErrors: () => ofOthers,
    },
  };
}

/** The `report` of a check that has these messages. */
interface ReportNotJson {
  (message: 'notJson', data: { words: string }, where: Where): void;
  (message: 'placeholder', data: { found: string }, where: Where): void;
}

/**
 * Reports a configuration that does not parse, by what stands in for it where that
 * says more. What is beyond this tool is no defect.
 */
export async function reportNotJson(
  file: FileFacts,
  defect: JsonDefect | TooLarge,
  report: ReportNotJson,
): Promise<void> {
  if (isBeyondOurs(defect)) return;
  const where = { path: file.path };
  const found = await placeholderIn(file, defect);
  if (found !== null) report('placeholder', { found }, where);
  else report('notJson', { words: jsonDefectWords(defect) }, where);
}

/** What stands in for a document that does not parse, by its first bytes; or `null`. */
export async function placeholderIn(
  file: FileFacts,
  defect: { readonly code: string },
): Promise<string | null> {
  if (defect.code === 'empty') return null;
  const { kind } = await file.content();
  switch (kind) {
    case 'lfs-pointer':
    case 'html':
    case 'xml':
    case 'text':
    case 'zero-filled':
      return contentName(kind);
    default:
      return null;
  }
}
