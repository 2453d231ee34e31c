import { expect, test } from '@jest/globals';
import { textFiles } from './text-files.ts';
import { readText } from '../../scripts/check-catalogue.mjs';

const PROMISES = [
  /\b(?:is|are|be|it's|looks?|found|marked) (?:safe|clean)\b/i,
  /\b(?:safe|clean) (?:checkpoint|adapter|model|weights|file|to load)/i,
];

test.each([
  ['The checkpoint is safe.', true],
  ['3 clean checkpoints', true],
  ['safetensors files', false],
])('%s', (text, isPromise) => {
  expect(PROMISES.some((promise) => promise.test(text))).toBe(isPromise);
});

// What was examined is what can be said; nobody can promise more.
test('no page and no source calls a checkpoint safe or clean', () => {
  const files = [...textFiles('.md'), ...textFiles('.ts', 'src'), 'action.yml'];
  const promising = files.filter((path) =>
    PROMISES.some((promise) => promise.test(readText(path))),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(promising).toEqual([]);
});
