import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readText, ROOT } from '../../scripts/check-catalogue.mjs';
import { textFiles } from './text-files.ts';

const pages = textFiles('.md');
const { scripts } = JSON.parse(readText('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** Paths in code spans: those that begin in one of our folders and have no gap. */
function pathsIn(page: string): string[] {
  return [
    ...page.matchAll(
      /`((?:src|scripts|__tests__|docs|dist|\.ci)\/[\w./-]+|\w[\w.-]*\.(?:md|mjs|yml))`/g,
    ),
  ].flatMap(([, path]) => path ?? []);
}

test.each(pages)('the links of %s lead somewhere', (path) => {
  const links = [...readText(path).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .flatMap(([, link]) => link ?? [])
    .filter((link) => !/^https?:/.test(link));
  const dead = links.filter(
    (link) => !existsSync(new URL(link, new URL(path, ROOT))),
  );
  expect(dead).toEqual([]);
});

test.each(pages.filter((path) => !path.startsWith('docs/checks/')))(
  'the files that %s names are there',
  (path) => {
    const dead = pathsIn(readText(path))
      // The guide makes these.
      .filter((named) => !named.includes('example-defect'))
      .filter((named) => !existsSync(new URL(named, ROOT)));
    expect(dead).toEqual([]);
  },
);

test.each(pages)('the npm scripts that %s names are there', (path) => {
  const named = [...readText(path).matchAll(/npm run ([\w:-]+)/g)];
  const dead = named.filter(([, script = '']) => !(script in scripts));
  expect(dead).toEqual([]);
});
