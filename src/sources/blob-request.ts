import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import { openAgent } from '../http/agent.ts';
import type { ProxyEnv } from '../http/agent.ts';
import { BLOB_SOCKETS } from './blob-limits.ts';
import type { BlobTimeouts } from './blob-limits.ts';
import { plainBytes } from './plain-bytes.ts';

/** What all requests of one blob share. */
export interface Wire {
  readonly timeouts: BlobTimeouts;
  /** Ends everything in flight. */
  readonly closed: AbortSignal;
  readonly agentOf: (url: URL) => Agent;
  /** Lets no kept connection be used again: where one is dead, all may be. */
  readonly dropIdle: () => void;
}

/** A connection that failed: the system's code or ours, never its words. */
export class WireError extends Error {
  readonly code: string;
  /** The store had closed a kept connection before it saw the request. */
  readonly isStale: boolean;

  constructor(code: string, isStale = false) {
    super(code);
    this.name = 'WireError';
    this.code = code;
    this.isStale = isStale;
  }
}

/** The code of a connection on which nothing came for too long. */
export const STALLED = 'STALLED';

/** One agent a protocol, made when first needed; `destroy` ends all their sockets. */
export function openAgents(
  proxyEnv: ProxyEnv,
): Pick<Wire, 'agentOf' | 'dropIdle'> & { destroy: () => void } {
  const agents = new Map<string, Agent>();
  return {
    agentOf: ({ protocol }) => {
      const agent =
        agents.get(protocol) ??
        openAgent(protocol, proxyEnv, { maxSockets: BLOB_SOCKETS });
      agents.set(protocol, agent);
      return agent;
    },
    dropIdle: () => {
      for (const { freeSockets } of agents.values())
        for (const socket of Object.values(freeSockets).flat())
          socket?.destroy();
    },
    destroy: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/**
 * Sends a GET with just these headers and gives the answer when its headers are there.
 *
 * @throws WireError when no answer comes
 */
export function ask(
  wire: Wire,
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const asked = request({
      agent: wire.agentOf(url),
      // Not the URL itself: a name and password in it would become a header.
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path: url.pathname + url.search,
      headers,
      signal: wire.closed,
      // Of all that this does, only that a tunnel through a proxy does not wait for ever.
      timeout: wire.timeouts.connectMs,
    });
    const end = watch(asked, url, wire.timeouts, reject);
    const closed = () => {
      stop();
      reject(new WireError('CLOSED'));
    };
    wire.closed.addEventListener('abort', closed);
    const stop = () => {
      end();
      wire.closed.removeEventListener('abort', closed);
    };
    asked.on('response', (answer) => {
      stop();
      resolve(answer);
    });
    // Later ones reach those who read the answer.
    asked.on('error', (error) => {
      stop();
      reject(new WireError(codeOf(error), asked.reusedSocket));
    });
    asked.end();
  });
}

/** Ends a request that takes too long. @returns what stops the watch */
function watch(
  asked: ClientRequest,
  { protocol }: URL,
  { connectMs, stallMs }: BlobTimeouts,
  reject: (error: WireError) => void,
): () => void {
  const endAfter = (ms: number, code: string) =>
    setTimeout(() => {
      // Not left to its events: there are none before it has a socket.
      reject(new WireError(code));
      asked.destroy();
    }, ms);
  let timer = endAfter(connectMs, 'CONNECT_TIMEOUT');
  const connected = () => {
    clearTimeout(timer);
    if (asked.destroyed) return;
    timer = endAfter(stallMs, STALLED);
  };
  asked.on('socket', (socket) => {
    if (!socket.connecting) return connected();
    socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', connected);
  });
  return () => {
    clearTimeout(timer);
  };
}

/**
 * The body, in pieces as the socket gives them, of less than 1 MiB. Time counts only
 * while the next one is waited for. Whoever stops early ends the connection.
 *
 * @throws WireError when it breaks or nothing comes
 */
export async function* bodyOf(
  answer: IncomingMessage,
  stallMs: number,
): AsyncGenerator<Uint8Array> {
  const silence = { isTooLong: false };
  const start = () =>
    setTimeout(() => {
      silence.isTooLong = true;
      answer.destroy();
    }, stallMs);
  let timer = start();
  try {
    // Its type says `any`.
    const body: AsyncIterable<unknown> = answer;
    for await (const piece of body) {
      clearTimeout(timer);
      if (piece instanceof Uint8Array) yield plainBytes(piece);
      timer = start();
    }
    // A destroyed answer may also just end.
    if (!answer.complete) throw new WireError('ECONNRESET');
  } catch (error) {
    throw new WireError(silence.isTooLong ? STALLED : codeOf(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Errors of node: may be of another realm, and their words hold addresses. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  const code = 'code' in error ? String(error.code) : 'UNKNOWN';
  return /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'UNKNOWN';
}
