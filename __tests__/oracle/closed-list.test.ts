import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ENTRIES } from './closed-list.ts';

const PAGE = new URL('../../docs/loader-agreement.md', import.meta.url);
const HEADING = '## The closed list';

/** Rows of the page's table of the closed list, cells without their padding. */
function rows(): readonly (readonly string[])[] {
  const [, section = ''] = readFileSync(PAGE, 'utf8').split(HEADING);
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the page holds every entry of the closed list, and no other', () => {
  const listed = rows().map(([, kind, types, damages, reason]) => ({
    kind,
    types,
    damages,
    reason,
  }));
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
