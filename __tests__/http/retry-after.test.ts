import { expect, test } from '@jest/globals';
import { parseRetryAfter } from '../../src/http/retry-after.ts';

test.each([
  ['7', 7000],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', null],
  ['-3', null],
  ['1', 1000],
  ['', null],
])('Retry-After %s', (text, milliseconds) => {
  expect(parseRetryAfter(text, 1000)).toBe(milliseconds);
});
