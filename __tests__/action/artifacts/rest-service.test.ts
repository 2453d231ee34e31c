import { describe, expect, test } from '@jest/globals';
import { answering, connect, item, PATH, READ, TOKEN } from './rest.ts';
import { errorOf, flood, sendJson } from './serve.ts';
import type { Responder } from './serve.ts';

const SIGNED = 'https://blob.test/a.zip?se=1&sig=abcdefgh%2Bij%3D';

/** A server with so many artifacts, of which it says that there are `total`. */
function pages(count: number, total = count): Responder {
  return (got, response) => {
    const query = new URL(got.path, 'http://x').searchParams;
    const size = Number(query.get('per_page'));
    const start = (Number(query.get('page')) - 1) * size;
    const length = Math.max(0, Math.min(size, count - start));
    const artifacts = Array.from({ length }, (_, at) => item(start + at + 1));
    sendJson(response, { total_count: total, artifacts });
  };
}

describe('a list', () => {
  test('of one page', async () => {
    const { service, got } = await answering({
      total_count: 1,
      artifacts: [item(12)],
    });
    expect(await service.list()).toEqual({ artifacts: [READ], cut: null });
    expect(got).toHaveLength(1);
    expect(got[0]).toMatchObject({
      method: 'GET',
      path: `${PATH}/runs/77/artifacts?per_page=100&page=1`,
      headers: {
        authorization: `token ${TOKEN}`,
        'x-github-api-version': '2022-11-28',
      },
    });
  });

  test('of none', async () => {
    const { service, got } = await connect(pages(0));
    expect(await service.list()).toEqual({ artifacts: [], cut: null });
    expect(got).toHaveLength(1);
  });

  test('of 1,200 artifacts is given whole, the newest first', async () => {
    const { service, got } = await connect(pages(1200));
    const { artifacts, cut } = await service.list();
    expect([artifacts.length, cut, got.length]).toEqual([1200, null, 12]);
    expect(artifacts.slice(0, 2).map(({ id }) => id)).toEqual(['1200', '1199']);
  });

  test('of 10,000 and more says that it is cut', async () => {
    const { service, got } = await connect(pages(10_001));
    const { artifacts, cut } = await service.list();
    expect([artifacts.length, got.length]).toEqual([10_000, 100]);
    expect(cut).toBe(
      'the run has 10,001 artifacts, of which 10,000 were listed',
    );
  });

  test('of fewer than the service said says so', async () => {
    const { service, got } = await connect(pages(150, 300));
    const { artifacts, cut } = await service.list();
    expect([artifacts.length, got.length]).toEqual([150, 3]);
    expect(cut).toContain('300 artifacts, of which 150 were listed');
  });

  test('that grows while it is read shows each once', async () => {
    const { service } = await connect((got, response) => {
      const isFirst = got.path.endsWith('page=1');
      const start = isFirst ? 1 : 100;
      const length = isFirst ? 100 : 2;
      sendJson(response, {
        total_count: 101,
        artifacts: Array.from({ length }, (_, at) => item(start + at)),
      });
    });
    const { artifacts, cut } = await service.list();
    expect([artifacts.length, cut]).toEqual([101, null]);
  });

  test('has ids beyond exact numbers, and expired artifacts', async () => {
    const { service } = await answering(
      `{"total_count":1,"artifacts":[{"id":9007199254740993,"name":"a","size_in_bytes":0,"expired":true,"created_at":null,"digest":null}]}`,
    );
    expect((await service.list()).artifacts).toEqual([
      {
        id: '9007199254740993',
        name: 'a',
        sizeBytes: 0,
        digest: null,
        isExpired: true,
        createdAt: null,
      },
    ]);
  });
});

test.each([
  ['a list', []],
  ['no JSON', '{"total_count":'],
  ['no total', { artifacts: [item(1)] }],
  ['no artifacts', { total_count: 1 }],
  ['artifacts in an object', { total_count: 1, artifacts: { 0: item(1) } }],
  ['a name that is a number', of({ name: 7 })],
  ['an id that is an object', of({ id: {} })],
  ['a size below zero', of({ size_in_bytes: -1 })],
  ['expired as text', of({ expired: 'false' })],
  ['fields of a prototype', `{"__proto__":{"total_count":0,"artifacts":[]}}`],
])('an answer with %s is not taken', async (_, answer) => {
  const { service } = await answering(answer);
  expect((await errorOf(service.list())).code).toBe('BAD_ANSWER');
});

