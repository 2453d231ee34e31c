import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SourceError } from '../../src/core/bytes/reader.ts';
import type { Blob } from '../../src/sources/blob-reader.ts';
import {
  ETAG,
  failureOf,
  give,
  startStore,
  variedBytes,
} from '../helpers/blob-store.ts';
import type { BlobStore } from '../helpers/blob-store.ts';

const SIZE = 300_000;
const bytes = variedBytes(SIZE);
let store: BlobStore;

beforeEach(async () => {
  store = await startStore(bytes);
});
afterEach(() => store.close());

/** Reads somewhere before the tail. */
async function expectSome(blob: Blob): Promise<void> {
  expect(await blob.read(1000, 500)).toEqual(bytes.slice(1000, 1500));
}

describe('what is sent', () => {
  test('are these headers, and the tag once it is known', async () => {
    const blob = await store.open();
    await expectSome(blob);
    const [first, second] = store.headers;
    expect(Object.keys(first ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'range',
      'user-agent',
    ]);
    expect(second?.['if-match']).toBe(ETAG);
  });

  test('never are credentials, not even those of the URL', async () => {
    const sign = async () =>
      (await store.sign()).replace('http://', 'http://user:word@');
    await expectSome(await store.open({ sign }));
    expect(store.headers.map((one) => one.authorization)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('a weak tag is compared and not sent', async () => {
    store.script.push(give({ etag: 'W/"1"' }), give({ etag: 'W/"1"' }));
    const blob = await store.open();
    await expectSome(blob);
    expect(store.headers[1]?.['if-match']).toBeUndefined();
    const failure = await failureOf(store, blob.read(0, 10));
    expect(failure.code).toBe('CHANGED');
  });

  test('without a tag the size alone tells of a change', async () => {
    store.script.push(give({ etag: undefined }), give({ etag: undefined }));
    await expectSome(await store.open());
    expect(store.headers[1]?.['if-match']).toBeUndefined();
  });
});

describe('the signed URL', () => {
  test('is masked, and its signature in both forms, before it is used', async () => {
    const seen: number[] = [];
    const blob = await store.open({
      mask: (secret) => {
        store.masked.push(secret);
        seen.push(store.asked.length);
      },
    });
    expect(store.masked).toEqual([
      store.signed[0],
      'secret1%2B%2F%3D',
      'secret1+/=',
    ]);
    expect(seen).toEqual([0, 0, 0]);
    await expectSome(blob);
    expect(store.masked).toHaveLength(3);
  });

  test('is asked for once for many reads', async () => {
    const blob = await store.open();
    await Promise.all([0, 1, 2, 3].map((at) => blob.read(at, 10)));
    expect(store.signed).toHaveLength(1);
  });

  test('that expired is asked for once by all who were refused', async () => {
    const blob = await store.open();
    store.expire();
    await Promise.all([0, 1, 2, 3, 4].map((at) => blob.read(at, 10)));
    expect(store.signed).toHaveLength(2);
    expect(store.masked).toContain(store.signed[1]);
    expect(store.waits).toEqual([]);
  });

  test.each(['ftp://secret/', 'secret', '', 'https://'])(
    'that is none is refused: %j',
    async (url) => {
      const sign = () => Promise.resolve(url);
      const failure = await failureOf(store, store.open({ sign }));
      expect(failure.code).toBe('BAD_URL');
    },
  );

  test('that cannot be had is told without what was said', async () => {
    const sign = () => Promise.reject(new Error('no https://secret/'));
    const failure = await failureOf(store, store.open({ sign }));
    expect(failure.code).toBe('NOT_SIGNED');
  });

  test('is refused in the words of who signs, where they are meant', async () => {
    const blob = await store.open({
      sign: () =>
        store.signed.length === 0
          ? store.sign()
          : Promise.reject(new SourceError('GONE', 'the artifact expired')),
    });
    store.expire();
    const failure = await failureOf(store, blob.read(0, 1));
    expect([failure.code, failure.message]).toEqual([
      'GONE',
      'the artifact expired',
    ]);
  });
});
