import { sendJson } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { signedUrlOf } from './twirp.ts';
import type { Store } from './store.ts';
import type { Options, Stored } from './types.ts';

export interface RestApi {
  readonly store: Store;
  readonly options: Options;
  readonly origin: () => string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
}

const LIMIT = 1000;
const MAX_PER_PAGE = 100;
const DOCS = 'https://docs.github.com/rest';

/** The names of routes in the log. */
export function restRoute(method: string, path: string) {
  const match =
    /^\/repos\/[^/]+\/[^/]+\/actions\/(?:runs\/(?<run>\d+)\/artifacts|artifacts\/(?<id>\d+)(?<zip>\/zip)?)$/.exec(
      path,
    );
  const { run, id, zip } = match?.groups ?? {};
  const read = zip === undefined ? 'get' : 'zip';
  if (method === 'GET' && run !== undefined)
    return { name: 'list', subject: run };
  if (method === 'GET' && id !== undefined) return { name: read, subject: id };
  if (method === 'DELETE' && id !== undefined && zip === undefined)
    return { name: 'delete', subject: id };
  return { name: 'unknown', subject: null };
}

export async function answerRest(
  api: RestApi,
  exchange: Exchange,
): Promise<void> {
  const { options } = api;
  const refusal = findRefusal(api, exchange);
  if (options.restRemaining > 0) options.restRemaining--;
  if (refusal !== null)
    return reply(api, exchange, refusal.status, refusal.message);
  const { name, subject } = exchange.logged;
  if (name === 'list') return list(api, exchange, subject ?? '');
  const found = api.store.artifacts.find((one) => `${one.id}` === subject);
  if (found === undefined) return reply(api, exchange, 404, 'Not Found');
  if (name === 'get') return json(api, exchange, 200, itemOf(api, found));
  if (name === 'delete') {
    api.store.remove((one) => one.id === found.id);
    return json(api, exchange, 204, null);
  }
  return zip(api, exchange, found);
}

function findRefusal(
  { options, token, repository }: RestApi,
  { headers, url }: Exchange,
): { readonly status: number; readonly message: string } | null {
  if (options.restRemaining <= 0)
    return {
      status: 403,
      message: 'API rate limit exceeded for installation ID 1.',
    };
  const given = headers['authorization'];
  if (given === undefined)
    return { status: 401, message: 'Requires authentication' };
  if (!/^(?:bearer|token) /i.test(given) || !given.endsWith(` ${token}`))
    return { status: 401, message: 'Bad credentials' };
  if (!url.pathname.startsWith(`/repos/${repository}/`))
    return { status: 404, message: 'Not Found' };
  if (!options.hasActionsRead)
    return { status: 403, message: 'Resource not accessible by integration' };
  return null;
}

/** In the order of their ids, 30 to a page if nothing else is said. */
function list(api: RestApi, exchange: Exchange, runId: string): Promise<void> {
  const { url } = exchange;
  const name = url.searchParams.get('name');
  const all = api.store.artifacts.filter(
    (one) => one.runId === runId && (name === null || one.name === name),
  );
  const asked = Number(url.searchParams.get('per_page') ?? 30);
  const perPage = Math.min(Math.max(asked, 1), MAX_PER_PAGE);
  const page = Math.max(Number(url.searchParams.get('page') ?? 1), 1);
  const pages = Math.max(Math.ceil(all.length / perPage), 1);
  const linkTo = (number: number, relation: string) => {
    const to = new URL(url);
    to.searchParams.set('page', `${number}`);
    return `<${to.href}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [linkTo(page - 1, 'prev')] : []),
    ...(page < pages ? [linkTo(page + 1, 'next'), linkTo(pages, 'last')] : []),
    ...(page > 1 ? [linkTo(1, 'first')] : []),
  ];
  const shown = all.slice((page - 1) * perPage, page * perPage);
  return json(
    api,
    exchange,
    200,
    {
      total_count: all.length,
      artifacts: shown.map((one) => itemOf(api, one)),
    },
    links.length === 0 ? {} : { link: links.join(', ') },
  );
}

function zip(api: RestApi, exchange: Exchange, found: Stored): Promise<void> {
  const accepted = exchange.headers['accept'] ?? '*/*';
  if (accepted.includes('application/octet-stream'))
    return reply(api, exchange, 415, 'Unsupported media type');
  if (found.expired) return reply(api, exchange, 410, 'Artifact has expired');
  const seconds = api.options.urlSeconds;
  return json(api, exchange, 302, null, {
    location: signedUrlOf(found, api.origin(), seconds),
  });
}

function itemOf(api: RestApi, one: Stored): Record<string, unknown> {
  const url = `${api.origin()}/repos/${api.repository}/actions/artifacts/${one.id}`;
  const expiresAt = new Date(Date.parse(one.createdAt) + 90 * 86_400_000);
  return {
    id: one.id,
    node_id: `A_${one.id}`,
    name: one.name,
    size_in_bytes: one.listedSizeBytes,
    url,
    // The same ending for what is no zip.
    archive_download_url: `${url}/zip`,
    expired: one.expired,
    digest: one.digest,
    created_at: one.createdAt,
    updated_at: one.createdAt,
    expires_at: expiresAt.toISOString(),
    workflow_run: {
      id: Number(one.runId),
      repository_id: 1,
      head_repository_id: 1,
      head_branch: 'main',
      head_sha: '0'.repeat(40),
    },
  };
}

function reply(
  api: RestApi,
  exchange: Exchange,
  status: number,
  message: string,
): Promise<void> {
  const body = { message, documentation_url: DOCS, status: `${status}` };
  return json(api, exchange, status, body);
}

function json(
  { options }: RestApi,
  exchange: Exchange,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  return sendJson(exchange, status, value, {
    'x-github-request-id': '0000:0000:0000000:0000000:00000000',
    'x-ratelimit-limit': `${LIMIT}`,
    'x-ratelimit-remaining': `${options.restRemaining}`,
    'x-ratelimit-reset': `${Math.ceil(Date.now() / 1000) + 3600}`,
    'x-ratelimit-resource': 'core',
    'x-ratelimit-used': `${LIMIT - options.restRemaining}`,
    ...headers,
  });
}
