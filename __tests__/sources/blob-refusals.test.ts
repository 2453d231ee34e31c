import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BLOB_ERROR_MAX_BYTES } from '../../src/core/bytes/limits.ts';
import {
  RANGE_SETBACKS,
  RETRY_AFTER_MAX_MS,
} from '../../src/sources/blob-limits.ts';
import type { Blob } from '../../src/sources/blob-reader.ts';
import {
  failureOf,
  give,
  refuse,
  startStore,
  variedBytes,
} from '../helpers/blob-store.ts';
import type { Behaviour, BlobStore } from '../helpers/blob-store.ts';

const SIZE = 200_000;
const bytes = variedBytes(SIZE);
const START = 1000;
const LENGTH = 4000;
const wanted = bytes.slice(START, START + LENGTH);
const quick = { timeouts: { connectMs: 2000, stallMs: 60 } };
let store: BlobStore;
let blob: Blob;

beforeEach(async () => {
  store = await startStore(bytes);
  blob = await store.open({}, quick);
});
afterEach(() => store.close());

const read = () => blob.read(START, LENGTH);

function times(count: number, behave: Behaviour): Behaviour[] {
  return Array.from({ length: count }, () => behave);
}

/** Reads the range, of which the next requests are answered so, and gives the rest. */
async function readThrough(...behaviours: Behaviour[]): Promise<void> {
  store.script.push(...behaviours);
  expect(await read()).toEqual(wanted);
  expect(store.script).toEqual([]);
}

describe('an expired URL', () => {
  test('is signed again, and the same range asked for', async () => {
    store.expire();
    expect(await read()).toEqual(wanted);
    expect(store.signed).toHaveLength(2);
    expect(store.asked[1]).toBe(store.asked[2]);
    expect([store.waits, blob.stats().requests]).toEqual([[], 3]);
  });

  test('at the first request, too', async () => {
    store.script.push(refuse(403));
    const other = await store.open();
    expect(other.stats()).toEqual({ requests: 2, bytes: 65_536 });
  });

  test('is signed twice at most', async () => {
    store.script.push(...times(3, refuse(403, 'AuthenticationFailed')));
    const failure = await failureOf(store, read());
    expect([failure.code, failure.message]).toEqual([
      'FORBIDDEN',
      'the store refuses access (403 AuthenticationFailed), 3 times in a row',
    ]);
    expect(store.signed).toHaveLength(1 + RANGE_SETBACKS.refusal);
  });

  const repeat: (from: RegExp) => Behaviour = (from) => (exchange) => {
    const sig = from.exec(exchange.request.url ?? '')?.[1] ?? '';
    refuse(403, `of ${sig}`)(exchange);
  };
  const decoded: Behaviour = (exchange) => {
    const url = new URL(`http://x${exchange.request.url}`);
    refuse(403, url.searchParams.get('sig') ?? '')(exchange);
  };
  test.each<[string, Behaviour, string]>([
    [
      'the code in a header',
      refuse(403, 'Body', { 'x-ms-error-code': 'AuthorizationFailure' }),
      '(403 AuthorizationFailure)',
    ],
    ['no signs', refuse(403, 'a\u001b[31m::error::b|`'), '(403 a 31m error b)'],
    ['200 letters', refuse(403, 'x'.repeat(3000)), `(403 ${'x'.repeat(200)})`],
    ['no signature', repeat(/sig=([^&]*)/), '(403)'],
    ['no decoded signature', decoded, '(403)'],
    ['no code', refuse(403), '(403)'],
    ['no code that comes late', refuse(403, `${' '.repeat(5000)}x`), '(403)'],
  ])('is told with %s', async (_, behave, words) => {
    store.script.push(...times(3, behave));
    const failure = await failureOf(store, read());
    expect(failure.message).toContain(words);
  });

  test('of an endless answer is told all the same', async () => {
    let sent = 0;
    const endless: Behaviour = ({ response }) => {
      response.writeHead(403);
      const more = () => {
        sent += 1024;
        // The reader is of this process, and has to have its turn.
        response.write('x'.repeat(1024));
        if (!response.destroyed) setImmediate(more);
      };
      more();
    };
    store.script.push(...times(3, endless));
    expect((await failureOf(store, read())).code).toBe('FORBIDDEN');
    expect(sent).toBeLessThan(3 * (BLOB_ERROR_MAX_BYTES + 1024 * 1024));
  });

  test('of an answer that does not end, too', async () => {
    const slow: Behaviour = ({ response }) =>
      response.writeHead(403).write('<');
    store.script.push(slow);
    expect(await read()).toEqual(wanted);
  });
});

