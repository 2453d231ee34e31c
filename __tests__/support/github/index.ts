import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerBlob } from './blob.ts';
import { bytesContent } from './contents.ts';
import { flatHeaders, readBody, send } from './exchange.ts';
import type { Exchange, Route, Writable } from './exchange.ts';
import { createFaults } from './faults.ts';
import type { Effects } from './faults.ts';
import { answerRest, restRoute } from './rest.ts';
import { backendOf, createStore } from './store.ts';
import type { Backend } from './store.ts';
import { answerTwirp, TWIRP } from './twirp.ts';
import type { FakeGitHub, Logged, Options } from './types.ts';

const REPOSITORY = 'octo-org/octo-repo';
const RUN_ID = '1';
const REST_TOKEN = `ghs_${'A'.repeat(36)}`;

const DEFAULTS: Options = {
  latencyMs: 0,
  ignoresRanges: false,
  urlSeconds: 600,
  camelCase: false,
  hasEtag: true,
  hasActionsRead: true,
  restRemaining: 1000,
};

/** Starts the three services on one port of the loopback. */
export async function startFakeGitHub(
  given: Partial<Options> = {},
): Promise<FakeGitHub> {
  const options = { ...DEFAULTS, ...given };
  const store = createStore(RUN_ID);
  const backend = backendOf(RUN_ID);
  const faults = createFaults();
  const log: Logged[] = [];
  const token = runtimeToken(backend);
  let url = '';
  const service = { store, options, origin: () => url };
  const results = { ...service, token, backend };
  const api = { ...service, token: REST_TOKEN, repository: REPOSITORY };
  const blobs = { ...service, expired: new Set<string>() };

  const answer = async (exchange: Exchange): Promise<void> => {
    const { effects, response } = exchange;
    const delay = effects.find('delay')?.ms ?? 0;
    if (options.latencyMs + delay > 0) await sleep(options.latencyMs + delay);
    if (response.destroyed || effects.find('stall-before')) return;
    if (effects.find('reset-before')) {
      response.socket?.resetAndDestroy();
      return;
    }
    const status = effects.find('status');
    if (status !== undefined)
      return send(exchange, {
        ...status,
        content: bytesContent(status.body ?? ''),
      });
    if (exchange.logged.kind === 'twirp') return answerTwirp(results, exchange);
    if (exchange.logged.kind === 'rest') return answerRest(api, exchange);
    return answerBlob(blobs, exchange);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const target = new URL(request.url ?? '/', url);
    const method = request.method ?? 'GET';
    const logged = newLogged(request, routeOf(method, target));
    const one = store.artifacts.find((it) => it.blobPath === target.pathname);
    if (one !== undefined) logged.subject = one.name;
    log.push(logged);
    const effects = faults.take(logged);
    await answer(await exchangeOf(request, response, target, logged, effects));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((cause: unknown) => {
      // An error of the fake itself shows in the test, and no request hangs.
      if (!response.headersSent) response.writeHead(500);
      response.end(String(cause));
    });
  });
  // Clients that keep a connection must not find it closed between two requests.
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  // A test that fails before it closes it must not keep the run from ending.
  server.unref();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('a server on a port has an address');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    env: environment(url, token),
    options,
    log: () => log,
    resetLog: () => void log.splice(0),
    artifacts: () => [...store.artifacts],
    add: store.add,
    remove: (name) => void store.remove((one) => one.name === name),
    setFaults: faults.set,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function environment(url: string, token: string): Record<string, string> {
  return {
    ACTIONS_RESULTS_URL: `${url}/`,
    ACTIONS_RUNTIME_TOKEN: token,
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ID: RUN_ID,
    // The toolkit takes every other host for GHES, which has no such artifacts.
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_TOKEN: REST_TOKEN,
  };
}

/** Unsigned; the ids of the run and the job stand in a scope among others. */
function runtimeToken({ run, job }: Backend): string {
  const part = (value: unknown) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const scp = `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${run}:${job}`;
  return `${part({ typ: 'JWT', alg: 'none' })}.${part({ scp })}.`;
}

function routeOf(method: string, url: URL): Route {
  const path = url.pathname;
  if (path.startsWith(TWIRP))
    return { kind: 'twirp', name: path.slice(TWIRP.length), subject: null };
  if (path.startsWith('/actions-results/'))
    return {
      kind: 'blob',
      name: method === 'PUT' ? 'write' : 'read',
      subject: path,
    };
  return { kind: 'rest', ...restRoute(method, path) };
}

function newLogged(request: IncomingMessage, route: Route): Writable<Logged> {
  const headers = flatHeaders(request);
  return {
    method: request.method ?? 'GET',
    ...route,
    // Azure's own header goes before HTTP's.
    range: headers['x-ms-range'] ?? headers['range'] ?? null,
    headers,
    status: 0,
    bodyBytes: 0,
    receivedBytes: 0,
  };
}

async function exchangeOf(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  logged: Writable<Logged>,
  effects: Effects,
): Promise<Exchange> {
  const body = await readBody(request);
  logged.receivedBytes = body.length;
  const { method, headers } = logged;
  return { method, url, headers, body, response, logged, effects };
}

export type { FakeGitHub } from './types.ts';
export type { Fault } from './faults.ts';
