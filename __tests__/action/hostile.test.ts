import { afterAll, expect, test } from '@jest/globals';
import { adapterFiles } from '../builders/checkpoint.ts';
import { HOSTILE } from '../core/render/hostile.ts';
import { runGate, temporaryWorkspace } from '../helpers/gate.ts';
import type { StepResult } from '../support/runner/index.ts';

// Windows has no such names.
const onPosix = process.platform === 'win32' ? test.skip : test;

/** What no system takes in a name, or in a variable of the environment. */
const NAMES = HOSTILE.filter((text) => !/[\0/\p{Cs}]/u.test(text))
  .filter((text) => text.length < 200)
  .map((text) => text.trim());

const { workspace, write, clear } = temporaryWorkspace({});
afterAll(clear);

/** Nothing was obeyed but our annotations, and nothing set but our outputs. */
function expectNoInjection(step: StepResult): void {
  const names = new Set(step.commands.map(({ name }) => name));
  expect(
    [...names].filter((name) => !/^(?:error|warning|notice)$/.test(name)),
  ).toEqual([]);
  expect(step.unknownCommands).toEqual([]);
  expect([...step.outputs.keys()]).toEqual(
    step.outputs.size === 0
      ? []
      : [
          'verdict',
          'newest-loadable',
          'newest-resumable',
          'resume-blocked-by',
          'checkpoints',
          'failed',
          'report',
        ],
  );
  expect([...step.state, ...step.exported, ...step.paths]).toEqual([]);
  for (const { message, title } of step.annotations)
    expect(`${title ?? ''}${message}`).not.toMatch(
      /##\[|::|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
    );
}

onPosix(
  'no name of a folder gets a command or an output of its own',
  async () => {
    for (const [at, name] of NAMES.entries())
      write({
        ...adapterFiles(`runs/${at}/${name}/checkpoint-1`),
        [`runs/${at}/${name}/checkpoint-2/`]: '',
      });
    const step = await runGate({ path: 'runs' }, { workspace });
    expectNoInjection(step);
    const runs = JSON.parse(step.outputs.get('checkpoints') ?? '') as unknown[];
    expect(runs).toHaveLength(NAMES.length);
  },
);

onPosix.each([
  ['run', 'kept/run/checkpoint-1'],
  ['a b;c', 'kept/a b;c/checkpoint-1'],
  ['a\nverdict=pass', ''],
  ['a\nghadelimiter', ''],
  ['##[error]a', ''],
  ['a::b', ''],
  ['a\r', ''],
  ['a\u202eb', ''],
])('of the folder %j newest-loadable is %j', async (name, expected) => {
  const one = temporaryWorkspace(adapterFiles(`kept/${name}/checkpoint-1`));
  const step = await runGate({ path: 'kept' }, { workspace: one.workspace });
  one.clear();
  expect(step.outputs.get('verdict')).toBe('pass');
  expect(step.outputs.get('newest-loadable')).toBe(expected);
  expectNoInjection(step);
  expect(JSON.parse(step.outputs.get('checkpoints') ?? '')).toMatchObject([
    { newestLoadable: `kept/${name}/checkpoint-1` },
  ]);
});

test.each(['path', 'expect', 'summary', 'report', 'fail-on'])(
  'no text of the input %s gets a command or an output of its own',
  async (input) => {
    const text = NAMES.join('\n');
    const step = await runGate(
      { path: 'absent', [input]: text },
      { workspace },
    );
    expect(step.outcome).toBe('failure');
    expectNoInjection(step);
  },
);

onPosix('no name of a report gets an output of its own', async () => {
  const names = NAMES.filter((name) => !/[\r\n]/.test(name) && name !== '').map(
    (name) => `reports/${name}.json`,
  );
  write(adapterFiles('good'));
  const step = await runGate(
    { path: 'good', report: names.join('\n') },
    { workspace },
  );
  expectNoInjection(step);
  expect(step.outputs.get('report')).toBe(names.join('\n'));
});

test('a path outside of the workspace is looked at', async () => {
  const outside = temporaryWorkspace(adapterFiles('good'));
  const step = await runGate(
    { path: `${outside.workspace}/good` },
    { workspace },
  );
  outside.clear();
  expect(step.outputs.get('verdict')).toBe('pass');
});