describe('a store that asks to wait', () => {
  test.each([
    ['seconds', '7', [7000]],
    ['a date', 'Thu, 01 Jan 2026 00:00:09 GMT', [9000]],
    ['a date that is past', 'Wed, 31 Dec 2025 23:00:00 GMT', []],
    ['too long', '86400', [RETRY_AFTER_MAX_MS]],
    ['a date too late', 'Fri, 01 Jan 2027 00:00:00 GMT', [RETRY_AFTER_MAX_MS]],
    ['no time', 'soon', [1000]],
  ])('is waited for, with %s', async (_, value, waits) => {
    await readThrough(refuse(429, '', { 'retry-after': value }));
    expect(store.waits).toEqual(waits);
  });

  test('five times, longer each time where it does not say how long', async () => {
    await readThrough(...times(5, refuse(429)));
    expect(store.waits).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });

  test('six times is too busy', async () => {
    store.script.push(...times(6, refuse(429, 'TooManyRequests')));
    const failure = await failureOf(store, read());
    expect([failure.code, failure.message]).toEqual([
      'THROTTLED',
      'the store asks to wait (429 TooManyRequests), 6 times in a row',
    ]);
  });

  test('may do so with 503', async () => {
    await readThrough(refuse(503, 'ServerBusy', { 'retry-after': '3' }));
    expect(store.waits).toEqual([3000]);
  });
});

describe('ends at once', () => {
  const elsewhere = { location: 'http://127.0.0.1/secret' };
  test.each<[string, Behaviour, string, string]>([
    ['400', refuse(400, 'InvalidQuery'), 'REFUSED', '400 InvalidQuery'],
    ['401', refuse(401), 'REFUSED', '401'],
    ['204', refuse(204), 'REFUSED', '204'],
    ['301', refuse(301, '', elsewhere), 'REDIRECTED', '301'],
    ['302', refuse(302, '', elsewhere), 'REDIRECTED', '302'],
    ['307', refuse(307, 'X', elsewhere), 'REDIRECTED', '307'],
    ['404', refuse(404, 'BlobNotFound'), 'NOT_FOUND', '404 BlobNotFound'],
    ['410', refuse(410), 'GONE', 'expired'],
    ['412', refuse(412, 'ConditionNotMet'), 'CHANGED', '412 ConditionNotMet'],
    ['416', refuse(416, 'InvalidRange'), 'BAD_RANGE', '416 InvalidRange'],
    [
      '416 with another size',
      refuse(416, '', { 'content-range': 'bytes */10' }),
      'CHANGED',
      '10 bytes',
    ],
    ['another tag', give({ etag: '"other"' }), 'CHANGED', 'replaced'],
    ['no tag any more', give({ etag: undefined }), 'CHANGED', 'replaced'],
    [
      'another size',
      give({ 'content-range': `bytes 1000-4999/${SIZE + 1}` }),
      'CHANGED',
      '200000 bytes became 200001',
    ],
    [
      'no range',
      give({ 'content-range': undefined }),
      'BAD_RANGE',
      'does not say',
    ],
    [
      'a range of unknown size',
      give({ 'content-range': 'bytes 1000-4999/*' }),
      'BAD_RANGE',
      'does not say',
    ],
    [
      'another range',
      give({ 'content-range': `bytes 1001-5000/${SIZE}` }),
      'BAD_RANGE',
      '1001 to 5001 in place of 1000 to 5000',
    ],
    [
      'a shorter range',
      give({ 'content-range': `bytes 1000-4000/${SIZE}` }),
      'BAD_RANGE',
      '1000 to 4001 in place of 1000 to 5000',
    ],
    [
      'a longer body',
      give({}, (exact) => Buffer.concat([exact, exact])),
      'BAD_RANGE',
      'means to send more than the 4000 bytes',
    ],
    [
      'a longer body of no stated length',
      give({ 'content-length': undefined }, (exact) =>
        Buffer.concat([exact, exact]),
      ),
      'BAD_RANGE',
      'sent more than the 4000 bytes',
    ],
    [
      'an encoding',
      give({ 'content-encoding': 'gzip' }),
      'BAD_RANGE',
      'encoding',
    ],
  ])('%s', async (_, behave, code, words) => {
    store.script.push(behave);
    const failure = await failureOf(store, read());
    expect([failure.code, failure.message]).toEqual([
      code,
      expect.stringContaining(words),
    ]);
    expect([store.asked.length, store.waits]).toEqual([2, []]);
  });

  test('the whole in place of a range, of which little is read', async () => {
    let sent = 0;
    const ended = new Promise<void>((done) => {
      store.script.push(({ request, response }) => {
        response.writeHead(200, { 'content-length': 2 ** 30 });
        const chunk = Buffer.alloc(16 * 1024);
        const more = () => {
          sent = request.socket.bytesWritten;
          response.write(chunk);
          if (!response.destroyed) setImmediate(more);
        };
        response.on('close', done);
        more();
      });
    });
    const failure = await failureOf(store, store.open());
    expect(failure.code).toBe('RANGES_IGNORED');
    await ended;
    // Buffers of the system included.
    expect(sent).toBeLessThan(1024 * 1024);
  });
});
