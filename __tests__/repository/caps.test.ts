import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { readText, ROOT } from '../../scripts/check-catalogue.mjs';

test('lint caps files at 300 lines and functions at 60', () => {
  const config = readText('eslint.config.mjs');
  expect(config).toContain("'max-lines': ['error', 300]");
  expect(config).toContain("'max-lines-per-function': ['error', 60]");
});

test('no file lifts the caps for itself', () => {
  const sources = ['src', 'scripts', '__tests__/helpers', '__tests__/builders']
    .flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, ROOT), {
        recursive: true,
        encoding: 'utf8',
      }).map((name) => `${folder}/${name}`),
    )
    .filter((name) => /\.(?:ts|mjs)$/.test(name));
  const lifting = sources.filter((name) =>
    /eslint-disable.*max-lines/.test(readText(name)),
  );
  expect(lifting).toEqual([]);
});
