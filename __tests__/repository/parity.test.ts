import { expect, test } from '@jest/globals';
import {
  listChecks,
  namesIn,
  PAGE_HEADINGS,
  QUESTIONS,
  readText,
  ROOT,
} from '../../scripts/check-catalogue.mjs';
import { CHECKS } from '../../src/core/checks/index.ts';

const entries = listChecks();

test('no id is taken twice, not under another question either', () => {
  const ids = entries.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
});

test('every check stands in the index, under the name of its file', () => {
  expect(
    CHECKS.map(({ meta }) => ({ id: meta.id, question: meta.question })),
  ).toEqual(entries.map(({ id, question }) => ({ id, question })));
});

test('every check has a test, and every test a check', () => {
  const tests = QUESTIONS.flatMap((question) =>
    namesIn(new URL(`__tests__/checks/${question}/`, ROOT), '.test.ts').map(
      (id) => `${question}/${id}`,
    ),
  );
  const checks = entries.map(({ question, id }) => `${question}/${id}`);
  expect(tests.sort()).toEqual(checks.sort());
});

test.each(entries)(
  'the test of $id runs that very check',
  ({ question, id, name }) => {
    const text = readText(`__tests__/checks/${question}/${id}.test.ts`);
    expect(text).toContain(`/src/core/checks/${question}/${id}.ts'`);
    expect(text).toMatch(new RegExp(`\\btestCheck\\(\\s*${name}\\b`));
  },
);

test('every check has a page, and every page a check', () => {
  const pages = namesIn(new URL('docs/checks/', ROOT), '.md');
  expect(pages.filter((name) => name !== 'README').sort()).toEqual(
    entries.map(({ id }) => id),
  );
});

test.each(entries.map(({ id }) => id))(
  'the page of %s has its headings',
  (id) => {
    const page = readText(`docs/checks/${id}.md`);
    const headings = [...page.matchAll(/^(#+) (.*)$/gm)].map(([line]) => line);
    expect(headings).toEqual([
      `# ${id}`,
      ...PAGE_HEADINGS.map((heading) => `## ${heading}`),
    ]);
    expect(page).not.toContain('To be written');
  },
);

test('messages say what, why and what to do', () => {
  for (const { meta } of CHECKS) {
    expect(meta.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    for (const words of [meta.title, meta.why, meta.fix])
      expect(words).toMatch(/^[A-Za-z`].{10,}/);
  }
});
