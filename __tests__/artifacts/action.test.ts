import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/core/types.ts';
import { adapterFiles, adapterWeights } from '../builders/checkpoint.ts';
import { runGate, temporaryWorkspace } from '../helpers/gate.ts';
import { startFakeGitHub } from '../support/github/index.ts';
import type { FakeGitHub } from '../support/github/types.ts';
import { upload } from '../support/github/upload.ts';

const { workspace, clear } = temporaryWorkspace({
  ...adapterFiles('lora/checkpoint-2'),
  ...adapterFiles('lora/checkpoint-4'),
  'broken/checkpoint-6/test.txt': 'x',
  'logs/train.log': 'saved',
  'weights.safetensors': adapterWeights(),
});

let github: FakeGitHub;
beforeAll(async () => {
  github = await startFakeGitHub();
  const folder = (name: string) => join(workspace, name);
  await upload(github, [
    { name: 'lora-stored', path: folder('lora'), compressionLevel: 0 },
    { name: 'lora-6', path: folder('lora'), compressionLevel: 6 },
    { name: 'lora-9', path: folder('lora'), compressionLevel: 9 },
    { name: 'broken', path: folder('broken') },
    { name: 'logs', path: folder('logs') },
    {
      name: 'weights.safetensors',
      path: folder('weights.safetensors'),
      isArchived: false,
    },
  ]);
});
beforeEach(() => {
  github.setFaults([]);
  github.resetLog();
});
afterAll(async () => {
  await github.close();
  clear();
});

/** Runs the bundle on artifacts of the fake, and reads its report. */
async function run(inputs: Readonly<Record<string, string>>) {
  const step = await runGate(
    { report: 'report.json', ...inputs },
    { workspace, env: github.env },
  );
  const read = () =>
    JSON.parse(readFileSync(join(workspace, 'report.json'), 'utf8')) as Report;
  return { step, read };
}

test.each(['lora-stored', 'lora-6', 'lora-9'])(
  'an artifact that the real client uploaded passes: %s',
  async (name) => {
    const { step } = await run({ artifact: name });
    expect(step).toMatchObject({ outcome: 'success', annotations: [] });
    expect(Object.fromEntries(step.outputs)).toMatchObject({
      verdict: 'pass',
      'newest-loadable': `${name}:checkpoint-4`,
    });
    expect(step.summary).toContain(name);
  },
);

test('an artifact that is one file as it is', async () => {
  const { step, read } = await run({ artifact: 'weights.safetensors' });
  expect(step.outcome).toBe('success');
  expect(read().checkpoints).toMatchObject([
    { run: 'weights.safetensors:', path: 'weights.safetensors:', tensors: 2 },
  ]);
});

test('with neither path nor artifact all are looked at, and those without a checkpoint are listed', async () => {
  const { step, read } = await run({});
  expect(step.outputs.get('verdict')).toBe('fail');
  const report = read();
  expect(report.runs.map(({ path }) => path)).toEqual([
    'broken:',
    'lora-6:',
    'lora-9:',
    'lora-stored:',
    'weights.safetensors:',
  ]);
  expect(report.skipped).toContainEqual({
    where: { path: 'logs' },
    cause: 'ignored',
    reason: 'an artifact without a checkpoint, of 1 file',
  });
});

test.each(['auto', 'files'])(
  'a path and an artifact of one name are two runs (depth: %s)',
  async (depth) => {
    const { step, read } = await run({
      path: 'broken',
      artifact: 'broken',
      depth,
    });
    expect(step.outcome).toBe('failure');
    expect(read().runs.map(({ path }) => path)).toEqual(['broken', 'broken:']);
  },
);

test('a run without any artifact says so', async () => {
  const { step, read } = await run({
    'run-id': '99',
    'github-token': github.env['GITHUB_TOKEN'] ?? '',
  });
  expect(step.outputs.get('verdict')).toBe('inconclusive');
  expect(read().headline).toContain('no checkpoint was examined');
  expect(read().skipped[0]?.reason).toContain('has no artifact');
});

test('a glob makes a run of each artifact that it matches', async () => {
  const { step, read } = await run({ artifact: 'lora-*' });
  expect(step.outcome).toBe('success');
  expect(read().runs).toHaveLength(3);
});

test('a name that no artifact has names those there are', async () => {
  const { step, read } = await run({ artifact: 'lora-1' });
  expect(step.outcome).toBe('failure');
  expect(read().findings).toMatchObject([
    {
      check: 'checkpoint-none-found',
      text: expect.stringContaining('lora-6, lora-9'),
    },
  ]);
});

test('a named artifact without a checkpoint fails', async () => {
  const { step } = await run({ artifact: 'logs' });
  expect(step.outputs.get('verdict')).toBe('fail');
});

test('depth: values reads each artifact once more, from start to end', async () => {
  const { step } = await run({ artifact: 'lora-stored', depth: 'values' });
  expect(step.outcome).toBe('success');
  const whole = github.artifacts().find(({ name }) => name === 'lora-stored');
  const [, ...others] = github
    .log()
    .filter(({ kind, bodyBytes }) => kind === 'blob' && bodyBytes > 0)
    .filter(({ bodyBytes }) => bodyBytes === whole?.content.sizeBytes);
  expect(others).toHaveLength(0);
});

test('another run is read with a token, which never goes to the store', async () => {
  const stored = github.artifacts().find(({ name }) => name === 'lora-stored');
  github.add({
    name: 'nightly',
    content: stored?.content ?? '',
    runId: '77',
  });
  const token = github.env['GITHUB_TOKEN'] ?? '';
  const { step } = await run({
    artifact: 'nightly',
    'run-id': '77',
    'github-token': token,
  });
  expect(step.outputs.get('verdict')).toBe('pass');
  expect(github.log().map(({ kind }) => kind)).toContain('rest');
  const ofStore = github.log().filter(({ kind }) => kind === 'blob');
  expect(ofStore.filter(({ headers }) => 'authorization' in headers)).toEqual(
    [],
  );
});

test('no signed URL and no token is printed', async () => {
  const { step } = await run({ artifact: 'lora-6' });
  expect(step.log.join('\n')).not.toMatch(/sig=|eyJ/);
});
