import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WALK_MAX_CHARACTERS } from '../../src/core/bytes/limits.ts';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import { directorySource } from '../../src/sources/directory.ts';

// Windows has no such paths, and no such names.
const onPosix = process.platform === 'win32' ? test.skip : test;

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hostile-'));
  mkdirSync(join(base, 'case'));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

function inspectCase() {
  const source = directorySource('case', base);
  if (source === null) throw new Error('there is a case');
  return inspect({
    targets: [{ named: 'case', sources: [source] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
}

onPosix(
  'paths as long as a system takes are listed up to a limit',
  async () => {
    const deep = join(
      'case',
      ...Array.from({ length: 14 }, () => 'd'.repeat(250)),
    );
    mkdirSync(join(base, deep), { recursive: true });
    const count = Math.ceil(WALK_MAX_CHARACTERS / (deep.length - 4));
    for (let at = 0; at < count; at++)
      writeFileSync(join(base, deep, String(at).padStart(100, 'n')), '');
    const { verdict, skipped, examined } = await inspectCase();
    expect(verdict).toBe('inconclusive');
    expect(skipped.map(({ cause, reason }) => [cause, reason])).toContainEqual([
      'limit',
      `paths of over ${WALK_MAX_CHARACTERS} characters in all`,
    ]);
    expect(examined.files).toBeGreaterThan(1000);
    expect(examined.files).toBeLessThan(count);
  },
);

onPosix('a file whose name is not UTF-8 still counts as one', async () => {
  writeFileSync(Buffer.from(`${base}/case/caf\xe9.safetensors`, 'latin1'), 'x');
  const { verdict, findings } = await inspectCase();
  expect(verdict).toBe('fail');
  expect(findings.map(({ text }) => text)).toEqual([
    'The one file at this path or below it belongs to no checkpoint of a known producer.',
  ]);
});
