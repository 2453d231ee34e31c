import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { BLOB_SETBACKS } from '../../src/sources/blob-limits.ts';
import type { Blob } from '../../src/sources/blob-reader.ts';
import {
  begin,
  failureOf,
  give,
  hang,
  refuse,
  reset,
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

const stop: Behaviour = ({ request }) => request.socket.resetAndDestroy();
const wait: Behaviour = () => undefined;

/** Ends the body early, as if that were all. */
const shortBody = give({ 'content-length': undefined }, (exact) =>
  exact.subarray(0, 1500),
);
const noBody = give({ 'content-length': undefined }, () => new Uint8Array());

describe('is tried again', () => {
  test.each<[string, Behaviour, string]>([
    ['500', refuse(500, 'InternalError'), `${START}-`],
    ['502', refuse(502), `${START}-`],
    ['503', refuse(503, 'ServerBusy'), `${START}-`],
    ['504', refuse(504), `${START}-`],
    ['a reset before headers', reset, `${START}-`],
    ['no answer', hang, `${START}-`],
    ['a reset before a byte', begin(0, stop), `${START}-`],
    ['a reset in the middle', begin(1500, stop), `${START + 1500}-`],
    ['silence in the middle', begin(1500, wait), `${START + 1500}-`],
    ['a short body', shortBody, `${START + 1500}-`],
    ['no body', noBody, `${START}-`],
  ])('%s', async (_, behave, from) => {
    await readThrough(behave);
    expect(store.waits.filter((ms) => ms > 0).length).toBeLessThanOrEqual(1);
    expect(store.asked[2]).toBe(`bytes=${from}${START + LENGTH - 1}`);
    expect(blob.stats()).toEqual({ requests: 3, bytes: 65_536 + LENGTH });
  });

  test('three times, each time later', async () => {
    await readThrough(...times(3, refuse(503)));
    expect(store.waits).toEqual([1000, 2000, 4000]);
    expect(blob.stats().requests).toBe(5);
  });

  test('sooner by chance, so that readers who failed together part', async () => {
    const other = await store.open({}, { random: () => 0 });
    store.script.push(refuse(500));
    await other.read(START, LENGTH);
    expect(store.waits).toEqual([500]);
  });

  test('a kept connection that was closed meanwhile, at once', async () => {
    await readThrough(reset);
    expect(store.waits).toEqual([]);
  });

  test('on a fresh connection, not on others that were kept', async () => {
    // Eight connections are kept, and the store answers on none of them any more.
    const old = new Set<unknown>();
    store.script.push(
      ...times(8, (exchange) => {
        old.add(exchange.request.socket);
        setTimeout(() => give()(exchange), 20);
      }),
    );
    await Promise.all(times(8, wait).map((_, at) => blob.read(at, 10)));
    expect(old.size).toBe(8);
    store.script.push(...times(1, hang));
    const sockets: unknown[] = [];
    store.script.push((exchange) => {
      sockets.push(exchange.request.socket);
      give()(exchange);
    });
    expect(await read()).toEqual(wanted);
    expect(sockets.filter((socket) => old.has(socket))).toEqual([]);
  });

  test('with patience anew once bytes came', async () => {
    const drip = begin(1000, stop);
    // The break itself is the first of four.
    await readThrough(
      ...times(3, refuse(500)),
      drip,
      ...times(2, refuse(500)),
      drip,
      ...times(2, refuse(500)),
    );
    expect(blob.stats().bytes).toBe(65_536 + LENGTH);
  });
});

describe('is given up', () => {
  test.each<[string, Behaviour, string, string]>([
    ['500', refuse(500, 'InternalError'), 'UNREACHABLE', '500 InternalError'],
    ['503', refuse(503), 'UNREACHABLE', '503'],
    ['resets', reset, 'UNREACHABLE', 'ECONNRESET'],
    ['no answer', hang, 'STALLED', 'fell silent'],
    ['silence', begin(0, wait), 'STALLED', 'fell silent'],
    ['cuts', begin(0, stop), 'SHORT_BODY', 'ECONNRESET'],
    ['no body', noBody, 'SHORT_BODY', '0 of 4000 bytes'],
  ])('after four times %s', async (_, behave, code, words) => {
    store.script.push(...times(4, behave));
    const failure = await failureOf(store, read());
    expect([failure.code, failure.message]).toEqual([
      code,
      expect.stringContaining(words),
    ]);
    expect(failure.message).toContain('4 times in a row');
    expect(blob.stats()).toEqual({ requests: 5, bytes: 65_536 });
    // The reader itself is none the worse.
    expect(await read()).toEqual(wanted);
  });

  test('where nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const sign = () => Promise.resolve(`http://127.0.0.1:${port}/?sig=secret`);
    const failure = await failureOf(store, store.open({ sign }));
    expect([failure.code, failure.message]).toEqual([
      'UNREACHABLE',
      'the store was not reached (ECONNREFUSED), 4 times in a row',
    ]);
    expect(store.waits).toEqual([1000, 2000, 4000]);
  });

  // Node before 24.5 knows no proxies and finds no such host.
  test('where a proxy opens no tunnel', async () => {
    const sockets: Socket[] = [];
    const proxy = createServer().on('connection', (socket) => {
      sockets.push(socket);
    });
    proxy.on('connect', () => undefined);
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const { port } = proxy.address() as AddressInfo;
    const opening = store.open(
      { sign: () => Promise.resolve('https://blob.invalid/?sig=secret') },
      {
        timeouts: { connectMs: 100, stallMs: 100 },
        proxyEnv: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
      },
    );
    const failure = await failureOf(store, opening);
    expect(failure.code).toBe('UNREACHABLE');
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => proxy.close(done));
  });

  test('where a blob failed too often in all', async () => {
    const each = [...times(3, refuse(500)), give()];
    for (let at = 0; at < BLOB_SETBACKS.fault / 3; at++)
      await readThrough(...each);
    store.script.push(refuse(500));
    const failure = await failureOf(store, read());
    expect([failure.code, failure.message]).toEqual([
      'UNREACHABLE',
      'the store failed (500), and 60 times before',
    ]);
    // Nor is it asked again and again from then on.
    const { requests } = blob.stats();
    store.script.push(refuse(500));
    await failureOf(store, read());
    expect(blob.stats().requests).toBe(requests + 1);
  });

  test('where bytes come one by one between failures', async () => {
    store.script.push(...times(BLOB_SETBACKS.fault + 1, begin(1, stop)));
    const failure = await failureOf(store, read());
    expect(failure.code).toBe('SHORT_BODY');
    expect(store.script).toEqual([]);
  });
});
