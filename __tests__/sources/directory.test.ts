import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from '../../src/core/bytes/reader.ts';
import type { Source } from '../../src/core/bytes/reader.ts';
import { directorySource } from '../../src/sources/directory.ts';
import { resolveTarget } from '../../src/sources/resolve-target.ts';

const onPosix = process.platform === 'win32' ? test.skip : test;

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'source-'));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

function write(path: string, content = 'x'): void {
  mkdirSync(join(base, path, '..'), { recursive: true });
  writeFileSync(join(base, path), content);
}

function sourceOf(label: string): Source {
  const source = directorySource(label, base);
  if (source === null) throw new Error(`nothing at ${label}`);
  return source;
}

async function entriesOf(label: string) {
  const { entries } = await sourceOf(label).list();
  return entries.map(({ path, kind, sizeBytes }) => [path, kind, sizeBytes]);
}

describe('a directory', () => {
  test('is listed depth first, sorted, with sizes', async () => {
    write('run/b/two.bin', '22');
    write('run/a.txt', '1');
    mkdirSync(join(base, 'run/empty'));
    expect(await entriesOf('run')).toEqual([
      ['a.txt', 'file', 1],
      ['b', 'folder', 0],
      ['b/two.bin', 'file', 2],
      ['empty', 'folder', 0],
    ]);
  });

  test('tells the size of what lies beside as it is when it is asked for', async () => {
    write('run/weights.bin', '1');
    // The first is looked at: it tells whether the folder may be searched.
    write('run/samples/first.txt', '1');
    write('run/samples/grown.txt', '1');
    write('run/samples/gone.txt', '1');
    const { entries } = await sourceOf('run').list();
    write('run/weights.bin', '22');
    write('run/samples/first.txt', '22');
    write('run/samples/grown.txt', '22');
    rmSync(join(base, 'run/samples/gone.txt'));
    expect(
      entries.map(({ path, kind, sizeBytes }) => [path, kind, sizeBytes]),
    ).toEqual([
      ['samples', 'folder', 0],
      ['samples/first.txt', 'file', 1],
      ['samples/gone.txt', 'file', 0],
      ['samples/grown.txt', 'file', 2],
      ['weights.bin', 'file', 1],
    ]);
  });

  test('reads a small file once, until another is opened', async () => {
    write('run/a', 'first');
    write('run/b');
    const source = sourceOf('run');
    const read = async (path: string) => {
      const reader = await source.open(path);
      const bytes = await reader.read(0, reader.size);
      await reader.close();
      return Buffer.from(bytes).toString();
    };
    expect(await read('a')).toBe('first');
    write('run/a', 'second');
    expect(await read('a')).toBe('first');
    expect(await read('b')).toBe('x');
    expect(await read('a')).toBe('second');
    write('run/a', 'third');
    source.letGo?.();
    expect(await read('a')).toBe('third');
  });

  test('passes over what is no output, unless it is named', async () => {
    write('run/.git/config');
    write('run/models--org--name/blobs/x');
    const { entries, unlisted } = await sourceOf('run').list();
    expect(entries.map(({ path }) => path)).toEqual([
      '.git',
      'models--org--name',
    ]);
    expect(unlisted.map(({ path, cause }) => [path, cause])).toEqual([
      ['.git', 'ignored'],
      ['models--org--name', 'ignored'],
    ]);
    expect(await entriesOf('run/.git')).toEqual([['config', 'file', 1]]);
  });

  test('reads exactly what is asked for, or rejects', async () => {
    write('run/file', '0123456789');
    const reader = await sourceOf('run').open('file');
    expect(reader.size).toBe(10);
    expect(new TextDecoder().decode(await reader.read(3, 4))).toBe('3456');
    await expect(reader.read(8, 4)).rejects.toThrow(SourceError);
    const parts: number[] = [];
    for await (const part of reader.stream(2, 9)) parts.push(part.length);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(7);
    await reader.close();
  });

  test('of which nothing exists is null', () => {
    write('file');
    expect(directorySource('absent', base)).toBeNull();
    expect(directorySource('file/below', base)).toBeNull();
  });

  test('that is a file has one entry', async () => {
    write('adapter.safetensors', 'abc');
    expect(sourceOf('adapter.safetensors').root).toBe('file');
    expect(await entriesOf('adapter.safetensors')).toEqual([['', 'file', 3]]);
    const reader = await sourceOf('adapter.safetensors').open('');
    expect(reader.size).toBe(3);
    await reader.close();
  });

  onPosix('follows links inside of itself only', async () => {
    write('outside/secret');
    write('run/blobs/abc', 'abc');
    symlinkSync('../blobs/abc', join(base, 'run/weights'), 'file');
    mkdirSync(join(base, 'run/deep'));
    symlinkSync('../blobs/abc', join(base, 'run/deep/inside'));
    symlinkSync('../../outside/secret', join(base, 'run/deep/out'));
    symlinkSync('../../outside', join(base, 'run/deep/outside'));
    symlinkSync('gone', join(base, 'run/deep/dangling'));
    symlinkSync('..', join(base, 'run/deep/loop'));
    rmSync(join(base, 'run/weights'));
    const { entries, unlisted } = await sourceOf('run').list();
    const kinds = new Map(entries.map((one) => [one.path, one]));
    expect(kinds.get('deep/inside')).toMatchObject({
      kind: 'file',
      sizeBytes: 3,
    });
    expect(kinds.get('deep/out')).toMatchObject({ kind: 'symlink' });
    expect(kinds.get('deep/dangling')).toMatchObject({ isDangling: true });
    expect(unlisted.map(({ path, cause }) => [path, cause])).toEqual([
      ['deep/loop', 'link'],
      ['deep/outside', 'link'],
    ]);
    expect(entries.some(({ path }) => path.includes('secret'))).toBe(false);
  });

  onPosix(
    'does not open what is no file, and does not wait for it',
    async () => {
      mkdirSync(join(base, 'run'));
      execFileSync('mkfifo', [join(base, 'run/pipe')]);
      expect(await entriesOf('run')).toEqual([['pipe', 'other', 0]]);
      await expect(sourceOf('run').open('pipe')).rejects.toMatchObject({
        code: 'NOT_A_FILE',
      });
    },
  );

  test('says nothing of the machine when it fails', async () => {
    mkdirSync(join(base, 'run'));
    await expect(sourceOf('run').open('gone')).rejects.toMatchObject({
      code: 'ENOENT',
      message: 'no such file or directory',
    });
  });
});

describe('a target', () => {
  const labelsOf = async (named: string) => {
    const { sources } = await resolveTarget(named, base);
    return sources.map(({ label }) => label);
  };

  beforeEach(() => {
    write('runs/a/checkpoint-1/x');
    write('runs/a/checkpoint-2/x');
    write('runs/b/checkpoint-1/x');
    write('runs/.hidden/x');
    write('runs/[odd]/x');
  });

  test.each([
    ['runs/a', ['runs/a']],
    ['runs/absent', []],
    ['runs/*/checkpoint-1', ['runs/a/checkpoint-1', 'runs/b/checkpoint-1']],
    ['runs/[ab]', ['runs/a', 'runs/b']],
    // What exists under the very name is no pattern.
    ['runs/[odd]', ['runs/[odd]']],
    // Of matches in one another the outermost.
    ['runs/a/**', ['runs/a']],
    ['runs/.h*', ['runs/.hidden']],
    ['nothing/*', []],
  ])('%s', async (named, labels) => {
    expect(await labelsOf(named)).toEqual(labels);
  });
});
