import { SourceError } from '../../core/bytes/reader.ts';
import type { Wait } from './artifact.ts';
import { readBounded } from './bounded-body.ts';
import { createQuota, MAX_WAIT_SECONDS, resetOf, throttled } from './quota.ts';
import type { Headers } from './quota.ts';
import { apiUrlOf } from './server.ts';

/** An answer of the REST API that is no error; what `data` is, nobody has checked. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

/** Asks the REST API with GET. */
export type RestClient = (
  route: string,
  parameters: Readonly<Record<string, string | number>>,
  /** What a refusal means, by its status; others have words of their own. */
  refusals: Readonly<Record<number, SourceError>>,
) => Promise<RestAnswer>;

/** What the client needs of its surroundings. */
export interface RestSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly token: string;
  readonly wait: Wait;
  /** Of the plugins' pauses; tests make a second short. */
  readonly secondMs?: number;
}

/** Supported until 2028 at least; without the header it may become another. */
const API_VERSION = '2022-11-28';
/** With 1, 4, 9 and 16 seconds before each. */
const MAX_RETRIES = 4;
/** A rate limit that ends soon is waited for once. */
const MAX_LIMIT_RETRIES = 1;
const TIMEOUT_MS = 30_000;
/** A hundred artifacts, one page, take 150 KB. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024;

/** Octokit's default and 429, which the other plugin has waited for or given up on. */
const NOT_RETRIED = [400, 401, 403, 404, 410, 422, 429, 451];

/** Warnings of octokit quote what servers say. */
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * Octokit with retries and throttling. It is loaded here, for those who read artifacts of
 * another run. Redirects are not followed: where they lead, the token is not for.
 */
export async function createRestClient(
  surroundings: RestSurroundings,
): Promise<RestClient> {
  const octokit = await createOctokit(surroundings);
  const quota = createQuota(surroundings.wait);
  return async (route, parameters, refusals) => {
    await quota.reserve();
    try {
      const answer = await octokit.request(`GET ${route}`, {
        ...parameters,
        headers: {
          'x-github-api-version': API_VERSION,
          accept: 'application/vnd.github+json',
        },
        request: { redirect: 'manual' },
      });
      const { status, headers } = answer;
      quota.note(headers);
      return { status, headers, data: answer.data as unknown };
    } catch (error) {
      throw refusalOf(error, refusals);
    }
  };
}

async function createOctokit({ env, token, secondMs }: RestSurroundings) {
  const { getOctokit } = await import('@actions/github');
  const { defaults } = await import('@actions/github/lib/utils');
  const { retry } = await import('@octokit/plugin-retry');
  const { throttling } = await import('@octokit/plugin-throttling');
  const isSoon = (seconds: number, _: unknown, __: unknown, retries: number) =>
    seconds <= MAX_WAIT_SECONDS && retries < MAX_LIMIT_RETRIES;
  const second = { retryAfterBaseValue: secondMs ?? 1000 };
  return getOctokit(
    token,
    {
      baseUrl: apiUrlOf(env),
      userAgent: 'checkpoint-gate',
      log: SILENT,
      // As `request.retries` it would count for refusals as well.
      retry: { ...second, retries: MAX_RETRIES, doNotRetry: NOT_RETRIED },
      throttle: {
        ...second,
        onRateLimit: isSoon,
        onSecondaryRateLimit: isSoon,
      },
      request: {
        // The fetch of @actions/github goes through the proxies of the environment.
        ...defaults.request,
        fetch: boundedFetch(defaults.request?.fetch),
      },
    },
    retry,
    throttling,
  );
}

/** The `fetch` of octokit's options, of which nothing is typed. */
type Fetch = (url: string, options: object) => Promise<Response>;

/** A fetch with a time limit, whose answers are read here and within bounds. */
function boundedFetch(given: unknown): Fetch {
  const fetchIt = isFetch(given) ? given : fetch;
  return async (url, options) => {
    const response = await fetchIt(url, {
      ...options,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body =
      response.body === null
        ? null
        : await readBounded(response.body, MAX_PAGE_BYTES);
    return new Response(body, {
      status: response.status,
      headers: [...response.headers],
    });
  };
}

function isFetch(given: unknown): given is Fetch {
  return typeof given === 'function';
}

/** An error of octokit, in our words: its own may hold what a server said. */
function refusalOf(
  error: unknown,
  refusals: Readonly<Record<number, SourceError>>,
): SourceError {
  if (error instanceof SourceError) return error;
  const cause = fieldOf(error, 'cause');
  if (cause instanceof SourceError) return cause;
  const status = Number(fieldOf(error, 'status'));
  const headers = headersOf(error);
  const isLimit =
    status === 429 ||
    (status === 403 &&
      (headers['x-ratelimit-remaining'] === '0' ||
        /\brate limit\b/i.test(String(fieldOf(error, 'message')))));
  if (isLimit) return throttled(resetOf(headers));
  // Octokit gives the status 500 to what has no answer.
  const known = cause === undefined ? refusals[status] : undefined;
  if (known !== undefined) return known;
  const what = cause === undefined ? `HTTP ${status}` : 'no answer';
  return new SourceError(
    'UNREACHABLE',
    `GitHub's REST API could not be read (${what}), so the artifacts are not known. Start the job again.`,
  );
}

function headersOf(error: unknown): Headers {
  const headers = fieldOf(fieldOf(error, 'response'), 'headers');
  return Object.fromEntries(
    Object.entries(typeof headers === 'object' ? (headers ?? {}) : {}).map(
      ([name, value]) => [name, String(value)],
    ),
  );
}

/** Of an error by its shape: that of octokit's request-error is no dependency of ours. */
function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;
}
