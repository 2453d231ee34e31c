import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { readText, ROOT } from '../../scripts/check-catalogue.mjs';

const config = readText('eslint.config.mjs');

/** Every setting of a rule in the configuration, without blanks. */
function settingsOf(rule: string): string[] {
  const pattern = new RegExp(`'${rule}':\\s*(\\[[^\\]]*\\]|'\\w+')`, 'g');
  return [...config.matchAll(pattern)].map(([, setting = '']) =>
    setting.replace(/\s/g, ''),
  );
}

test('lint caps every file at 300 lines', () => {
  expect(settingsOf('max-lines')).toEqual(["['error',300]"]);
});

test('lint caps every function at 60 lines, blocks of tests aside', () => {
  expect(settingsOf('max-lines-per-function')).toEqual([
    "['error',60]",
    "'off'",
  ]);
  const [, aside = ''] = config.split(
    "'max-lines-per-function': ['error', 60]",
  );
  const [before = ''] = aside.split("'max-lines-per-function': 'off'");
  expect(before.slice(before.lastIndexOf('files:'))).toContain(
    "files: ['__tests__/**/*.ts']",
  );
});

test('no file lifts the caps for itself', () => {
  const sources = ['src', 'scripts', '__tests__']
    .flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, ROOT), {
        recursive: true,
        encoding: 'utf8',
      }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
    )
    .filter((name) => /\.(?:ts|mjs)$/.test(name))
    .filter((name) => !name.startsWith('__tests__/corpus/'));
  const lifting = sources.filter((name) =>
    // A disabling without a rule's name disables every rule.
    /eslint-disable(?:[\w-]*\s*(?:\*\/|$)|.*max-lines)|\/\*\s*eslint .*max-lines/m.test(
      readText(name),
    ),
  );
  expect(sources.length).toBeGreaterThan(100);
  // This file names what it looks for.
  expect(lifting).toEqual(['__tests__/repository/caps.test.ts']);
});
