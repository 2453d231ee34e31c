import { afterAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fixtureActions } from './fixture-action.ts';
import { runAction, startJob } from './index.ts';

const { make, workspace, clear } = fixtureActions();
afterAll(clear);

// Windows has no signals: there a cancel kills at once.
const onPosix = process.platform === 'win32' ? test.skip : test;
const onLinux = process.platform === 'linux' ? test : test.skip;

describe('a cancel', () => {
  const WAIT = 'setInterval(() => {}, 1000);';
  const SHORT = { sigintMs: 50, sigtermMs: 50 };

  /** Starts a main that says `ready`, and cancels it then. */
  async function cancelled(
    main: string,
    delays: Partial<Record<'sigintMs' | 'sigtermMs', number>> = {},
  ) {
    const action = make({
      main: `${main} say('ready');`,
      post: "say('post');",
    });
    const job = startJob([{ action }, { action }], {
      workspace,
      delays,
      onLine: (line) => {
        if (line === 'ready') void job.cancel();
      },
    });
    return job.done;
  }

  onPosix(
    'ends a step that does not mind by SIGINT; post runs, later steps do not',
    async () => {
      const [first, second] = await cancelled(WAIT);
      expect(first).toMatchObject({
        outcome: 'cancelled',
        exitCode: 130,
        post: { outcome: 'success', log: ['post'] },
      });
      expect(second).toMatchObject({ outcome: 'skipped', post: null });
    },
  );

  onPosix('is a cancel though the step ends well', async () => {
    const [first] = await cancelled(
      `process.on('SIGINT', () => { put('GITHUB_OUTPUT', 'a=1\\n'); process.exit(0); }); ${WAIT}`,
    );
    expect(first).toMatchObject({ outcome: 'cancelled', exitCode: 0 });
    expect(first?.outputs.get('a')).toBe('1');
  });

  onPosix('goes on to SIGTERM', async () => {
    const [first] = await cancelled(`process.on('SIGINT', () => {}); ${WAIT}`, {
      sigintMs: 50,
    });
    expect(first).toMatchObject({ outcome: 'cancelled', exitCode: 143 });
  });

  onPosix('kills what ignores both', async () => {
    const [first] = await cancelled(
      `process.on('SIGINT', () => {}); process.on('SIGTERM', () => {}); ${WAIT}`,
      SHORT,
    );
    expect(first).toMatchObject({
      outcome: 'cancelled',
      exitCode: 137,
      post: { outcome: 'success' },
    });
  });
});

onLinux(
  'a child that outlives the step is not waited for, and dies with the job',
  async () => {
    const action = make({
      main: `import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' });
child.unref(); put('GITHUB_OUTPUT', 'pid=' + child.pid + '\\n');`,
      post: `say(fs.existsSync('/proc/' + env.STATE_pid) ? 'alive' : 'gone');`,
    });
    const { outcome, outputs } = await runAction({
      action,
      workspace,
      delays: { pipesMs: 50 },
    });
    expect(outcome).toBe('success');
    const pid = Number(outputs.get('pid'));
    expect(pid).toBeGreaterThan(0);
    expect(isRunning(pid)).toBe(false);
  },
);

/** A zombie, which nobody has waited for yet, runs no more. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
