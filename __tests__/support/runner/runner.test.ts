import { afterAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureActions } from './fixture-action.ts';
import { runAction, startJob } from './index.ts';
import { readText } from '../../../scripts/check-catalogue.mjs';

const { make, workspace, clear } = fixtureActions();
afterAll(clear);

const onLinux = process.platform === 'linux' ? test : test.skip;

test('it runs the pinned Node 24, with the environment of a runner alone', async () => {
  const action = make({
    inputs:
      "  one-input:\n    default: 'd'\n  Two Words:\n  given:\n    default: x\n",
    main: `say(process.version); say(JSON.stringify(env)); say(process.cwd());
process.stdin.on('end', () => say('stdin ended')).resume();`,
  });
  const { log, annotations, outcome } = await runAction({
    action,
    workspace,
    inputs: { given: 'a\nb', Surprise: '1' },
    env: { MINE: '1' },
  });
  const { devDependencies } = JSON.parse(readText('package.json')) as {
    devDependencies: Record<string, string>;
  };
  expect(log[1]).toBe(`v${devDependencies['node']}`);
  const env = JSON.parse(log[2] ?? '') as Record<string, string>;
  expect(env).toMatchObject({
    'INPUT_ONE-INPUT': 'd',
    INPUT_TWO_WORDS: '',
    INPUT_GIVEN: 'a\nb',
    GITHUB_WORKSPACE: workspace,
    GITHUB_ACTION_REPOSITORY: '',
    CI: 'true',
    MINE: '1',
  });
  const names = Object.keys(env).filter(
    (name) => !/^(?:GITHUB|RUNNER|INPUT)_/.test(name),
  );
  expect(names.filter((name) => name !== 'SystemRoot').sort()).toEqual([
    'CI',
    'MINE',
    'PATH',
  ]);
  expect(log.slice(3)).toEqual([workspace, 'stdin ended']);
  expect(annotations).toMatchObject([
    {
      severity: 'warning',
      message: expect.stringContaining(
        "Unexpected input(s) 'Surprise'",
      ) as unknown,
    },
  ]);
  expect(outcome).toBe('success');
});

test('state, environment and path go from stage to stage; files are fresh for each', async () => {
  const action = make({
    pre: `put('GITHUB_STATE', 'from=pre\\n'); put('GITHUB_ENV', 'KEPT=1\\nGITHUB_SHA=x\\n'); put('GITHUB_PATH', '/extra\\n');`,
    main: `say(env.STATE_from + env.KEPT + env.GITHUB_SHA.length + env.PATH.startsWith('/extra'));
say(String(fs.statSync(env.GITHUB_STATE).size));
put('GITHUB_STATE', 'from<<E\\nmain\\nagain\\nE\\n'); put('GITHUB_OUTPUT', 'a=1\\nb<<E\\n2\\n3\\nE\\n'); put('GITHUB_STEP_SUMMARY', '# main\\n');`,
    post: `say(env.STATE_from); put('GITHUB_STEP_SUMMARY', '# post\\n');`,
  });
  const { log, outputs, summary, pre, post } = await runAction({
    action,
    workspace,
  });
  expect(log).toEqual(['pre140true', '0']);
  expect([...outputs]).toEqual([
    ['a', '1'],
    ['b', '2\n3'],
  ]);
  expect([pre?.outcome, summary, post?.summary]).toEqual([
    'success',
    '# main\n',
    '# post\n',
  ]);
  expect(post?.log).toEqual(['main', 'again']);
});

