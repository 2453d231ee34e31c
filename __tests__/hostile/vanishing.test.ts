import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import { resolveTarget } from '../../src/sources/resolve-target.ts';
import { adapterFiles } from '../builders/checkpoint.ts';
import { fifo, onPosix, put } from './support.ts';

const WEIGHTS = 'run/checkpoint-5/adapter_model.safetensors';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'vanishing-'));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

/** Inspects, and lets something happen between the list and the first read. */
async function inspectWhile(happens: () => void, named = 'run') {
  return inspect({
    targets: [await resolveTarget(named, base)],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
    onCheckpoint: happens,
  });
}

const reasonsOf = (report: Awaited<ReturnType<typeof inspectWhile>>) =>
  report.skipped.map(({ cause, reason }) => `${cause}: ${reason}`);

test('of a file that is deleted after it was listed', async () => {
  put(base, adapterFiles('run/checkpoint-5'));
  const report = await inspectWhile(() => rmSync(join(base, WEIGHTS)));
  expect(report.verdict).toBe('inconclusive');
  expect(reasonsOf(report)).toContain(
    'io: it could not be read (ENOENT: no such file or directory)',
  );
});

test('of a folder that is renamed after it was listed', async () => {
  put(base, adapterFiles('run/checkpoint-5'));
  const report = await inspectWhile(() =>
    renameSync(join(base, 'run'), join(base, 'gone')),
  );
  expect(report.verdict).toBe('inconclusive');
  expect(reasonsOf(report)).toContain(
    'io: it could not be read (ENOENT: no such file or directory)',
  );
});

test('of a file that is emptied after it was listed, never a pass', async () => {
  put(base, adapterFiles('run/checkpoint-5'));
  const report = await inspectWhile(() => truncateSync(join(base, WEIGHTS)));
  expect(report.verdict).toBe('fail');
});

test('of a folder that is deleted before it is listed', async () => {
  put(base, adapterFiles('run/checkpoint-5'));
  const target = await resolveTarget('run', base);
  rmSync(join(base, 'run'), { recursive: true });
  const report = await inspect({
    targets: [target],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  expect(report.verdict).toBe('inconclusive');
  expect(reasonsOf(report)).toEqual([
    'io: it could not be listed (ENOENT: no such file or directory)',
  ]);
});

onPosix('of a file that a FIFO or a device replaces', async () => {
  put(base, adapterFiles('run/checkpoint-5'));
  const replaced = await inspectWhile(() => {
    rmSync(join(base, WEIGHTS));
    fifo(join(base, WEIGHTS));
  });
  expect(replaced.verdict).toBe('inconclusive');
  expect(reasonsOf(replaced)).toContain('special: it is not a regular file');
  const device = await inspectWhile(() => undefined);
  expect(device.verdict).toBe('inconclusive');
  rmSync(join(base, WEIGHTS));
  put(base, adapterFiles('run/checkpoint-5'));
  const linked = await inspectWhile(() => {
    rmSync(join(base, WEIGHTS));
    symlinkSync('/dev/zero', join(base, WEIGHTS));
  });
  expect(reasonsOf(linked)).toContain('special: it is not a regular file');
});

test.each(['a\0b', '\0', '*\0'])('%j is nothing that exists', async (named) => {
  const report = await inspectWhile(() => undefined, named);
  expect(report.verdict).toBe('fail');
  expect(report.findings).toMatchObject([{ message: 'absent' }]);
});

test.each([
  ['{a,b}'.repeat(20), '20 times {, at most 4'],
  ['**/'.repeat(30), '30 times **, at most 4'],
  ['*a'.repeat(20), '20 times * in one name, at most 4'],
  ['*'.repeat(1025), '1025 characters, at most 1024'],
  [`{${'a,'.repeat(100)}}`, '100 commas, at most 40'],
])('the pattern %s is not tried', async (named, words) => {
  const report = await inspectWhile(() => undefined, named);
  expect(report.verdict).toBe('inconclusive');
  expect(reasonsOf(report)).toEqual([
    `io: it could not be listed (PATTERN: the pattern has ${words} are tried: name the folders one by one)`,
  ]);
});

// In a regular expression each of them takes exponential time on these names.
test.each(['(a|a)+'.repeat(9) + 'b', '+(a+)'.repeat(9) + 'b', '{a,a}+b'])(
  'of the pattern %s, groups are plain characters',
  async (named) => {
    put(base, { ['a'.repeat(200)]: '', [named.replace('{a,a}', 'a')]: '' });
    const report = await inspectWhile(() => undefined, named);
    expect(report.examined.files).toBe(1);
  },
);
