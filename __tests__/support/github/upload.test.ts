import { afterAll, expect, test } from '@jest/globals';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { startFakeGitHub } from './index.ts';
import { filesToUpload, upload } from './upload.ts';

const onPosix = process.platform === 'win32' ? test.skip : test;
const folder = mkdtempSync(join(tmpdir(), 'files-to-upload-'));
for (const name of [
  'run/sub',
  'run/empty',
  'run/.cache',
  '.hydra',
  'elsewhere',
])
  mkdirSync(join(folder, name), { recursive: true });
for (const name of [
  'run/sub/weights',
  'run/.hidden',
  'run/.cache/weights',
  '.hydra/config',
  'elsewhere/linked',
])
  writeFileSync(join(folder, name), name);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function chosen(name: string, includeHidden = false) {
  const { files, root } = filesToUpload(join(folder, name), includeHidden);
  return files.map((file) => relative(root, file).replaceAll('\\', '/'));
}

test('hidden files and empty folders are left out', () => {
  expect(chosen('run')).toEqual(['sub/weights']);
  expect(chosen('run', true)).toEqual([
    '.cache/weights',
    '.hidden',
    'sub/weights',
  ]);
});

test('a hidden folder has nothing to upload, even where it is the path', () => {
  expect(chosen('.hydra')).toEqual([]);
  expect(chosen('.hydra', true)).toEqual(['config']);
});

test('a file is named from its folder', () => {
  expect(chosen('run/sub/weights')).toEqual(['weights']);
});

test('where there is nothing to upload, nothing is', async () => {
  const github = await startFakeGitHub();
  const path = join(folder, '.hydra');
  await expect(upload(github, [{ name: 'a', path }])).resolves.toEqual([null]);
  expect(github.log()).toEqual([]);
  await github.close();
});

onPosix('links are followed, broken ones and rings dropped', () => {
  const links = join(folder, 'links');
  mkdirSync(links);
  symlinkSync('../elsewhere', join(links, 'folder'));
  symlinkSync('../elsewhere/linked', join(links, 'file'));
  symlinkSync('nowhere', join(links, 'broken'));
  symlinkSync('.', join(links, 'ring'));
  expect(chosen('links')).toEqual(['file', 'folder/linked']);
});
