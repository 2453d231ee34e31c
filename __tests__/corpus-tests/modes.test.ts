import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, toPath } from '../../scripts/check-catalogue.mjs';
import { readManifest } from '../../scripts/corpus/materialize.mjs';
import type { Report } from '../../src/core/types.ts';
import {
  CASE_IDS,
  caseUrl,
  IS_ROOT,
  locksOwnerOut,
  readExpected,
  withCase,
  writeExpected,
} from '../helpers/corpus.ts';

const NOBODY = 65534;
const isUpdate = process.env['UPDATE_CORPUS'] === '1';
const onPosix = process.platform === 'win32' ? test.skip : test;

const withModes: string[] = [];
for (const id of CASE_IDS)
  if (locksOwnerOut((await readManifest(caseUrl(id))).modes))
    withModes.push(id);

/**
 * Inspects as a user whom modes hold back, which root is not: by the bundle, in a
 * process of its own. Whose files they are differs from machine to machine.
 */
function inspectAsUser(folder: string): Report {
  chmodSync(folder, 0o755);
  cpSync(toPath(new URL('dist/cli', ROOT)), join(folder, 'bundle'), {
    recursive: true,
  });
  const { stdout } = spawnSync(
    process.execPath,
    [join(folder, 'bundle/index.js'), 'case', '--format', 'json'],
    {
      cwd: folder,
      encoding: 'utf8',
      ...(IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {}),
    },
  );
  const report = stdout.replaceAll(/uid \d+, gid \d+/g, 'uid N, gid N');
  return JSON.parse(report) as Report;
}

onPosix.each(withModes)('%s: the expected report', async (id) => {
  await withCase(id, async ({ folder, manifest }) => {
    const report = inspectAsUser(folder);
    // So that the folder can be removed again.
    for (const path of Object.keys(manifest.modes ?? {}))
      await chmod(join(folder, 'case', path), 0o755);
    if (isUpdate) await writeExpected(id, report);
    expect(report).toEqual(await readExpected(id));
    expect(report).toMatchObject({ verdict: 'inconclusive' });
  });
});

test('the cases with modes are there', () => {
  expect(withModes).toEqual([
    'damaged-folder-unreadable',
    'damaged-weights-unreadable',
  ]);
});
