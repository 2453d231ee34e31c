import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ENTRIES, OF_RESUMES } from './closed-list.ts';

const PAGE = new URL('../../docs/loader-agreement.md', import.meta.url);

/** Rows of the page's table under a heading, cells without their padding. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const [, rest = ''] = readFileSync(PAGE, 'utf8').split(`\n${heading}\n`);
  const [section = ''] = rest.split(/^#/m);
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the page holds every entry of the closed list, and no other', () => {
  const listed = rowsUnder('## The closed list').map(
    ([, kind, types, damages, reason]) => ({
      kind,
      types,
      damages,
      reason,
    }),
  );
  expect(listed).toEqual(
    ENTRIES.map(({ kind, types, originals, damages, notes, reason }) => ({
      kind,
      types:
        (types === '*' ? 'all' : types.join(', ')) +
        (originals ? ` (${originals.join(', ')})` : ''),
      damages:
        damages.join(', ') +
        (notes ? ` of ${notes.map((note) => `\`${note}\``).join(', ')}` : ''),
      reason,
    })),
  );
});

test('the page holds every entry of the closed list of resumes, and no other', () => {
  const listed = rowsUnder('### The closed list of resumes').map(
    ([, kind, runs, damages, reason]) => ({ kind, runs, damages, reason }),
  );
  expect(listed).toEqual(
    OF_RESUMES.map(({ kind, runs, damages, reason }) => ({
      kind,
      runs: runs?.join(', ') ?? 'all',
      damages: damages.map((one) => `\`${one}\``).join(', '),
      reason,
    })),
  );
});
