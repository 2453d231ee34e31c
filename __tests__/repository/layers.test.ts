import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { COMPUTED, findViolation, importsIn, layerOf } from './layers.ts';

const SRC = new URL('../../src/', import.meta.url);

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.[cm]?[jt]s$/.test(name));

test('imports go one way, and the core is pure', () => {
  const violations = files.flatMap((file) =>
    importsIn(readFileSync(new URL(file, SRC), 'utf8')).flatMap(
      (module) => findViolation(file, module) ?? [],
    ),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(violations).toEqual([]);
});

describe('a violation is found', () => {
  test.each([
    ['core/bytes/reader.ts', '../formats/parsed.ts'],
    ['core/bytes/reader.ts', '../types.ts'],
    ['core/formats/recognise.ts', '../layout/tree.ts'],
    ['core/layout/tree.ts', '../checks/index.ts'],
    ['core/layout/tree.ts', '../define-check.ts'],
    ['core/checks/loads/x.ts', '../../render/text.ts'],
    ['core/checks/loads/x.ts', '../../inspect.ts'],
    ['core/checks/loads/x.ts', './y.ts'],
    ['core/checks/loads/x.ts', '../progress/y.ts'],
    ['core/render/text.ts', '../layout/tree.ts'],
    ['core/render/text.ts', '../bytes/limits.ts'],
    ['core/render/text.ts', '../version.ts'],
    ['core/render/text.ts', '../verdict.ts'],
    ['core/types.ts', './inspect.ts'],
    ['core/inspect.ts', './render/json.ts'],
    ['core/inspect.ts', './checks/index.ts'],
    ['core/inspect.ts', '../sources/walk.ts'],
    ['core/inspect.ts', 'node:fs'],
    ['core/inspect.ts', 'fs'],
    ['core/inspect.ts', '@actions/core'],
    ['core/inspect.ts', COMPUTED],
    ['core/inspect.ts', '../../scripts/check-catalogue.mjs'],
    ['sources/walk.ts', '../core/layout/tree.ts'],
    ['sources/walk.ts', '../core/types.ts'],
    ['sources/walk.ts', 'tinyglobby'],
    ['platform/codecs.ts', '../core/layout/tree.ts'],
    ['cli/run.ts', '../action/host.ts'],
    ['cli/run.ts', '@actions/core'],
    ['action/run.ts', '../cli/options.ts'],
    ['action/run.ts', '@actions/core'],
    ['action/run.ts', '@actions/artifact'],
    ['action/artifacts/select.ts', '@actions/artifact'],
    ['action/artifacts/select.ts', '@actions/core'],
    ['action/artifacts/select.ts', '../inputs.ts'],
    ['action/artifacts/select.ts', '../../core/checks/index.ts'],
    ['cli/run.ts', '../action/artifacts/service.ts'],
    ['sources/walk.ts', '@actions/artifact'],
  ])('%s imports %s', (file, module) => {
    expect(findViolation(file, module)).not.toBeNull();
  });

  test('in a folder without a rule', () => {
    expect(() => layerOf('core/extras/x.ts')).toThrow('no rule');
    expect(() => layerOf('main.ts')).toThrow('no rule');
  });
});

test.each([
  ['core/checks/loads/x.ts', '../../define-check.ts'],
  ['core/checks/loads/x.ts', '../folder-names.ts'],
  ['core/checks/index.ts', './loads/x.ts'],
  ['core/render/text.ts', '../types.ts'],
  ['core/render/text.ts', '../wording.ts'],
  ['action/host.ts', '@actions/core'],
  ['action/run.ts', './artifacts/service.ts'],
  ['action/artifacts/select.ts', '../../core/bytes/reader.ts'],
  ['action/artifacts/download.ts', '@actions/artifact'],
  ['cli/main.ts', 'node:fs'],
])('%s may import %s', (file, module) => {
  expect(findViolation(file, module)).toBeNull();
});

test('imports of every form are seen', () => {
  const text = `
    import a from 'a'; import type { B } from "b"; export { c } from 'c';
    export * from 'd'; import 'e'; const f = await import('f');
    import g = require('g'); type H = import('h').H; import i from 'i#i';
    const j = require('j'); const k = await import(\`k\`); await import(l);`;
  expect(importsIn(text)).toEqual([
    'a',
    'b',
    'c',
    'd',
    'e',
    'f',
    'g',
    'h',
    'i#i',
    'j',
    'k',
    COMPUTED,
  ]);
});

test('words of comments and texts are no imports', () => {
  expect(importsIn(`// from 'a'\nconst b = "import 'b'";`)).toEqual([]);
});
