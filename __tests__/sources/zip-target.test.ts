import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveTarget } from '../../src/sources/resolve-target.ts';
import { buildZip } from '../builders/zip.ts';

let base = '';

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'zip-target-'));
  await mkdir(join(base, 'out', 'folder.zip'), { recursive: true });
  const bytes = buildZip([{ name: 'checkpoint-2/a.json', content: '{}' }]);
  await writeFile(join(base, 'out', 'one.zip'), bytes);
  await writeFile(join(base, 'out', 'TWO.ZIP'), bytes);
});

afterAll(() => rm(base, { recursive: true }));

async function pathsOf(named: string): Promise<Record<string, string[]>> {
  const { sources } = await resolveTarget(named, base);
  const lists: Record<string, string[]> = {};
  for (const source of sources) {
    const { entries } = await source.list();
    lists[source.label] = entries.map(({ path }) => path);
    await source.close?.();
  }
  return lists;
}

const FILES = ['checkpoint-2', 'checkpoint-2/a.json'];

test('a zip file that is named is a tree', async () => {
  expect(await pathsOf('out/one.zip')).toEqual({ 'out/one.zip': FILES });
  const { sources } = await resolveTarget('out/one.zip', base);
  expect(sources.map(({ root }) => root)).toEqual(['folder']);
  const reader = await sources[0]?.open('checkpoint-2/a.json');
  expect(Buffer.from((await reader?.read(0, 2)) ?? []).toString()).toBe('{}');
  await sources[0]?.close?.();
});

test('so is each that a pattern matches, in capitals too', async () => {
  expect(await pathsOf('out/*.{zip,ZIP}')).toEqual({
    'out/TWO.ZIP': FILES,
    'out/folder.zip': [],
    'out/one.zip': FILES,
  });
});

test('one that lies in a folder is a file', async () => {
  expect(await pathsOf('out')).toEqual({
    out: ['TWO.ZIP', 'folder.zip', 'one.zip'],
  });
});

test('one that is gone when it is listed is an I/O error', async () => {
  await writeFile(join(base, 'gone.zip'), '');
  const { sources } = await resolveTarget('gone.zip', base);
  await rm(join(base, 'gone.zip'));
  await expect(sources[0]?.list()).rejects.toMatchObject({ code: 'ENOENT' });
});
