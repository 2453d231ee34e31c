import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { adapterFiles } from '../builders/checkpoint.ts';
import { briefly, runGate, temporaryWorkspace } from '../helpers/gate.ts';

const { workspace, write, clear } = temporaryWorkspace({
  ...adapterFiles('good/checkpoint-2'),
  ...adapterFiles('good/checkpoint-4'),
  'bad/checkpoint-6/': '',
  'open/checkpoint-6/my_model.pt': 'x',
});
afterAll(clear);

const run = (inputs: Record<string, string>) => runGate(inputs, { workspace });
const inWorkspace = (name: string) =>
  readFileSync(join(workspace, name), 'utf8');

test('a healthy run passes, with its table and outputs', async () => {
  const step = await run({ path: 'good' });
  expect(step).toMatchObject({
    outcome: 'success',
    exitCode: 0,
    annotations: [],
    commands: [],
    unknownCommands: [],
  });
  expect(Object.fromEntries(step.outputs)).toMatchObject({
    verdict: 'pass',
    'newest-loadable': 'good/checkpoint-4',
    'newest-resumable': '',
    failed: 'false',
    report: '',
  });
  expect(JSON.parse(step.outputs.get('checkpoints') ?? '')).toMatchObject([
    { path: 'good', newestLoadable: 'good/checkpoint-4' },
  ]);
  expect(step.summary).toContain('| <code>checkpoint-4</code> | 4 |');
  expect(step.log[0]).toMatch(/^PASS/);
});

test('a broken run fails, with an annotation a finding and one of the step', async () => {
  const step = await run({ path: 'bad' });
  expect(step).toMatchObject({ outcome: 'failure', exitCode: 1 });
  expect(Object.fromEntries(step.outputs)).toMatchObject({
    verdict: 'fail',
    failed: 'true',
  });
  expect(briefly(step)).toEqual([
    'error: checkpoint-empty: bad/checkpoint-6',
    expect.stringMatching(
      /^error: Checkpoint Gate: fail; 1 error on 1 of 1 checkpoint/,
    ),
  ]);
});

test('of several runs the outputs name none alone', async () => {
  const { outputs } = await run({ path: 'good\nopen\n', inconclusive: 'warn' });
  expect(outputs.get('newest-loadable')).toBe('');
  expect(JSON.parse(outputs.get('checkpoints') ?? '')).toHaveLength(2);
});

test.each([
  [{ path: 'bad', 'fail-on': 'never' }, false],
  [{ path: 'open' }, true],
  [{ path: 'open', inconclusive: 'warn' }, false],
  [{ path: 'open', 'fail-on': 'never' }, false],
  [{ path: 'absent' }, true],
  [{ path: 'good', expect: 'model' }, true],
])('%j fails the step: %s', async (inputs, isFailing) => {
  const { outcome, outputs } = await run(inputs);
  expect(outcome).toBe(isFailing ? 'failure' : 'success');
  expect(outputs.get('failed')).toBe(String(isFailing));
});

test('an inconclusive verdict that lets the step go on is a warning', async () => {
  const step = await run({ path: 'open', inconclusive: 'warn' });
  expect(briefly(step)).toEqual(['warning: Checkpoint Gate']);
});

test('summary and annotations can be left out', async () => {
  const step = await run({
    path: 'bad',
    summary: 'false',
    annotations: 'false',
  });
  expect(step.summary).toBe('');
  // That the step fails, and why, is always said.
  expect(briefly(step)).toEqual([
    expect.stringMatching(/^error: Checkpoint Gate: fail/),
  ]);
});

test('reports are written as their names say, and nothing beside them', async () => {
  const { outputs } = await run({
    path: 'good',
    report: 'out/gate.json\nout/gate.MD\n',
  });
  expect(JSON.parse(inWorkspace('out/gate.json'))).toMatchObject({
    verdict: 'pass',
  });
  expect(inWorkspace('out/gate.MD')).toMatch(/^## /);
  expect(readdirSync(join(workspace, 'out')).sort()).toEqual([
    'gate.MD',
    'gate.json',
  ]);
  expect(outputs.get('report')).toBe('out/gate.json\nout/gate.MD');
});

describe('what cannot be written fails the step, and keeps nothing else back', () => {
  test('a report whose name a folder has, or whose folder is a file', async () => {
    mkdirSync(join(workspace, 'taken.json'));
    const step = await run({
      path: 'good',
      report: 'taken.json\ngood/checkpoint-2/adapter_config.json/x.md\nlast.md',
    });
    expect(step.outcome).toBe('failure');
    const [annotation, ...others] = step.annotations;
    expect(others).toEqual([]);
    expect(annotation?.message).toMatch(
      /^Checkpoint Gate: pass\. Could not write the report taken\.json: E\w+: .*\. Could not write the report good\/.*x\.md: E\w+: /,
    );
    expect(inWorkspace('last.md')).toMatch(/^## /);
    expect(Object.fromEntries(step.outputs)).toMatchObject({
      verdict: 'pass',
      failed: 'false',
      report: 'last.md',
    });
    expect(step.summary).toMatch(/^## /);
  });

  test.each([
    ['GITHUB_OUTPUT', 'the outputs'],
    ['GITHUB_STEP_SUMMARY', 'the job summary'],
  ])('%s that is gone', async (name, what) => {
    write({ 'gone.cjs': `require('node:fs').rmSync(process.env.${name});` });
    const { outcome, annotations, log } = await runGate(
      { path: 'good' },
      {
        workspace,
        env: { NODE_OPTIONS: `--require=${join(workspace, 'gone.cjs')}` },
      },
    );
    expect(outcome).toBe('failure');
    expect(annotations[0]?.message).toMatch(
      new RegExp(`^Checkpoint Gate: pass\\. Could not write ${what}: `),
    );
    expect(log[0]).toMatch(/^PASS/);
  });
});

test.each([
  [
    { path: 'good', 'run-id': '7' },
    "'artifact' to name what to read of the run",
  ],
  [
    { path: 'good', expect: 'lora' },
    "'expect' to be one of auto, adapter, model, got 'lora'",
  ],
  [
    { path: 'good', require: 'most' },
    "'require' to be one of all, newest, any",
  ],
  [
    { path: 'good', 'fail-on': 'all' },
    "'fail-on' to be one of error, warning, never",
  ],
  [
    { path: 'good', inconclusive: 'x' },
    "'inconclusive' to be one of fail, warn",
  ],
  [{ path: 'good', summary: 'yes' }, "'summary' to be true or false"],
  [
    { path: 'good', report: 'gate.pdf' },
    "to end in .json or .md, got 'gate.pdf'",
  ],
])('the input %j is refused', async (inputs, words) => {
  const { outcome, annotations } = await run(inputs);
  expect(outcome).toBe('failure');
  expect(annotations).toHaveLength(1);
  expect(annotations[0]?.message).toContain(words);
});
