import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  BLOB_TAIL_BYTES as TAIL,
  HEAD_BYTES,
} from '../../src/core/bytes/limits.ts';
import type { Blob } from '../../src/sources/blob-reader.ts';
import {
  allOf,
  begin,
  failureOf,
  give,
  refuse,
  startStore,
  variedBytes,
} from '../helpers/blob-store.ts';
import type { Behaviour, BlobStore } from '../helpers/blob-store.ts';

const SIZE = 300_000;
const stop: Behaviour = ({ request }) => request.socket.destroy();
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

describe('opening', () => {
  test('a part came, and then the store tells another size: it was replaced', async () => {
    store.script.push(
      begin(10, stop),
      refuse(416, '', { 'content-range': 'bytes */77' }),
    );
    const failure = await failureOf(store, store.open());
    expect(failure.code).toBe('CHANGED');
  });

  test('reads the tail by an absolute range, and it is not asked for again', async () => {
    const blob = await store.open();
    expect(store.asked).toEqual([`bytes=${SIZE - TAIL}-${SIZE - 1}`]);
    expect([blob.size, blob.access]).toEqual([SIZE, 'random']);
    expect(await blob.read(SIZE - TAIL, TAIL)).toEqual(bytes.slice(-TAIL));
    expect(await blob.read(SIZE - 22, 22)).toEqual(bytes.slice(-22));
    expect(await allOf(blob.stream(SIZE - 22, SIZE))).toEqual(bytes.slice(-22));
    expect(blob.stats()).toEqual({ requests: 1, bytes: TAIL });
  });

  test('what is read of the tail is the reader’s own', async () => {
    const blob = await store.open();
    (await blob.read(SIZE - 22, 22)).fill(0);
    expect(await blob.read(SIZE - 22, 22)).toEqual(bytes.slice(-22));
  });

  test.each([
    ['too small', SIZE - 1],
    ['much too small', 100],
    ['too large', SIZE + 10],
    ['beyond all', SIZE * 1000],
    ['none', 0],
    ['no number', NaN],
    ['below none', -5],
  ])(
    'a listed size that is %s costs one more request',
    async (_, sizeBytes) => {
      const blob = await store.open({ sizeBytes });
      expect(blob.size).toBe(SIZE);
      expect(blob.stats().requests).toBe(2);
      expect(await blob.read(SIZE - TAIL, TAIL)).toEqual(bytes.slice(-TAIL));
      expect(blob.stats()).toEqual({ requests: 2, bytes: TAIL });
      await expectSome(blob);
    },
  );

  test('a size that differs each time is a change', async () => {
    store.script.push(
      give({ 'content-range': `bytes 234464-299999/400000` }),
      give({ 'content-range': `bytes 334464-399999/500000` }),
    );
    const failure = await failureOf(store, store.open());
    expect(failure.code).toBe('CHANGED');
    expect(store.asked).toHaveLength(2);
  });

  test('so is one that ends elsewhere each time', async () => {
    store.script.push(
      refuse(416, '', { 'content-range': 'bytes */200000' }),
      refuse(416, '', { 'content-range': 'bytes */100000' }),
    );
    const failure = await failureOf(store, store.open());
    expect([failure.code, failure.message]).toEqual([
      'CHANGED',
      'the store says that it has 100000 bytes',
    ]);
  });

  test('a refused range of a size as listed is a wrong range', async () => {
    store.script.push(refuse(416, '', { 'content-range': `bytes */${SIZE}` }));
    const failure = await failureOf(store, store.open());
    expect(failure.code).toBe('BAD_RANGE');
  });

  test('tells what the store says of the file', async () => {
    store.script.push(
      give({
        'content-type': 'application/octet-stream',
        'content-disposition':
          'attachment; filename="x.bin"; filename*=UTF-8\'\'runs%2F..%2Fe%CC%81.safetensors',
      }),
    );
    const blob = await store.open();
    expect(blob.contentType()).toBe('application/octet-stream');
    expect(blob.fileName()).toBe('e\u0301.safetensors');
  });

  test('tells where the store says nothing', async () => {
    store.script.push(
      give({ 'content-type': undefined, 'content-disposition': undefined }),
    );
    const blob = await store.open();
    expect([blob.contentType(), blob.fileName()]).toEqual([null, null]);
  });
});

