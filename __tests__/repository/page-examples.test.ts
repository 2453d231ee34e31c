import { expect, test } from '@jest/globals';
import { listChecks, readText } from '../../scripts/check-catalogue.mjs';
import { CASE_IDS, readExpected } from '../helpers/corpus.ts';

/**
 * What no case of the corpus can show: it depends on an option, or on who reads, or is of
 * archives (archive-examples.test.ts).
 */
const BY_HAND = [
  'archive-entry-damaged',
  'archive-malformed',
  'checkpoint-kind-unexpected',
  'weights-unreadable',
];

/** Words of a finding, whatever the lines and the root's name. */
const words = (text: string) =>
  text
    .replace(/\b(?:case|out)\b/g, 'ROOT')
    .split(/\s+/)
    .join(' ')
    .trim();

const texts = new Map<string, Set<string>>();
for (const id of CASE_IDS)
  for (const { check, text } of (await readExpected(id)).findings)
    texts.set(check, (texts.get(check) ?? new Set()).add(words(text)));

test.each(
  listChecks()
    .map(({ id }) => id)
    .filter((id) => !BY_HAND.includes(id)),
)('the example on the page of %s is what the tool says', (id) => {
  const page = readText(`docs/checks/${id}.md`);
  const example = /```text\n\w+: \[[\w-]+\]\n([\s\S]*?)```/.exec(page)?.[1];
  expect([...(texts.get(id) ?? [])]).toContain(words(example ?? ''));
});