describe('a step fails', () => {
  test.each([
    ['by its exit code', 'process.exit(3);', 3],
    ['by an uncaught error', 'throw new Error("no");', 1],
    ['by a disabled command', "say('::set-env name=A::b');", 0],
    [
      'by a file command that cannot be read',
      "put('GITHUB_OUTPUT', 'nothing');",
      0,
    ],
    [
      'by a file command without its end',
      "put('GITHUB_OUTPUT', 'a<<E\\nb\\n');",
      0,
    ],
  ])('%s, and its post runs nonetheless', async (_, main, exitCode) => {
    const action = make({ main, post: "say('post');" });
    const result = await runAction({ action, workspace });
    expect(result).toMatchObject({
      outcome: 'failure',
      exitCode,
      post: { outcome: 'success', log: ['post'] },
    });
  });

  test('when pre does, main is not run, and post is', async () => {
    const action = make({ pre: 'process.exit(1);', main: '', post: '' });
    const { outcome, pre, post } = await runAction({ action, workspace });
    expect([pre?.outcome, outcome, post?.outcome]).toEqual([
      'failure',
      'skipped',
      'success',
    ]);
  });
});

test('a file that the step removed is as good as empty', async () => {
  const action = make({
    main: "for (const name of ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']) fs.rmSync(env['GITHUB_' + name]);",
  });
  const { outcome, annotations } = await runAction({ action, workspace });
  expect([outcome, annotations]).toEqual(['success', []]);
});

test('NODE_OPTIONS cannot be exported', async () => {
  const action = make({
    main: "put('GITHUB_ENV', 'NODE_OPTIONS=--no-such-option\\n');",
    post: '',
  });
  const { annotations, exported, post } = await runAction({
    action,
    workspace,
  });
  expect(annotations).toMatchObject([{ severity: 'error' }]);
  expect([exported.size, post?.outcome]).toEqual([0, 'success']);
});

test.each([
  [1024 * 1024, 0],
  [1024 * 1024 + 1, 1],
])('a summary of %d bytes: %d errors, and no failure', async (size, errors) => {
  const action = make({
    main: `put('GITHUB_STEP_SUMMARY', 'x'.repeat(${size}));`,
  });
  const { summary, annotations, outcome } = await runAction({
    action,
    workspace,
  });
  expect(summary).toHaveLength(errors === 0 ? size : 0);
  expect(annotations).toHaveLength(errors);
  expect(outcome).toBe('success');
});

test('commands count on both streams, and masks last through the job', async () => {
  const action = make({
    main: `say('::add-mask::hush'); fs.writeSync(2, '  ::error::no hush\\n'); put('GITHUB_STEP_SUMMARY', 'hush'); say('::odd::x');`,
    post: "say('hush');",
  });
  const { annotations, summary, post, unknownCommands } = await runAction({
    action,
    workspace,
  });
  expect(annotations).toMatchObject([{ severity: 'error', message: 'no ***' }]);
  expect([summary, post?.log, unknownCommands]).toEqual([
    '***',
    ['***'],
    ['::odd::x'],
  ]);
});

describe('several steps', () => {
  const noting = (name: string, main = '') =>
    make({
      main: `fs.appendFileSync('order', 'main-${name} '); ${main}`,
      post: `fs.appendFileSync('order', 'post-${name} ');`,
    });

  test('run in order, their posts from the last to the first', async () => {
    const steps = [
      { action: noting('a') },
      { action: noting('b', 'process.exit(1);') },
      { action: noting('skipped') },
      { action: noting('c'), if: 'always()' },
    ];
    const results = await startJob(steps, { workspace }).done;
    expect(readFileSync(join(workspace, 'order'), 'utf8')).toBe(
      'main-a main-b main-c post-c post-b post-a ',
    );
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'success',
      'failure',
      'skipped',
      'success',
    ]);
  });
});

onLinux(
  'the peak of memory is that of the action, not of whoever started it',
  async () => {
    const peak = async (bytes: number) => {
      const action = make({
        main: `globalThis.kept = Buffer.alloc(${bytes}, 1);`,
      });
      const { peakMemoryBytes } = await runAction({
        action,
        workspace,
        isMeasured: true,
      });
      return peakMemoryBytes ?? 0;
    };
    const small = await peak(0);
    expect(small).toBeGreaterThan(20e6);
    expect((await peak(64e6)) - small).toBeGreaterThan(50e6);
  },
);