describe('small blobs', () => {
  test('a blob smaller than the tail is one request', async () => {
    const small = await startStore(bytes.slice(0, 10));
    const blob = await small.open();
    expect(await blob.read(0, 10)).toEqual(bytes.slice(0, 10));
    expect(small.asked).toEqual(['bytes=0-9']);
    await small.close();
  });

  test('an empty one that is listed with 5 bytes is another', async () => {
    const empty = await startStore(new Uint8Array());
    const failure = await failureOf(empty, empty.open({ sizeBytes: 5 }));
    expect(failure.code).toBe('CHANGED');
    await empty.close();
  });

  test('an empty one', async () => {
    const empty = await startStore(new Uint8Array());
    const blob = await empty.open({ sizeBytes: 0 });
    expect([blob.size, blob.contentType(), blob.fileName()]).toEqual([
      0,
      null,
      null,
    ]);
    expect(await blob.read(0, 0)).toEqual(new Uint8Array());
    expect((await failureOf(empty, blob.read(0, 1))).code).toBe('SHORT_READ');
    expect(blob.stats()).toEqual({ requests: 1, bytes: 0 });
    await empty.close();
  });
});

describe('reading', () => {
  test('is one request a range, and counted', async () => {
    const blob = await store.open();
    expect(await blob.read(0, HEAD_BYTES)).toEqual(bytes.slice(0, HEAD_BYTES));
    expect(await blob.read(200_000, 100_000)).toEqual(bytes.slice(200_000));
    expect(store.asked.slice(1)).toEqual([
      `bytes=0-${HEAD_BYTES - 1}`,
      'bytes=200000-299999',
    ]);
    expect(blob.stats()).toEqual({
      requests: 3,
      bytes: TAIL + HEAD_BYTES + 100_000,
    });
  });

  test('of nothing is no request', async () => {
    const blob = await store.open();
    expect(await blob.read(17, 0)).toEqual(new Uint8Array());
    expect(await allOf(blob.stream(17, 17))).toEqual(new Uint8Array());
    expect(store.asked).toHaveLength(1);
  });

  test.each([
    [SIZE, 1],
    [-1, 5],
    [5, -1],
    [0, SIZE + 1],
    [0.5, 1],
    [0, NaN],
  ])('beyond the blob is no request: %d, %d', async (start, length) => {
    const blob = await store.open();
    const read = blob.read(start, length);
    expect((await failureOf(store, read)).code).toBe('SHORT_READ');
    const stream = allOf(blob.stream(start, start + length));
    expect((await failureOf(store, stream)).code).toBe('SHORT_READ');
    expect(store.asked).toHaveLength(1);
  });

  test('of 25 MiB is one request', async () => {
    const large = variedBytes(26 * 1024 * 1024);
    const other = await startStore(large);
    const blob = await other.open();
    const read = await blob.read(3, 25 * 1024 * 1024);
    expect(Buffer.compare(read, large.subarray(3, 3 + read.length))).toBe(0);
    expect(read.buffer.byteLength).toBe(25 * 1024 * 1024);
    expect(blob.stats()).toEqual({ requests: 2, bytes: TAIL + read.length });
    await other.close();
  });

  test('twenty ranges at once takes at most eight connections', async () => {
    const blob = await store.open();
    const sockets = new Set<unknown>();
    const seen = (exchange: Parameters<ReturnType<typeof give>>[0]) => {
      sockets.add(exchange.request.socket);
      give()(exchange);
    };
    store.script.push(...Array.from({ length: 20 }, () => seen));
    const reads = await Promise.all(
      Array.from({ length: 20 }, (_, at) => blob.read(at * 100, 100)),
    );
    expect(reads).toEqual(
      reads.map((_, at) => bytes.slice(at * 100, at * 100 + 100)),
    );
    expect(sockets.size).toBeLessThanOrEqual(8);
    expect(store.asked).toHaveLength(21);
  });

  test('one after the other takes one connection', async () => {
    const blob = await store.open();
    const sockets = new Set<unknown>();
    for (let at = 0; at < 5; at++) {
      store.script.push((exchange) => {
        sockets.add(exchange.request.socket);
        give()(exchange);
      });
      await blob.read(at, 1000);
    }
    expect(sockets.size).toBe(1);
  });
});
