import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { materialize } from '../../scripts/corpus/materialize.mjs';
import { readText, ROOT, toPath } from '../../scripts/check-catalogue.mjs';
import { IS_ROOT, caseUrl } from '../helpers/corpus.ts';
import { briefly, runGate } from '../helpers/gate.ts';

const DIST = toPath(new URL('dist/', ROOT));
const NOBODY = 65534;
const onPosix = process.platform === 'win32' ? test.skip : test;

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-'));
  await materialize(caseUrl('founding-case'), join(folder, 'work'));
  await materialize(caseUrl('trainer-lora'), join(folder, 'locked'));
  chmodSync(folder, 0o755);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A process with no environment but what is given. */
function node(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  user: { uid?: number; gid?: number } = {},
) {
  return spawnSync(process.execPath, [script, ...args], {
    cwd: join(folder, 'work'),
    encoding: 'utf8',
    env,
    ...user,
  });
}

const cli = (...args: string[]) => node(join(DIST, 'cli/index.js'), args);

/** The action on a case that is laid out in `work`. */
const action = (inputs: Readonly<Record<string, string>>) =>
  runGate(inputs, { workspace: join(folder, 'work') });

describe('the command line', () => {
  test('fails the founding case, and says what each folder lacks', () => {
    const { status, stdout, stderr } = cli('expmt_v1');
    expect(status).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/expmt_v1\/checkpoint-50 \[checkpoint-empty\]\n {2}What: {2}The folder is empty/);
    expect(stdout).toMatch(/expmt_v1\/checkpoint-100 [\s\S]*test\.txt/);
  });

  test('passes the healthy run beside it', () => {
    expect(cli('reference_run').status).toBe(0);
  });

  test('runs as an executable file alone, without node_modules', () => {
    const copy = join(folder, 'alone');
    cpSync(join(DIST, 'cli'), copy, { recursive: true });
    const { status, stdout } = node(join(copy, 'index.js'), ['--version']);
    expect([status, stdout]).toEqual([0, `${version()}\n`]);
    // A pattern loads the lazy part.
    expect(node(join(copy, 'index.js'), ['reference_*']).status).toBe(0);
  });

  onPosix('leaves a report as it was when the disk takes no more', () => {
    const output = join(folder, 'old.json');
    writeFileSync(output, 'of the last run');
    const command = [process.execPath, join(DIST, 'cli/index.js'), 'expmt_v1'];
    const options = ['--format', 'json', '--output', output];
    // Files of one block at most: the report has more bytes.
    const { status, stderr } = spawnSync(
      '/bin/sh',
      ['-c', 'ulimit -f 1; exec "$@"', 'sh', ...command, ...options],
      { cwd: join(folder, 'work'), encoding: 'utf8', env: {} },
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Could not write .*old\.json: EFBIG/);
    expect(readFileSync(output, 'utf8')).toBe('of the last run');
    expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  onPosix('of weights that it may not open says mode, owner and chmod', () => {
    const weights = join(
      folder,
      'locked/checkpoint-6/adapter_model.safetensors',
    );
    chmodSync(weights, 0o000);
    for (const step of ['', 'checkpoint-2', 'checkpoint-4'])
      // safetensors 0.8 made them 0600, and a copy may have kept that.
      chmodSync(join(folder, 'locked', step, basename(weights)), 0o644);
    const bundle = join(folder, 'bundle');
    cpSync(join(DIST, 'cli'), bundle, { recursive: true });
    const user = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};
    const { status, stdout } = node(
      join(bundle, 'index.js'),
      ['../locked'],
      {},
      user,
    );
    expect(status).toBe(3);
    expect(stdout).toMatch(/^INCONCLUSIVE; 1 place could not be read/);
    expect(stdout).toMatch(/warning: .*\n?.*\[weights-unreadable\]/);
    expect(stdout).toMatch(/has mode 0000 and belongs to\s+uid \d+/);
    expect(stdout).toContain('chmod 644');
  });
});

describe('the action', () => {
  test('fails the founding case, with summary, outputs and annotations', async () => {
    const step = await action({ path: 'expmt_v1' });
    expect(step).toMatchObject({ outcome: 'failure', exitCode: 1 });
    expect(step.outputs.get('verdict')).toBe('fail');
    expect(step.summary).toMatch(/^## ❌ Checkpoint Gate: fail/);
    expect(briefly(step)).toEqual([
      expect.stringMatching(/^error: checkpoint-empty: expmt_v1\/checkpoint-50$/),
      expect.stringMatching(/^error: .*: expmt_v1\/checkpoint-100$/),
      expect.stringMatching(/^error: Checkpoint Gate: fail; 2 errors on 2 of 2/),
    ]);
  });

  test('passes the healthy run beside it', async () => {
    const { outcome, outputs, commands } = await action({
      path: 'reference_run',
    });
    expect([outcome, commands]).toEqual(['success', []]);
    expect(outputs.get('newest-loadable')).toBe('reference_run/checkpoint-6');
  });

  test('gives the same JSON as the command line, byte for byte', async () => {
    const paths = ['expmt_v1', 'reference_run', 'absent'];
    await action({ path: paths.join('\n'), report: 'gate.json' });
    const { stdout } = cli(...paths, '--format', 'json');
    expect(readFileSync(join(folder, 'work/gate.json'), 'utf8')).toBe(stdout);
  });
});

describe('the bundles', () => {
  const bundle = (name: string) => readFileSync(join(DIST, name), 'utf8');

  test('in workspace mode hold nothing of artifacts or Octokit', () => {
    for (const name of ['index.js', 'cli/index.js'])
      expect(bundle(name)).not.toMatch(/@octokit|@actions\/artifact|@azure/);
  });

  test('of the command line hold nothing of @actions/*', () => {
    expect(bundle('cli/index.js')).not.toMatch(/@actions\/|GITHUB_OUTPUT/);
  });
});

test('the README shows what the demo prints', () => {
  const { stdout } = cli('expmt_v1', 'reference_run');
  expect(readText('README.md')).toContain(stdout.trim());
});

test('npm run demo exits 0 on the expected fail', () => {
  const demo = toPath(new URL('scripts/demo.mjs', ROOT));
  const { status, stdout } = node(demo, []);
  expect(stdout).toContain('Exit code 1: the expected verdict, fail');
  expect(status).toBe(0);
});

function version(): string {
  const { version } = JSON.parse(readText('package.json')) as {
    version: string;
  };
  return version;
}
