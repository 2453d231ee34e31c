import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { findViolation, importsIn } from './layers.ts';

const SRC = new URL('../../src/', import.meta.url);

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));

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
    ['core/formats/recognise.ts', '../layout/tree.ts'],
    ['core/layout/tree.ts', '../checks/index.ts'],
    ['core/checks/loads/x.ts', '../../render/text.ts'],
    ['core/checks/loads/x.ts', '../../inspect.ts'],
    ['core/render/text.ts', '../layout/tree.ts'],
    ['core/render/text.ts', '../bytes/limits.ts'],
    ['core/inspect.ts', './render/json.ts'],
    ['core/inspect.ts', './checks/index.ts'],
    ['core/inspect.ts', 'node:fs'],
    ['core/inspect.ts', '@actions/core'],
    ['sources/walk.ts', '../core/layout/tree.ts'],
    ['sources/walk.ts', 'tinyglobby'],
    ['cli/run.ts', '../action/host.ts'],
    ['cli/run.ts', '@actions/core'],
    ['action/run.ts', '@actions/core'],
  ])('%s imports %s', (file, module) => {
    expect(findViolation(file, module)).not.toBeNull();
  });

  test.each([
    ['core/checks/loads/x.ts', '../../define-check.ts'],
    ['core/render/text.ts', '../types.ts'],
    ['action/host.ts', '@actions/core'],
    ['cli/main.ts', 'node:fs'],
  ])('%s may import %s', (file, module) => {
    expect(findViolation(file, module)).toBeNull();
  });

  test('imports of every form are seen', () => {
    const text = `import a from 'a'; import type { B } from 'b';
      export { c } from 'c'; import 'd'; const e = await import('e');`;
    expect(importsIn(text)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
