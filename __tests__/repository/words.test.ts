import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { readText, ROOT } from '../../scripts/check-catalogue.mjs';

const pages = readdirSync(new URL('docs/', ROOT), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);

// What was examined is what can be said; nobody can promise more.
test.each(['README.md', 'action.yml', ...pages])(
  '%s calls no checkpoint safe or clean',
  (path) => {
    expect(readText(path)).not.toMatch(
      /\b(?:is|are|be|it's) (?:safe|clean)\b/i,
    );
  },
);
