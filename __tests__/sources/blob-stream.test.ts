import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { STREAM_CHUNK_BYTES } from '../../src/core/bytes/limits.ts';
import { BLOB_DEPS } from '../../src/sources/blob-reader.ts';
import type { Blob } from '../../src/sources/blob-reader.ts';
import {
  allOf,
  begin,
  failureOf,
  give,
  hang,
  refuse,
  startStore,
  variedBytes,
} from '../helpers/blob-store.ts';
import type { Behaviour, BlobStore } from '../helpers/blob-store.ts';

const MIB = 1024 * 1024;
const SIZE = 24 * MIB;
const bytes = variedBytes(SIZE);
const quick = { timeouts: { connectMs: 2000, stallMs: 100 } };
let store: BlobStore;
let blob: Blob;

beforeEach(async () => {
  store = await startStore(bytes);
  blob = await store.open({}, quick);
});
afterEach(() => store.close());

const stop: Behaviour = ({ request }) => request.socket.destroy();

/** Resolves once the store's end of the next connection asked on is closed. */
function whenClosed(): Promise<void> {
  return new Promise((done) => {
    store.script.push((exchange) => {
      exchange.response.on('close', done);
      give()(exchange);
    });
  });
}

describe('a stream', () => {
  test('is one request, in pieces of bounded size', async () => {
    const pieces: Uint8Array[] = [];
    for await (const piece of blob.stream(5, 20 * MIB)) pieces.push(piece);
    const most = Math.max(...pieces.map(({ length }) => length));
    expect(most).toBeLessThanOrEqual(STREAM_CHUNK_BYTES);
    const all = Buffer.concat(pieces);
    expect(all.equals(bytes.subarray(5, 20 * MIB))).toBe(true);
    expect(blob.stats()).toEqual({
      requests: 2,
      bytes: 65_536 + 20 * MIB - 5,
    });
  });

  test('goes on from the byte reached, however often', async () => {
    const ends = [begin(1000, stop), begin(70_000, stop), begin(3, hang)];
    const between = [refuse(500), refuse(403), refuse(429)];
    store.script.push(...ends.flatMap((end, at) => [end, between[at] ?? hang]));
    const all = await allOf(blob.stream(10, 200_000));
    expect(Buffer.compare(all, bytes.subarray(10, 200_000))).toBe(0);
    expect(store.asked.slice(1)).toEqual(
      [10, 1010, 1010, 71_010, 71_010, 71_013, 71_013].map(
        (start) => `bytes=${start}-199999`,
      ),
    );
    expect(blob.stats().bytes).toBe(65_536 + 200_000 - 10);
  });

  test('is signed again where the URL expired in the middle', async () => {
    store.script.push(
      begin(1000, (exchange) => {
        store.expire();
        stop(exchange);
      }),
    );
    const all = await allOf(blob.stream(0, 5000));
    expect(all).toEqual(bytes.slice(0, 5000));
    expect(store.signed).toHaveLength(2);
  });

  test('ends where the blob was replaced in the middle', async () => {
    store.script.push(begin(1000, stop), give({ etag: '"other"' }));
    const failure = await failureOf(store, allOf(blob.stream(0, 5000)));
    expect(failure.code).toBe('CHANGED');
  });

  test('fails after as many tries as a read', async () => {
    store.script.push(begin(1000, stop));
    for (let at = 0; at < 3; at++) store.script.push(refuse(503));
    const failure = await failureOf(store, allOf(blob.stream(0, 5000)));
    expect([failure.code, blob.stats().requests]).toEqual(['UNREACHABLE', 5]);
  });

  test('has all it needs where only the end of the answer fails', async () => {
    store.script.push(({ response, start, end }) => {
      const range = `bytes ${start}-${end - 1}/${SIZE}`;
      response.writeHead(206, { 'content-range': range, etag: '"0x8DC"' });
      response.write(bytes.subarray(start, end));
    });
    expect(await allOf(blob.stream(0, 500))).toEqual(bytes.slice(0, 500));
    expect(store.asked).toHaveLength(2);
  });

  test('waits for who takes it, without a look at the clock', async () => {
    let socketBytes = () => 0;
    store.script.push((exchange) => {
      const { socket } = exchange.request;
      const before = socket.bytesWritten;
      socketBytes = () => socket.bytesWritten - before - socket.writableLength;
      give()(exchange);
    });
    const stream = blob.stream(0, 22 * MIB)[Symbol.asyncIterator]();
    const first = await stream.next();
    // Three times as long as silence may last.
    await sleep(300);
    expect(blob.stats().bytes).toBeLessThan(65_536 + MIB);
    // Buffers of the system take some of it.
    expect(socketBytes()).toBeLessThan(16 * MIB);
    let taken = first.done === true ? 0 : first.value.length;
    for (;;) {
      const next = await stream.next();
      if (next.done === true) break;
      taken += next.value.length;
    }
    expect([taken, store.asked.length]).toEqual([22 * MIB, 2]);
  });

  test('ends the request where it is left', async () => {
    const closed = whenClosed();
    for await (const piece of blob.stream(0, 22 * MIB)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await closed;
    expect(blob.stats().bytes).toBeLessThan(65_536 + MIB);
    expect(await blob.read(7, 7)).toEqual(bytes.slice(7, 14));
  });

  test('ends the request where who takes it throws', async () => {
    const closed = whenClosed();
    const take = async () => {
      for await (const piece of blob.stream(0, 22 * MIB))
        throw new Error(`not ${piece.length}`);
    };
    await expect(take()).rejects.toThrow('not');
    await closed;
  });

  test('lets others read while it is taken', async () => {
    for await (const piece of blob.stream(0, 100_000)) {
      expect(piece.length).toBeGreaterThan(0);
      expect(await blob.read(9, 9)).toEqual(bytes.slice(9, 18));
    }
  });
});

/** Timers that are running, those of Jest included. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((one) => one === 'Timeout')
    .length;
}

describe('closing', () => {
  test.each<[string, Behaviour]>([
    ['an answer is waited for', hang],
    ['bytes are waited for', begin(10, hang)],
    ['another try is waited for', refuse(503)],
  ])('ends all while %s', async (_, behave) => {
    const waiting = await store.open({}, { delay: BLOB_DEPS.delay });
    for (let at = 0; at < 20; at++) store.script.push(behave);
    const reads = Array.from({ length: 20 }, (_, at) =>
      failureOf(store, waiting.read(at, 5000)),
    );
    await sleep(60);
    const start = performance.now();
    await waiting.close();
    const codes = (await Promise.all(reads)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['CLOSED']));
    expect(performance.now() - start).toBeLessThan(400);
  });

  test('ends what waits for a signature', async () => {
    const waiting = await store.open({
      sign: () =>
        store.signed.length === 1
          ? store.sign()
          : new Promise<string>(() => undefined),
    });
    store.expire();
    const read = failureOf(store, waiting.read(0, 10));
    await sleep(30);
    await waiting.close();
    expect((await read).code).toBe('CLOSED');
  });

  test('lets nothing be read but what is there', async () => {
    await blob.close();
    await blob.close();
    expect((await failureOf(store, blob.read(0, 10))).code).toBe('CLOSED');
    expect(store.asked).toHaveLength(1);
  });

  // What keeps a process from ending: timers, and sockets in use or kept.
  test('leaves nothing behind that keeps a process', async () => {
    await blob.close();
    const before = timers();
    const waiting = await store.open();
    store.script.push(hang, begin(10, hang));
    const reads = [0, 1].map((at) => failureOf(store, waiting.read(at, 9000)));
    await waiting.read(20, 9000);
    await sleep(60);
    expect(await store.connections()).toBe(3);
    await waiting.close();
    await Promise.all(reads);
    // Jest has timers of its own that come and go; those of requests last two seconds.
    for (let at = 0; at < 50 && timers() > before; at++) await sleep(20);
    expect(timers()).toBeLessThanOrEqual(before);
    expect(await store.connections()).toBe(0);
  });
});
