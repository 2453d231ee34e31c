import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readText } from '../../scripts/check-catalogue.mjs';
import type { Host } from '../../src/action/host.ts';
import { runAction } from '../../src/action/run.ts';
import { adapterFiles } from '../builders/checkpoint.ts';

// The file is our own.
const { inputs: DECLARED } = parse(readText('action.yml')) as {
  inputs: Record<string, { default?: string }>;
};

let workspace = '';
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'action-'));
  for (const [name, content] of Object.entries({
    ...adapterFiles('good/checkpoint-2'),
    ...adapterFiles('good/checkpoint-4'),
  })) {
    mkdirSync(join(workspace, name, '..'), { recursive: true });
    writeFileSync(join(workspace, name), content);
  }
  mkdirSync(join(workspace, 'bad/checkpoint-6'), { recursive: true });
  mkdirSync(join(workspace, 'open/checkpoint-6'), { recursive: true });
  writeFileSync(join(workspace, 'open/checkpoint-6/my_model.pt'), 'x');
});
afterAll(() => {
  rmSync(workspace, { recursive: true, force: true });
});

/** Runs with a host that keeps what it is told. */
async function run(inputs: Record<string, string>) {
  const said = {
    outputs: {} as Record<string, string>,
    annotations: [] as string[],
    files: new Map<string, string>(),
    printed: '',
    summary: '',
    failed: '',
  };
  const host: Host = {
    workspace,
    input: (name) => inputs[name] ?? DECLARED[name]?.default ?? '',
    output: (name, value) => {
      said.outputs[name] = value;
    },
    print: (text) => {
      said.printed += text;
    },
    annotate: (severity, title) => {
      said.annotations.push(`${severity} ${title}`);
    },
    summary: (markdown) => {
      said.summary += markdown;
      return Promise.resolve();
    },
    writeFile: (path, text) => {
      said.files.set(path, text);
      return Promise.resolve();
    },
    fail: (message) => {
      said.failed = message;
    },
  };
  await runAction(host);
  return said;
}

test('a healthy run passes, with its table and outputs', async () => {
  const { outputs, failed, summary, printed } = await run({ path: 'good' });
  expect(failed).toBe('');
  expect(outputs).toMatchObject({
    verdict: 'pass',
    'newest-loadable': 'good/checkpoint-4',
    'newest-resumable': '',
    failed: 'false',
    report: '',
  });
  expect(JSON.parse(outputs['checkpoints'] ?? '')).toMatchObject([
    { path: 'good', newestLoadable: 'good/checkpoint-4' },
  ]);
  expect(summary).toContain('| <code>checkpoint-4</code> | 4 |');
  expect(printed).toMatch(/^PASS/);
});

test('a broken run fails, with an annotation a finding', async () => {
  const { outputs, failed, annotations } = await run({ path: 'bad' });
  expect(failed).toMatch(
    /^Checkpoint Gate: fail; 1 error on 1 of 1 checkpoint/,
  );
  expect(outputs).toMatchObject({ verdict: 'fail', failed: 'true' });
  expect(annotations).toEqual(['error checkpoint-empty: bad/checkpoint-6']);
});

test('of several runs the outputs name none alone', async () => {
  const { outputs } = await run({ path: 'good\nopen\n', inconclusive: 'warn' });
  expect(outputs['newest-loadable']).toBe('');
  expect(JSON.parse(outputs['checkpoints'] ?? '')).toHaveLength(2);
});

test.each([
  [{ path: 'bad', 'fail-on': 'never' }, false],
  [{ path: 'open' }, true],
  [{ path: 'open', inconclusive: 'warn' }, false],
  [{ path: 'open', 'fail-on': 'never' }, false],
  [{ path: 'absent' }, true],
  [{ path: 'good', expect: 'model' }, true],
])('%j fails the step: %s', async (inputs, isFailing) => {
  const { failed, outputs } = await run(inputs);
  expect(failed !== '').toBe(isFailing);
  expect(outputs['failed']).toBe(String(isFailing));
});

test('an inconclusive verdict that lets the step go on is a warning', async () => {
  const { annotations } = await run({ path: 'open', inconclusive: 'warn' });
  expect(annotations).toEqual(['warning Checkpoint Gate']);
});

test('summary and annotations can be left out', async () => {
  const { summary, annotations } = await run({
    path: 'bad',
    summary: 'false',
    annotations: 'false',
  });
  expect(summary).toBe('');
  expect(annotations).toEqual([]);
});

test('reports are written as their names say', async () => {
  const { files, outputs } = await run({
    path: 'good',
    report: 'out/gate.json\nout/gate.MD\n',
  });
  const read = (name: string) => files.get(resolve(workspace, name)) ?? '';
  expect(JSON.parse(read('out/gate.json'))).toMatchObject({ verdict: 'pass' });
  expect(read('out/gate.MD')).toMatch(/^## /);
  expect(outputs['report']).toBe('out/gate.json\nout/gate.MD');
});

describe('an input that cannot be', () => {
  test.each([
    [{ path: ' \n' }, /'path' to name at least one directory/],
    [
      { path: 'good', expect: 'lora' },
      /'expect' to be one of auto, adapter, model, got 'lora'/,
    ],
    [
      { path: 'good', require: 'most' },
      /'require' to be one of all, newest, any/,
    ],
    [
      { path: 'good', 'fail-on': 'all' },
      /'fail-on' to be one of error, warning, never/,
    ],
    [
      { path: 'good', inconclusive: 'x' },
      /'inconclusive' to be one of fail, warn/,
    ],
    [{ path: 'good', summary: 'yes' }, /'summary' to be true or false/],
    [
      { path: 'good', report: 'gate.pdf' },
      /to end in \.json or \.md, got 'gate.pdf'/,
    ],
  ])('%j', async (inputs, words) => {
    await expect(run(inputs)).rejects.toThrow(words);
  });
});
