import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/core/types.ts';
import { adapterFiles } from '../builders/checkpoint.ts';
import { runGate, temporaryWorkspace } from '../helpers/gate.ts';
import { startFakeGitHub } from '../support/github/index.ts';
import type { FakeGitHub } from '../support/github/index.ts';
import type { Fault } from '../support/github/faults.ts';
import { upload } from '../support/github/upload.ts';

const { workspace, clear } = temporaryWorkspace({
  ...adapterFiles('lora/checkpoint-2'),
});

let github: FakeGitHub;
beforeAll(async () => {
  github = await startFakeGitHub();
  await upload(github, [
    { name: 'lora', path: join(workspace, 'lora'), compressionLevel: 0 },
  ]);
});
beforeEach(() => {
  github.setFaults([]);
  Object.assign(github.options, { ignoresRanges: false, hasActionsRead: true });
});
afterAll(async () => {
  await github.close();
  clear();
});

const BLOB = { kind: 'blob' } as const;
const status = (code: number, headers = {}): Fault => ({
  ...BLOB,
  what: 'status',
  status: code,
  headers,
});

async function run(inputs: Readonly<Record<string, string>> = {}, env = {}) {
  const step = await runGate(
    { artifact: 'lora', report: 'report.json', ...inputs },
    { workspace, env: { ...github.env, ...env } },
  );
  const text = readFileSync(join(workspace, 'report.json'), 'utf8');
  return { step, report: JSON.parse(text) as Report };
}

const nth = { ...BLOB, nth: 1, times: 1 } as const;

test.each<readonly [string, readonly Fault[]]>([
  ['a URL that expired before', [{ ...nth, what: 'expire-url' }]],
  [
    'a URL that expires in the middle',
    [{ ...BLOB, nth: 2, what: 'expire-url' }],
  ],
  ['429 once', [{ ...status(429, { 'Retry-After': '1' }), ...nth }]],
  ['500 once', [{ ...status(500), ...nth }]],
  ['503 once', [{ ...status(503), ...nth }]],
  ['a reset before an answer', [{ ...nth, what: 'reset-before' }]],
  [
    'a reset in the middle',
    [{ ...nth, what: 'reset-after-bytes', bytes: 100 }],
  ],
  ['a short body once', [{ ...nth, what: 'short-body', bytes: 10 }]],
  [
    '500 of the list once',
    [{ kind: 'twirp', nth: 1, times: 1, what: 'status', status: 500 }],
  ],
])('%s is overcome: pass', async (_name, faults) => {
  github.setFaults(faults);
  const { step, report } = await run();
  expect(report.skipped).toEqual([]);
  expect(step.outputs.get('verdict')).toBe('pass');
});

test.each<readonly [string, readonly Fault[], RegExp]>([
  ['403 for ever', [status(403)], /FORBIDDEN/],
  ['404', [status(404)], /NOT_FOUND/],
  ['410', [status(410)], /GONE/],
  [
    'a wrong Content-Range',
    [{ ...BLOB, what: 'wrong-content-range' }],
    /BAD_RANGE/,
  ],
  [
    'an answer without Content-Range',
    [{ ...BLOB, what: 'no-content-range' }],
    /BAD_RANGE/,
  ],
  [
    'another ETag from the second request on',
    [{ ...BLOB, nth: 2, what: 'etag' }],
    /CHANGED/,
  ],
  [
    '401 of the results service',
    [{ kind: 'twirp', what: 'status', status: 401 }],
    /401|NO_PERMISSION/,
  ],
])('%s: inconclusive, with the cause', async (_name, faults, words) => {
  github.setFaults(faults);
  const { step, report } = await run();
  expect(step).toMatchObject({ outcome: 'failure' });
  expect(report.verdict).toBe('inconclusive');
  expect(report.skipped.map(({ reason }) => reason).join()).toMatch(words);
});

test('ranges that are ignored: downloaded whole, read in place, and removed', async () => {
  github.options.ignoresRanges = true;
  const { step, report } = await run();
  expect(report.skipped).toEqual([]);
  expect(step.outputs.get('verdict')).toBe('pass');
});

test('a byte that was turned over in the middle of the weights', async () => {
  const [stored] = github.artifacts();
  const bytes = stored?.content.slice(0, stored.content.sizeBytes);
  const at = Buffer.from(bytes ?? []).indexOf('lora_B.weight') + 400;
  github.setFaults([{ ...BLOB, what: 'corrupt-byte', offset: at, times: 1e6 }]);
  const { report } = await run({ depth: 'values' });
  expect(report.verdict).not.toBe('pass');
});

test('an artifact of the wrong listed size is read right', async () => {
  const [stored] = github.artifacts();
  if (stored === undefined) throw new Error('nothing was uploaded');
  github.add({
    name: 'sized',
    content: stored.content,
    listedSizeBytes: stored.content.sizeBytes + 1000,
  });
  const { report } = await run({ artifact: 'sized' });
  expect(report.verdict).toBe('pass');
});

test('an artifact that has expired', async () => {
  github.add({ name: 'old', content: 'x', runId: '78', expired: true });
  const token = github.env['GITHUB_TOKEN'] ?? '';
  const { report } = await run({
    artifact: 'old',
    'run-id': '78',
    'github-token': token,
  });
  expect(report.verdict).toBe('inconclusive');
  expect(report.skipped[0]?.reason).toContain('expired');
});

test('no permission names the one to add', async () => {
  github.options.hasActionsRead = false;
  const token = github.env['GITHUB_TOKEN'] ?? '';
  const { report } = await run({ 'run-id': '79', 'github-token': token });
  expect(report.verdict).toBe('inconclusive');
  expect(report.skipped[0]?.reason).toContain('actions: read');
});

test('GitHub Enterprise Server: a clear word, and `path`', async () => {
  const { report } = await run(
    {},
    { GITHUB_SERVER_URL: 'https://git.example' },
  );
  expect(report.verdict).toBe('inconclusive');
  expect(report.skipped[0]?.reason).toMatch(/Enterprise Server.*`path`/s);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a step that waits for an answer, and leaves nothing',
  async () => {
    github.setFaults([{ ...BLOB, what: 'stall-before' }]);
    const before = readdirSync(workspace);
    const started = github.log().length;
    const { startJob } = await import('../support/runner/index.ts');
    const { ACTION } = await import('../helpers/gate.ts');
    const job = startJob([{ action: ACTION, inputs: { artifact: 'lora' } }], {
      workspace,
      env: github.env,
    });
    while (
      !github
        .log()
        .slice(started)
        .some(({ kind }) => kind === 'blob')
    )
      await new Promise((resolve) => setTimeout(resolve, 20));
    const at = performance.now();
    await job.cancel();
    const [step] = await job.done;
    expect(performance.now() - at).toBeLessThan(7_000);
    expect(step?.outcome).not.toBe('success');
    expect(readdirSync(workspace)).toEqual(before);
  },
);
