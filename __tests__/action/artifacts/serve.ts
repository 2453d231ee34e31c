import { afterEach } from '@jest/globals';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SourceError } from '../../../src/core/bytes/reader.ts';

/** One request as a server got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a request; `nth` counts from 0. */
export type Responder = (
  got: Got,
  response: ServerResponse,
  nth: number,
) => void;

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on loopback until the test ends; `got` is what it was asked. */
export async function serve(
  respond: Responder,
): Promise<{ url: string; got: readonly Got[] }> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(pieces).toString('utf8'),
      };
      got.push(one);
      respond(one, response, got.length - 1);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, got };
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(text);
}

/** Sends without end, as long as anyone reads, up to 100 MB; gives how much was sent. */
export function flood(response: ServerResponse): { sent: number } {
  const told = { sent: 0 };
  const piece = Buffer.alloc(1024 * 1024, ' ');
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (told.sent < 100 * piece.length && !response.destroyed) {
      told.sent += piece.length;
      if (!response.write(piece)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
  return told;
}

/** The error that a promise ends in. */
export async function errorOf(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw new Error(`expected a SourceError, got ${String(error)}`);
}

/** A runtime token as the runner gives it, with a signature that nobody checks. */
export function runtimeToken(
  claims: unknown = { scp: 'Actions.Other Actions.Results:run-1:job-1' },
): string {
  const part = (value: unknown) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.c2lnbmF0dXJl`;
}
