import { describe, expect, test } from '@jest/globals';
import { answering, connect, item, READ } from './rest.ts';
import { errorOf, sendJson } from './serve.ts';

describe('a rate limit', () => {
  const inSeconds = (seconds: number) =>
    String(Math.floor(Date.now() / 1000) + seconds);
  const secondary = { message: 'You have exceeded a secondary rate limit.' };

  test.each([403, 429])('that ends soon is waited for: %d', async (status) => {
    const { service, got } = await connect((_, response, nth) =>
      nth === 0
        ? sendJson(response, secondary, status, { 'retry-after': '3' })
        : sendJson(response, { total_count: 1, artifacts: [item(12)] }),
    );
    expect((await service.list()).artifacts).toEqual([READ]);
    expect(got).toHaveLength(2);
  });

  test.each([403, 429])('that ends late is told: %d', async (status) => {
    const { service, got } = await answering(secondary, status, {
      'retry-after': '3600',
    });
    const { code, message } = await errorOf(service.list());
    expect([code, got.length]).toEqual(['THROTTLED', 1]);
    expect(message).toMatch(/after \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
  });

  test('of the hour says when it ends', async () => {
    const reset = inSeconds(1800);
    const { service, got } = await answering({ message: 'x' }, 403, {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
    });
    const { code, message } = await errorOf(service.list());
    expect([code, got.length]).toEqual(['THROTTLED', 1]);
    const at = new Date(Number(reset) * 1000).toISOString().slice(0, 19);
    expect(message).toContain(`after ${at}Z`);
  });

  test('that is reached with an answer keeps from asking on', async () => {
    const { service, got } = await connect((_, response) =>
      sendJson(
        response,
        {
          total_count: 200,
          artifacts: Array.from({ length: 100 }, (_one, at) => item(at + 1)),
        },
        200,
        {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': inSeconds(1800),
        },
      ),
    );
    const { code } = await errorOf(service.list());
    expect([code, got.length]).toEqual(['THROTTLED', 1]);
  });

  test('that is reached and ends soon is waited for', async () => {
    const { service, got, waits } = await connect((one, response) => {
      const isFirst = one.path.endsWith('page=1');
      sendJson(
        response,
        {
          total_count: 101,
          artifacts: Array.from({ length: isFirst ? 100 : 1 }, (_, at) =>
            item(isFirst ? at + 1 : 101),
          ),
        },
        200,
        {
          'x-ratelimit-remaining': isFirst ? '0' : '999',
          'x-ratelimit-reset': inSeconds(5),
        },
      );
    });
    expect((await service.list()).artifacts).toHaveLength(101);
    expect([got.length, waits.length]).toEqual([2, 1]);
    expect(waits[0]).toBeLessThanOrEqual(7000);
  });
});
