import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SourceError } from '../../src/core/bytes/reader.ts';
import { openBlob } from '../../src/sources/blob-reader.ts';
import type {
  Blob,
  BlobAccess,
  BlobDeps,
} from '../../src/sources/blob-reader.ts';

/** One request, as the store sees it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bytes: Uint8Array;
  /** The range that was asked for, cut to the bytes that there are. */
  readonly start: number;
  readonly end: number;
}

/** What the store does with one request. */
export type Behaviour = (exchange: Exchange) => void;

/** A blob store on this machine that can be told to fail. */
export interface BlobStore {
  readonly bytes: Uint8Array;
  /** What is done with the next requests, one each; then ranges are given as asked. */
  readonly script: Behaviour[];
  /** The ranges asked for, as sent. */
  readonly asked: string[];
  readonly headers: IncomingMessage['headers'][];
  /** URLs that were signed so far; only the last one is valid. */
  readonly signed: string[];
  readonly sign: () => Promise<string>;
  /** Makes the store refuse all URLs signed so far. */
  readonly expire: () => void;
  readonly waits: number[];
  readonly masked: string[];
  readonly open: (
    access?: Partial<BlobAccess>,
    deps?: Partial<BlobDeps>,
  ) => Promise<Blob>;
  /** Connections that are open at its end. */
  readonly connections: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export const ETAG = '"0x8DC"';

/** Bytes of which no two places look alike. */
export function variedBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 2654435761) >>> 13);
}

/** @param bytes what the store holds */
export async function startStore(bytes: Uint8Array): Promise<BlobStore> {
  const script: Behaviour[] = [];
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const signed: string[] = [];
  const waits: number[] = [];
  const masked: string[] = [];
  const opened: Blob[] = [];
  let validFrom = 1;
  const server = createServer((request, response) => {
    asked.push(request.headers.range ?? '');
    headers.push(request.headers);
    const [, from = '0', to = '0'] =
      /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const end = Math.min(Number(to) + 1, bytes.length);
    const exchange = { request, response, bytes, start: Number(from), end };
    const serial = Number(/secret(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
    const behave = script.shift();
    if (behave !== undefined) behave(exchange);
    else if (serial < validFrom) refuse(403, 'AuthenticationFailed')(exchange);
    else give()(exchange);
  });
  // A kept connection must not end between two requests of a busy machine.
  server.keepAliveTimeout = 60_000;
  // A test that fails before it closes it must not keep the run from ending.
  server.unref();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // It listens on a port, so its address is no path.
  const { port } = server.address() as AddressInfo;
  const sign = () => {
    const sig = encodeURIComponent(`secret${signed.length + 1}+/=`);
    const url = `http://127.0.0.1:${port}/results/a.zip?se=2026&sig=${sig}&sp=r`;
    signed.push(url);
    return Promise.resolve(url);
  };
  return {
    bytes,
    script,
    asked,
    headers,
    signed,
    sign,
    expire: () => {
      validFrom = signed.length + 1;
    },
    waits,
    masked,
    open: async (access, deps) => {
      const blob = await openBlob(
        {
          sizeBytes: bytes.length,
          sign,
          mask: (secret) => masked.push(secret),
          ...access,
        },
        {
          delay: (ms) => {
            waits.push(ms);
            return Promise.resolve();
          },
          random: () => 1,
          now: () => Date.parse('2026-01-01T00:00:00Z'),
          timeouts: { connectMs: 2000, stallMs: 2000 },
          proxyEnv: {},
          ...deps,
        },
      );
      opened.push(blob);
      return blob;
    },
    connections: () =>
      new Promise((done) => {
        server.getConnections((_, count) => {
          done(count);
        });
      }),
    close: async () => {
      for (const blob of opened) await blob.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Gives the range as asked, with headers changed; `undefined` leaves one out. */
export function give(
  changed: Readonly<Record<string, string | undefined>> = {},
  body: (exact: Uint8Array) => Uint8Array = (exact) => exact,
): Behaviour {
  return ({ response, bytes, start, end }) => {
    if (start >= bytes.length) {
      const none = { 'content-range': `bytes */${bytes.length}` };
      response.writeHead(416, none).end();
      return;
    }
    const sent = body(bytes.subarray(start, end));
    const headers = {
      'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
      'content-length': String(sent.length),
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="a.zip"',
      etag: ETAG,
      ...changed,
    };
    for (const [name, value] of Object.entries<string | undefined>(headers))
      if (value !== undefined) response.setHeader(name, value);
    response.writeHead(206).end(sent);
  };
}

/** Answers with a status and, as Azure does, a code in XML. */
export function refuse(
  status: number,
  code = '',
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return ({ response }) => {
    const xml = `\u{feff}<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;
    response.writeHead(status, headers).end(code === '' ? '' : xml);
  };
}

/** Ends the connection without an answer. */
export const reset: Behaviour = ({ request }) => {
  request.socket.resetAndDestroy();
};

/** Promises all, sends some bytes, and then does what is given. */
export function begin(
  sentBytes: number,
  then: (exchange: Exchange) => void,
): Behaviour {
  return (exchange) => {
    const { response, bytes, start, end } = exchange;
    response.writeHead(206, {
      'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
      'content-length': end - start,
      etag: ETAG,
    });
    response.flushHeaders();
    if (sentBytes > 0) response.write(bytes.subarray(start, start + sentBytes));
    // A reset takes along what was received and not yet read.
    setTimeout(() => {
      then(exchange);
    }, 20);
  };
}

/** Never answers. */
export const hang: Behaviour = () => undefined;

/**
 * What reading failed with, after a look at its words.
 *
 * @throws Error when it did not fail, or failed in a way that no reader may
 */
export async function failureOf(
  store: BlobStore,
  action: Promise<unknown>,
): Promise<SourceError> {
  const failure = await action.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof SourceError))
    throw new Error(`it did not fail with a SourceError: ${String(failure)}`);
  const words = `${failure.message} ${failure.stack} ${JSON.stringify(failure)}`;
  const secrets = store.signed.flatMap((url) => [url, new URL(url).host]);
  const found = [...secrets, 'secret', 'sig=', 'se=2026', '127.0.0.1'].filter(
    (secret) => words.includes(secret),
  );
  if (found.length > 0) throw new Error(`it tells ${found.join()}: ${words}`);
  return failure;
}

/** All bytes of a stream. */
export async function allOf(
  pieces: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Uint8Array.from(Buffer.concat(all));
}
