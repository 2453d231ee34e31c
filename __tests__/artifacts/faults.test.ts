import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/core/types.ts';
import { adapterFiles, adapterWeights } from '../builders/checkpoint.ts';
import { ACTION, runGate, temporaryWorkspace } from '../helpers/gate.ts';
import { startFakeGitHub } from '../support/github/index.ts';
import type { FakeGitHub } from '../support/github/types.ts';
import type { Fault } from '../support/github/faults.ts';
import { upload } from '../support/github/upload.ts';
import { startJob } from '../support/runner/index.ts';
import { manyCheckpoints } from '../support/github/samples.ts';

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

/** Of 5 MB, so that no first answer holds all of it. */
const LARGER = manyCheckpoints(1);

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
  github.add({ name: 'large', content: LARGER });
  const offset = 1_500_000;
  github.setFaults([{ ...BLOB, what: 'corrupt-byte', offset, times: 1e6 }]);
  const { report } = await run({ artifact: 'large', depth: 'values' });
  expect(report.verdict).toBe('fail');
  expect(report.findings).toMatchObject([{ check: 'archive-entry-damaged' }]);
  const shallow = await run({ artifact: 'large', depth: 'headers' });
  expect(shallow.report.verdict).toBe('pass');
});

test('an artifact that is replaced between two reads', async () => {
  github.add({ name: 'replaced', content: LARGER });
  github.setFaults([{ ...BLOB, nth: 2, times: 1e6, what: 'etag' }]);
  const { report } = await run({ artifact: 'replaced' });
  expect(report.verdict).toBe('inconclusive');
  expect(report.skipped.map(({ reason }) => reason).join()).toMatch(/CHANGED/);
});

test.each(['optimizer.pt', 'README.md'])(
  'a byte that was turned over in %s, which no loader of weights reads',
  async (name) => {
    github.add({ name: `state-${name}`, content: LARGER, digest: null });
    const bytes = Buffer.from(LARGER.slice(0, LARGER.sizeBytes));
    const offset = bytes.indexOf(`/${name}`) + name.length + 8;
    github.setFaults([{ ...BLOB, what: 'corrupt-byte', offset, times: 1e6 }]);
    const inputs = { artifact: `state-${name}`, depth: 'values' };
    const { report } = await run(inputs);
    expect(report.verdict).toBe('inconclusive');
    expect(report.skipped).toMatchObject([
      { reason: expect.stringContaining('it is damaged') },
    ]);
  },
);

test('an unzipped artifact is held against its digest', async () => {
  const content = adapterWeights();
  const given = { name: 'w.safetensors', content, contentType: 'x/y' };
  github.add({ ...given, digest: `sha256:${'0'.repeat(64)}` });
  const { report } = await run({ artifact: given.name, depth: 'values' });
  expect(report.verdict).toBe('inconclusive');
});

test('what a budget leaves of an archive unread is told', async () => {
  github.add({ name: 'budget', content: manyCheckpoints(2), digest: null });
  const { report } = await run({
    artifact: 'budget',
    depth: 'values',
    'max-bytes': '7MiB',
  });
  expect(report.skipped).toMatchObject([
    {
      where: { path: 'budget:' },
      cause: 'unreachable',
      reason: expect.stringContaining('checksums and its digest'),
    },
  ]);
});

test('a digest that the bytes do not have', async () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  github.add({ name: 'other', content: LARGER, digest });
  const { report } = await run({ artifact: 'other', depth: 'values' });
  expect(report.verdict).toBe('inconclusive');
  expect(report.skipped.map(({ reason }) => reason).join()).toContain(digest);
  github.options.ignoresRanges = true;
  const whole = await run({ artifact: 'other' });
  expect(whole.report.verdict).toBe('inconclusive');
});

test('an artifact that is deleted between list and read', async () => {
  github.add({ name: 'gone', content: LARGER });
  github.setFaults([
    { ...BLOB, nth: 1, times: 1e6, what: 'status', status: 404 },
  ]);
  const { report } = await run({ artifact: 'gone' });
  expect(report.verdict).toBe('inconclusive');
});

test('more artifacts than one page of a list: the one that is meant is found', async () => {
  for (let at = 0; at < 1100; at++)
    github.add({ name: `leg-${at}`, content: 'x', runId: '80' });
  github.add({ name: 'the-one', content: LARGER, runId: '80' });
  const token = github.env['GITHUB_TOKEN'] ?? '';
  const { report } = await run({
    artifact: 'the-one',
    'run-id': '80',
    'github-token': token,
  });
  expect(report.verdict).toBe('pass');
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

/** Starts a step, cancels it once a blob was asked for so often, and waits for its end. */
async function cancelled(
  requests: number,
  env: Readonly<Record<string, string>>,
) {
  const started = github.log().length;
  const job = startJob([{ action: ACTION, inputs: { artifact: 'lora' } }], {
    workspace,
    env: { ...github.env, ...env },
  });
  const asked = () =>
    github
      .log()
      .slice(started)
      .filter(({ kind }) => kind === 'blob').length;
  while (asked() < requests)
    await new Promise((resolve) => setTimeout(resolve, 20));
  // What the first bytes lead to, such as a folder for them.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const at = performance.now();
  await job.cancel();
  const [step] = await job.done;
  return { step, elapsedMs: performance.now() - at };
}

test('a signal ends a step that waits for an answer', async () => {
  github.setFaults([{ ...BLOB, what: 'stall-before' }]);
  const { step, elapsedMs } = await cancelled(1, {});
  expect(step?.outcome).not.toBe('success');
  // The runner waits for 7.5 s before the next signal.
  expect(elapsedMs).toBeLessThan(5_000);
});

test('a signal in a whole download leaves no file of it', async () => {
  github.options.ignoresRanges = true;
  github.setFaults([
    { ...BLOB, nth: 2, times: 9, what: 'stall-after-bytes', bytes: 100 },
  ]);
  const temp = join(workspace, 'runner-temp');
  mkdirSync(temp);
  const { step, elapsedMs } = await cancelled(2, { RUNNER_TEMP: temp });
  expect(step?.outcome).not.toBe('success');
  expect(elapsedMs).toBeLessThan(5_000);
  expect(readdirSync(temp)).toEqual([]);
});
