import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { adapterConfig, adapterWeights } from '../builders/checkpoint.ts';
import { IS_ROOT } from '../helpers/corpus.ts';
import { ACTION } from '../helpers/gate.ts';
import { newFolder, onPosix, put } from './support.ts';

const NOBODY = 65534;
/** It may be listed, and what is in it not be looked at. */
const LISTED_ONLY = 0o644;

/** The text report of a folder, by somebody who is not root. */
function inspected(below: string, closed: string) {
  const folder = newFolder();
  for (const step of [5, 10])
    put(join(folder, 'run', `checkpoint-${step}`), {
      'adapter_config.json': adapterConfig(),
      'adapter_model.safetensors': adapterWeights(),
    });
  put(folder, { [`${below}/1.png`]: '', [`${below}/2.txt`]: '' });
  cpSync(join(ACTION, 'dist/cli'), join(folder, 'bundle'), { recursive: true });
  for (const part of ['', '..']) chmodSync(join(folder, part), 0o755);
  chmodSync(join(folder, closed), LISTED_ONLY);
  const run = spawnSync(process.execPath, ['bundle/index.js', 'run'], {
    cwd: folder,
    encoding: 'utf8',
    ...(IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  chmodSync(join(folder, closed), 0o755);
  return { exit: run.status, text: run.stdout.replace(/\s+/g, ' ') };
}

onPosix('a checkpoint that may not be searched is not called empty', () => {
  const { exit, text } = inspected('run/checkpoint-10', 'run/checkpoint-10');
  expect(text).toContain('what is in it could not be looked at (EACCES');
  expect(text).not.toContain('checkpoint-empty');
  expect(text).not.toContain('mv --');
  expect(exit).toBe(3);
});

onPosix('samples that may not be searched are not passed over', () => {
  const { exit, text } = inspected('run/samples', 'run/samples');
  expect(text).toContain('INCONCLUSIVE; 1 place could not be read');
  expect(exit).toBe(3);
});