function of(fields: object) {
  return { total_count: 1, artifacts: [{ ...item(1), ...fields }] };
}

test('an answer of 100 MB is not read', async () => {
  const told: { sent: number }[] = [];
  const { service } = await connect((_, response) => {
    told.push(flood(response));
  });
  expect((await errorOf(service.list())).code).toBe('BAD_ANSWER');
  for (const { sent } of told) expect(sent).toBeLessThan(40_000_000);
});

describe('what fails for now is tried again', () => {
  test('after HTTP 500 and a connection that broke', async () => {
    const { service, got } = await connect((_, response, nth) => {
      if (nth === 0) return sendJson(response, { message: 'x' }, 502);
      if (nth === 1) return void response.destroy();
      sendJson(response, { total_count: 1, artifacts: [item(12)] });
    });
    expect((await service.list()).artifacts).toEqual([READ]);
    expect(got).toHaveLength(3);
  });

  test('four times, and then told', async () => {
    const { service, got } = await answering({ message: TOKEN }, 503);
    const { code, message } = await errorOf(service.list());
    expect([code, got.length]).toEqual(['UNREACHABLE', 5]);
    expect(message).toContain('HTTP 503');
    expect(message).not.toContain(TOKEN);
  });

  test('and never answered', async () => {
    const { service } = await connect((_, response) => response.destroy());
    const { code, message } = await errorOf(service.list());
    expect(code).toBe('UNREACHABLE');
    expect(message).toContain('no answer');
  });
});

test.each([
  [401, 'NO_PERMISSION', 'expired, was revoked'],
  [403, 'NO_PERMISSION', '`permissions: actions: read`'],
  [404, 'NO_RUN', 'run 77 of someone/models'],
  [418, 'UNREACHABLE', 'HTTP 418'],
])('a list refused with HTTP %d is %s', async (status, code, words) => {
  const { service, got } = await answering({ message: `no ${TOKEN}` }, status);
  const error = await errorOf(service.list());
  expect([error.code, got.length]).toEqual([code, status === 418 ? 5 : 1]);
  expect(error.message).toContain(words);
  expect(error.message).not.toContain(TOKEN);
});

describe('a signed URL', () => {
  test('is where the redirect leads, which is not followed', async () => {
    const { service, got, masked } = await answering('', 302, {
      location: SIGNED,
    });
    expect(await service.sign(READ)).toBe(SIGNED);
    expect(got.map(({ path }) => path)).toEqual([`${PATH}/artifacts/12/zip`]);
    expect(masked.sort()).toEqual(['abcdefgh%2Bij%3D', 'abcdefgh+ij=']);
  });

  test.each([
    [410, 'GONE', "'weights-12' has expired"],
    [404, 'NOT_FOUND', "'weights-12' is there no more"],
    [403, 'NO_PERMISSION', 'someone/models'],
    [401, 'NO_PERMISSION', 'HTTP 401'],
    [200, 'BAD_ANSWER', 'HTTP 200'],
    [302, 'BAD_ANSWER', 'signed URL'],
  ])('refused with HTTP %d is %s', async (status, code, words) => {
    const { service, got } = await answering({ message: 'x' }, status);
    const error = await errorOf(service.sign(READ));
    expect([error.code, got.length]).toEqual([code, 1]);
    expect(error.message).toContain(words);
  });

  test('is not taken when it is of no https', async () => {
    const { service } = await answering('', 302, { location: 'ftp://blob/' });
    expect((await errorOf(service.sign(READ))).code).toBe('BAD_ANSWER');
  });

  test('is not asked for when the artifact has expired', async () => {
    const { service, got } = await answering('', 302, { location: SIGNED });
    const expired = { ...READ, isExpired: true };
    const codes = [
      (await errorOf(service.sign(expired))).code,
      (await errorOf(service.download(expired, '/nowhere'))).code,
    ];
    expect([codes, got.length]).toEqual([['GONE', 'GONE'], 0]);
  });
});
