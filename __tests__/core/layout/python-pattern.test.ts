import { expect, test } from '@jest/globals';
import { isBrokenPattern } from '../../../src/core/layout/python-pattern.ts';

// Each was given to re.compile of Python 3.11.
const SOUND = [
  '',
  '.*',
  String.raw`.*\.layers\.(?:0|1)\.self_attn\.(q|v)_proj`,
  '[]()*]',
  '[^]x]',
  String.raw`\(`,
  String.raw`[\]]`,
  'a{',
  '(?P<layer>a)(?P=layer)',
  '(?i)Q_PROJ',
  '(?#(*)a',
  '(?=a)b',
  '(?<!a)b',
  '(a)?(?(1)b|c)',
  'a]',
  'a|b',
  '|a',
  'a*?',
];
const BROKEN = [
  '(q_proj',
  'q_proj)',
  '[q_proj',
  '[]',
  '[^]',
  '*q_proj',
  'a|*',
  '(+a)',
  'a\\',
  String.raw`[\]`,
  '((a)',
];

test.each(SOUND)('%j is sound', (pattern) => {
  expect(isBrokenPattern(pattern)).toBe(false);
});

test.each(BROKEN)('%j is broken', (pattern) => {
  expect(isBrokenPattern(pattern)).toBe(true);
});
