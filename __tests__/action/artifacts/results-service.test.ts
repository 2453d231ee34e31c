import { describe, expect, test } from '@jest/globals';
import { resultsService } from '../../../src/action/artifacts/results-service.ts';
import { answering, connect, METHOD, READ, SNAKE, TOKEN } from './results.ts';
import { errorOf, flood, sendJson } from './serve.ts';

const CAMEL = {
  workflowRunBackendId: 'run-1',
  workflowJobRunBackendId: 'job-9',
  databaseId: 12,
  name: 'weights',
  size: 5_000_000_000,
  createdAt: '2026-01-02T03:04:05.678Z',
  digest: SNAKE.digest,
};
describe('a list', () => {
  test.each([
    ['snake_case', SNAKE],
    ['camelCase', CAMEL],
  ])('in %s', async (_, artifact) => {
    const { service, got } = await answering({ artifacts: [artifact] });
    expect(await service.list()).toEqual({ artifacts: [READ], cut: null });
    expect(got).toHaveLength(1);
    expect(got[0]).toMatchObject({
      method: 'POST',
      path: `${METHOD}ListArtifacts`,
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(JSON.parse(got[0]?.body ?? '')).toEqual({
      workflow_run_backend_id: 'run-1',
      workflow_job_run_backend_id: 'job-1',
    });
  });

  test.each([[{}], [{ artifacts: null }], [{ artifacts: [] }]])(
    'that is empty: %j',
    async (answer) => {
      const { service } = await answering(answer);
      expect(await service.list()).toEqual({ artifacts: [], cut: null });
    },
  );

  test('of 1,200 artifacts is given whole, the newest first', async () => {
    const artifacts = Array.from({ length: 1200 }, (_, at) => ({
      ...SNAKE,
      database_id: String(at + 1),
      created_at: new Date(at * 1000).toISOString(),
    }));
    const { service } = await answering({ artifacts });
    const listed = await service.list();
    expect(listed.cut).toBeNull();
    expect(listed.artifacts).toHaveLength(1200);
    expect(listed.artifacts[0]?.id).toBe('1200');
  });

  test('may leave out zero, digest and time, and hold what nobody knows', async () => {
    const { service } = await answering({
      artifacts: [
        {
          workflow_run_backend_id: 'run-1',
          workflow_job_run_backend_id: 'job-9',
          database_id: '12',
          name: 'weights',
          digest: null,
          mime_type: 'application/zip',
        },
      ],
    });
    const [artifact] = (await service.list()).artifacts;
    expect(artifact).toEqual({
      ...READ,
      sizeBytes: 0,
      digest: null,
      createdAt: null,
    });
  });

  test('states no digest where it has one of another kind', async () => {
    const artifacts = [{ ...SNAKE, digest: 'sha512:ab' }];
    const { service } = await answering({ artifacts });
    expect((await service.list()).artifacts[0]?.digest).toBeNull();
  });
});

test.each([
  ['a list', []],
  ['nothing', null],
  ['a number', 7],
  ['no JSON', '<html>'],
  ['artifacts that are text', { artifacts: 'all' }],
  ['artifacts in an object', { artifacts: { 0: SNAKE } }],
  ['an artifact that is a list', { artifacts: [[SNAKE]] }],
  ['a name that is an object', { artifacts: [{ ...SNAKE, name: {} }] }],
  ['no name', { artifacts: [{ ...SNAKE, name: '' }] }],
  [
    'a name without end',
    { artifacts: [{ ...SNAKE, name: 'x'.repeat(99_999) }] },
  ],
  ['an id that is text', { artifacts: [{ ...SNAKE, database_id: '1; x' }] }],
  ['an id below zero', { artifacts: [{ ...SNAKE, database_id: -1 }] }],
  ['an id with a fraction', { artifacts: [{ ...SNAKE, database_id: 1.5 }] }],
  ['no id', { artifacts: [{ ...SNAKE, database_id: null }] }],
  ['a size beyond all', { artifacts: [{ ...SNAKE, size: '9'.repeat(19) }] }],
  ['no uploader', { artifacts: [{ ...SNAKE, workflow_run_backend_id: 7 }] }],
  ['a time that is none', { artifacts: [{ ...SNAKE, created_at: 'soon' }] }],
  ['a digest that is true', { artifacts: [{ ...SNAKE, digest: true }] }],
  ['an artifact twice', { artifacts: [SNAKE, SNAKE] }],
  [
    'fields of a prototype',
    `{"artifacts":[{"__proto__":${JSON.stringify(SNAKE)}}]}`,
  ],
])('an answer with %s is not taken', async (_, answer) => {
  const { service, got } = await answering(answer);
  const { code } = await errorOf(service.list());
  expect([code, got.length]).toEqual(['BAD_ANSWER', 1]);
});

test('an answer of 100 MB is not read', async () => {
  let told = { sent: 0 };
  const { service, got } = await connect((_, response) => {
    told = flood(response);
  });
  const { code } = await errorOf(service.list());
  expect([code, got.length]).toEqual(['BAD_ANSWER', 1]);
  expect(told.sent).toBeLessThan(40_000_000);
});

describe('what fails for now is tried again', () => {
  test.each([429, 500, 502, 503, 504])('after HTTP %d', async (status) => {
    const { service, got, waits } = await connect((_, response, nth) =>
      nth < 2
        ? sendJson(response, { code: 'unavailable' }, status)
        : sendJson(response, { artifacts: [SNAKE] }),
    );
    expect((await service.list()).artifacts).toEqual([READ]);
    expect([got.length, waits]).toEqual([3, [1000, 2000]]);
  });

  test('after a connection that broke, before and in the answer', async () => {
    const { service, got } = await connect((_, response, nth) => {
      if (nth === 0) return void response.destroy();
      if (nth > 1) return sendJson(response, { artifacts: [SNAKE] });
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"artifacts":');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await service.list()).artifacts).toEqual([READ]);
    expect(got).toHaveLength(3);
  });

  test('as late as the service wants it', async () => {
    const { service, waits } = await connect((_, response, nth) =>
      nth === 0
        ? sendJson(response, {}, 429, { 'retry-after': '7' })
        : sendJson(response, {}),
    );
    await service.list();
    expect(waits).toEqual([7000]);
  });

  test('five times, and then told', async () => {
    const { service, got, waits } = await answering({}, 503);
    const error = await errorOf(service.list());
    expect(error.code).toBe('UNREACHABLE');
    expect(error.message).toContain('HTTP 503, 6 times');
    expect([got.length, waits]).toEqual([6, [1000, 2000, 4000, 8000, 16_000]]);
  });

  test('not where the service wants a pause of an hour', async () => {
    const { service, got } = await connect((_, response) =>
      sendJson(response, {}, 429, { 'retry-after': '3600' }),
    );
    const { code, message } = await errorOf(service.list());
    expect([code, got.length]).toEqual(['THROTTLED', 1]);
    expect(message).toContain('in 3600 seconds');
  });
});

test.each([
  [401, 'NO_PERMISSION'],
  [403, 'NO_PERMISSION'],
  [404, 'NOT_FOUND'],
  [400, 'BAD_ANSWER'],
  [302, 'BAD_ANSWER'],
])('HTTP %d is %s at once', async (status, code) => {
  const body = { code: 'some_code', msg: `no ${TOKEN}` };
  const { service, got } = await answering(body, status);
  const error = await errorOf(service.list());
  expect([error.code, got.length]).toEqual([code, 1]);
  expect(error.message).toContain(`HTTP ${status}, some_code`);
  expect(error.message).not.toContain(TOKEN);
});

test('a service that is not there is named by the code', async () => {
  const service = resultsService({
    env: {
      ACTIONS_RUNTIME_TOKEN: TOKEN,
      ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/',
    },
    mask: () => undefined,
    wait: () => Promise.resolve(),
  });
  const { code, message } = await errorOf(service.list());
  expect(code).toBe('UNREACHABLE');
  expect(message).toMatch(/ECONNREFUSED|EADDRNOTAVAIL/);
  expect(message).not.toContain('127.0.0.1');
});
