import {
  afterAll,
  afterEach,
  beforeAll,
  expect,
  jest,
  test,
} from '@jest/globals';
import { trained } from './contents.ts';
import { startFakeGitHub } from './index.ts';
import type { Fault, FakeGitHub } from './index.ts';
import { askTwirp, signedUrl } from './requests.ts';

const SIZE = 2_000_000;
const content = trained(SIZE, 1);
// Others may need the machine at the same time.
jest.setTimeout(30_000);

let github: FakeGitHub;
let url: string;

beforeAll(async () => {
  github = await startFakeGitHub();
  github.add({ name: 'a', content });
  url = await signedUrl(github, 'a');
});
afterEach(() => {
  github.setFaults([]);
  github.resetLog();
});
afterAll(() => github.close());

/** What a client sees of bytes 100 to 999,999: how many came, and whether it ended well. */
async function read(waitMs = 20_000) {
  let bytes = Buffer.alloc(0);
  try {
    const signal = AbortSignal.timeout(waitMs);
    const response = await fetch(url, {
      headers: { range: 'bytes=100-999999' },
      signal,
    });
    const { status, headers } = response;
    for await (const chunk of response.body ?? [])
      if (chunk instanceof Uint8Array) bytes = Buffer.concat([bytes, chunk]);
    return {
      status,
      range: headers.get('content-range'),
      etag: headers.get('etag'),
      bytes,
      error: null,
    };
  } catch (error) {
    return {
      status: 0,
      range: null,
      etag: null,
      bytes,
      error: nameOf(error),
    };
  }
}

/** Errors of fetch are not of Jest's own realm. */
function nameOf(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'name' in error ? String(error.name) : 'unknown';
}

const RIGHT = `bytes 100-999999/${SIZE}`;
const LENGTH = 999_900;

test.each<
  [
    Fault,
    {
      status?: number;
      range?: string | null;
      length?: number;
      error?: string | null;
    },
  ]
>([
  [
    {
      what: 'status',
      status: 503,
      headers: { 'retry-after': '1' },
      body: 'busy',
    },
    { status: 503, length: 4, range: null },
  ],
  [
    { what: 'reset-before' },
    { status: 0, length: 0, error: 'TypeError', range: null },
  ],
  [
    { what: 'reset-after-bytes', bytes: 700_000 },
    { status: 0, length: 700_000, error: 'TypeError', range: null },
  ],
  [
    { what: 'stall-before' },
    { status: 0, length: 0, error: 'TimeoutError', range: null },
  ],
  [
    { what: 'stall-after-bytes', bytes: 5 },
    { status: 0, length: 5, error: 'TimeoutError', range: null },
  ],
  [{ what: 'short-body', bytes: 1 }, { length: LENGTH - 1 }],
  [{ what: 'long-body', bytes: 1 }, { length: LENGTH + 1 }],
  [{ what: 'ignore-range' }, { status: 200, length: SIZE, range: null }],
  [{ what: 'wrong-content-range' }, { range: `bytes 101-1000000/${SIZE}` }],
  [{ what: 'wrong-content-range', value: 'bytes */*' }, { range: 'bytes */*' }],
  [{ what: 'no-content-range' }, { range: null }],
])('%j', async (fault, expected) => {
  github.setFaults([{ ...fault, kind: 'blob' }]);
  const { status, range, bytes, error } = await read(
    fault.what.startsWith('stall') ? 5000 : undefined,
  );
  expect({ status, range, length: bytes.length, error }).toEqual({
    status: 206,
    range: RIGHT,
    length: LENGTH,
    error: null,
    ...expected,
  });
});

test('a fault is for the n-th request that matches, so many times', async () => {
  github.setFaults([
    { kind: 'blob', nth: 2, times: 2, what: 'status', status: 500 },
  ]);
  await askTwirp(github, 'ListArtifacts', {});
  const seen: number[] = [];
  for (let at = 0; at < 4; at++) seen.push((await read()).status);
  expect(seen).toEqual([206, 500, 500, 206]);
  expect(github.log().map(({ status }) => status)).toEqual([
    200, 206, 500, 500, 206,
  ]);
});

test('by name, and by anything else of a request', async () => {
  github.setFaults([
    { name: 'ListArtifacts', what: 'status', status: 429, body: '{}' },
    {
      where: ({ range }) => range === null,
      kind: 'blob',
      what: 'reset-before',
    },
  ]);
  expect((await askTwirp(github, 'ListArtifacts', {})).status).toBe(429);
  expect((await read()).status).toBe(206);
});

test('one byte turned over, in every answer that reaches it', async () => {
  github.setFaults([{ what: 'corrupt-byte', offset: 500_000, times: 1 }]);
  await fetch(url, { headers: { range: 'bytes=0-9' } }).then((response) =>
    response.arrayBuffer(),
  );
  const { bytes } = await read();
  const right = Buffer.from(content.slice(100, 1_000_000));
  const place = 500_000 - 100;
  expect(bytes[place]).toBe((right[place] ?? 0) ^ 0xff);
  bytes[place] = right[place] ?? 0;
  expect(bytes.equals(right)).toBe(true);
  expect((await read()).bytes.equals(right)).toBe(true);
});

test('a blob written anew has another ETag', async () => {
  const before = await read();
  github.setFaults([{ what: 'etag', nth: 1 }]);
  const after = await read();
  expect(after.etag).not.toBe(before.etag);
  const { status } = await fetch(url, {
    headers: { 'if-match': before.etag ?? '' },
  });
  expect(status).toBe(412);
});

test('an expired URL stays so, a new one is good', async () => {
  const old = url;
  github.setFaults([{ kind: 'blob', what: 'expire-url', nth: 2 }]);
  const seen = [await read(), await read(), await read()].map(
    ({ status }) => status,
  );
  expect(seen).toEqual([206, 403, 403]);
  // Signatures are made from the time of their end, in milliseconds.
  await new Promise((resolve) => setTimeout(resolve, 2));
  url = await signedUrl(github, 'a');
  expect(url).not.toBe(old);
  expect((await read()).status).toBe(206);
});

test('answers wait for latency and delay', async () => {
  github.options.latencyMs = 60;
  github.setFaults([{ what: 'delay', ms: 60 }]);
  const start = performance.now();
  await read();
  expect(performance.now() - start).toBeGreaterThan(110);
  github.options.latencyMs = 0;
});

test('no more is sent of a large content than the client reads', async () => {
  github.add({ name: 'large', content: trained(2_000_000_000, 1) });
  const response = await fetch(await signedUrl(github, 'large'));
  const reader = response.body?.getReader();
  await reader?.read();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(github.log().at(-1)?.bodyBytes).toBeLessThan(50_000_000);
  await reader?.cancel();
});
