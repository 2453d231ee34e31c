import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesContent, pieces } from './contents.ts';
import type { Content } from './contents.ts';
import type { Effects } from './faults.ts';
import type { Kind, Logged } from './types.ts';

export type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A request with its body read, and the way to answer it. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly response: ServerResponse;
  readonly logged: Writable<Logged>;
  readonly effects: Effects;
}

/** What a request is about, as it is known before its body is read. */
export interface Route {
  readonly kind: Kind;
  readonly name: string;
  readonly subject: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content?: Content;
  readonly start?: number;
  readonly end?: number;
}

/** A body handed to the connection in full before it is reset still has to leave. */
const FLUSH_MS = 20;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request)
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Headers as one text each. */
export function flatHeaders(request: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined)
      flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}

export function sendJson(
  exchange: Exchange,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  return send(exchange, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    content: bytesContent(JSON.stringify(value)),
  });
}

/** Answers in pieces, no faster than the other side reads, and as the faults have it. */
export async function send(exchange: Exchange, answer: Answer): Promise<void> {
  const { response, logged, effects } = exchange;
  const { status, headers, content = bytesContent('') } = answer;
  const { start = 0, end = content.sizeBytes } = answer;
  const shortBytes = effects.find('short-body')?.bytes ?? 0;
  const longBytes = effects.find('long-body')?.bytes ?? 0;
  const until = Math.max(start, end - shortBytes);
  logged.status = status;
  response.writeHead(status, {
    ...headers,
    ...(status === 204 ? {} : { 'content-length': until - start + longBytes }),
  });
  if (exchange.method === 'HEAD' || status === 204) {
    response.end();
    return;
  }
  response.flushHeaders();
  const reset = effects.find('reset-after-bytes');
  const cut = reset ?? effects.find('stall-after-bytes');
  await writeBody(exchange, bodyOf(), cut?.bytes ?? Infinity);
  if (cut === undefined) response.end();
  else if (reset !== undefined) await resetSoon(response);

  function* bodyOf() {
    let at = start;
    for (const piece of pieces(content, start, until)) {
      yield withCorruption(piece, at, effects.corrupted);
      at += piece.length;
    }
    if (longBytes > 0) yield new Uint8Array(longBytes).fill(0x2a);
  }
}

async function writeBody(
  { response, logged }: Exchange,
  body: Iterable<Uint8Array>,
  limit: number,
): Promise<void> {
  let rest = limit;
  for (const piece of body) {
    if (response.destroyed || rest <= 0) return;
    const part = piece.subarray(0, rest);
    rest -= part.length;
    logged.bodyBytes += part.length;
    if (!response.write(part)) await drained(response);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
    if (response.destroyed) done();
  });
}

async function resetSoon(response: ServerResponse): Promise<void> {
  await sleep(FLUSH_MS);
  response.socket?.resetAndDestroy();
}

function withCorruption(
  piece: Uint8Array,
  at: number,
  offsets: readonly number[],
): Uint8Array {
  const hit = offsets.filter(
    (offset) => offset >= at && offset < at + piece.length,
  );
  if (hit.length === 0) return piece;
  const changed = piece.slice();
  for (const offset of hit)
    changed[offset - at] = (changed[offset - at] ?? 0) ^ 0xff;
  return changed;
}
