import { expect, test } from '@jest/globals';
import { readText } from '../../scripts/check-catalogue.mjs';
import { textFiles } from './text-files.ts';

const TESTS = textFiles('.ts', '__tests__');
const OF_ACTION = TESTS.filter((file) =>
  /^__tests__\/action\/[^/]+\.test\.ts$/.test(file),
);

const holding = (files: readonly string[], text: RegExp) =>
  files.filter((file) => text.test(readText(file)));

test('tests of the action know its bundle alone, through the emulator', () => {
  expect(holding(OF_ACTION, /from '[./]+src\/action\//)).toEqual([]);
  expect(holding(OF_ACTION, /\b(?:runGate|runAction|startJob)\(/)).toEqual(
    OF_ACTION,
  );
  expect(OF_ACTION.length).toBeGreaterThan(5);
});

test('the Node of the action is started by the emulator alone', () => {
  expect(holding(TESTS, /import .*\bnode24\b/)).toEqual([
    '__tests__/support/runner/stage.ts',
  ]);
});
