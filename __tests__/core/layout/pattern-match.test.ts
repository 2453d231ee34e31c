import { expect, test } from '@jest/globals';
import { fullMatcher } from '../../../src/core/layout/pattern-match.ts';

/** Numbers that look random and are the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const ATOMS = ['a', 'b', '.', '\\.', '\\d', '[ab]', '[^a]', '[a-c]', '\\w'];
const SIGNS = [
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '{2}',
  '{1,2}',
  '{0,1}',
  '{1,}',
  '*?',
];

function randomPattern(next: (below: number) => number, depth = 2): string {
  const parts = Array.from({ length: 1 + next(3) }, () => {
    const inner =
      depth > 0 && next(3) === 0
        ? `(?:${randomPattern(next, depth - 1)})`
        : (ATOMS[next(ATOMS.length)] ?? 'a');
    return inner + (SIGNS[next(SIGNS.length)] ?? '');
  });
  const sequence = parts.join('');
  return next(4) === 0
    ? `${sequence}|${ATOMS[next(ATOMS.length)] ?? 'a'}`
    : sequence;
}

test('agrees with regular expressions of JavaScript where both have the form', () => {
  const next = seeded(7);
  let matched = 0;
  for (let round = 0; round < 2000; round++) {
    const pattern = randomPattern(next);
    const ours = fullMatcher(pattern);
    const theirs = new RegExp(`^(?:${pattern})$`, 'u');
    expect(ours).not.toBeNull();
    for (let text = 0; text < 8; text++) {
      const word = Array.from(
        { length: next(6) },
        () => 'abc.1'[next(5)] ?? '',
      ).join('');
      const wanted = theirs.test(word);
      if (wanted) matched++;
      expect([pattern, word, ours?.(word)]).toEqual([pattern, word, wanted]);
    }
  }
  // Otherwise it would compare refusals alone.
  expect(matched).toBeGreaterThan(1000);
});

test.each([
  [String.raw`.*\.(q|v)_proj`, 'model.layers.0.self_attn.q_proj', true],
  [String.raw`.*\.(q|v)_proj`, 'model.layers.0.self_attn.k_proj', false],
  [String.raw`^model\.layers\.[0-3]\..*$`, 'model.layers.2.mlp', true],
  [String.raw`^model\.layers\.[0-3]\..*$`, 'model.layers.12.mlp', false],
  // A full match, not a search.
  ['q_proj', 'model.q_proj', false],
  [String.raw`(?P<kind>q|k)_proj`, 'k_proj', true],
  ['.', '\n', false],
  ['', '', true],
])('%j and %j: %p', (pattern, text, isMatch) => {
  expect(fullMatcher(pattern)?.(text)).toBe(isMatch);
});

test.each([
  String.raw`(?!x).*`,
  String.raw`(?<=a)b`,
  String.raw`(a)\1`,
  String.raw`\bq`,
  '(?i)a',
  '(a',
  'a)',
  '[a',
  '*a',
  'a{2',
  'a{0}',
  'a'.repeat(2001),
  '((a{99}){99}){99}',
])('%j is not followed', (pattern) => {
  expect(fullMatcher(pattern)).toBeNull();
});

test('patterns that take a backtracking matcher for ever end', () => {
  const hostile = fullMatcher('(a*)*(a|aa)+(a?){50}b');
  expect(hostile?.('a'.repeat(900))).toBe(false);
  expect(hostile?.(`${'a'.repeat(900)}b`)).toBe(true);
  expect(hostile?.('a'.repeat(1001))).toBe(false);
});
