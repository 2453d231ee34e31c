import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../../src/platform/write-whole.ts';

const onPosix = process.platform === 'win32' ? test.skip : test;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), 'utf8');

test('a new file is written, and nothing left beside it', async () => {
  await writeWhole(at('a'), 'text');
  expect([read('a'), readdirSync(folder)]).toEqual(['text', ['a']]);
});

onPosix('a file that was there is replaced, with its mode', async () => {
  writeFileSync(at('a'), 'a longer text');
  chmodSync(at('a'), 0o600);
  await writeWhole(at('a'), 'text');
  expect([read('a'), readdirSync(folder)]).toEqual(['text', ['a']]);
  expect(statSync(at('a')).mode & 0o777).toBe(0o600);
});

onPosix('a link stays one, and its file is replaced', async () => {
  mkdirSync(at('other'));
  writeFileSync(at('other/file'), 'old');
  symlinkSync('other/file', at('link'));
  await writeWhole(at('link'), 'text');
  expect([read('other/file'), readlinkSync(at('link'))]).toEqual([
    'text',
    'other/file',
  ]);
});

onPosix('a pipe is written to, not replaced', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  const [, text] = await Promise.all([
    writeWhole(at('pipe'), 'text'),
    import('node:fs/promises').then((fs) => fs.readFile(at('pipe'), 'utf8')),
  ]);
  expect([text, statSync(at('pipe')).isFIFO()]).toEqual(['text', true]);
});

test.each(['folder', 'file/below', 'no-such-folder/file'])(
  '%s cannot be written, and nothing is left',
  async (name) => {
    mkdirSync(at('folder'));
    writeFileSync(at('file'), 'kept');
    await expect(writeWhole(at(name), 'text')).rejects.toMatchObject({
      code: expect.stringMatching(/^E/) as unknown,
    });
    expect([
      readdirSync(folder).sort(),
      readdirSync(at('folder')),
      read('file'),
    ]).toEqual([['file', 'folder'], [], 'kept']);
  },
);
