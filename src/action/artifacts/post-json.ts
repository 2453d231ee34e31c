import * as http from 'node:http';
import * as https from 'node:https';
import { SourceError } from '../../core/bytes/reader.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Wait } from './artifact.ts';
import { readBounded } from './bounded-body.ts';
import { badAnswer } from './fields.ts';

/** An artifact takes some 500 bytes of the list: this has room for 30,000. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** From sending to the last byte; answers come in a second. */
const TIMEOUT_MS = 30_000;
/** After the first try; with the pauses below, half a minute in all. */
const MAX_RETRIES = 5;
const FIRST_PAUSE_MS = 1000;
/** A service that wants a longer pause is not waited for. */
const MAX_PAUSE_MS = 60_000;

/** As `HttpCodes` in `artifact-twirp-client.js` of @actions/artifact 6.2.1. */
const RETRIED = [429, 500, 502, 503, 504];

/** Who is asked, and how. */
export interface Channel {
  readonly token: string;
  /** Holds the connections; with proxies as the environment names them. */
  readonly agent: http.Agent;
  readonly wait: Wait;
}

/** What came back, of whatever status. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Uint8Array;
}

/**
 * Posts JSON and gives the JSON that comes back. Redirects are not followed: the token is
 * for this server alone. Connections that break are tried again, as `@actions/artifact`
 * does not.
 *
 * @throws SourceError whose words hold neither token nor URL
 */
export async function postJson(
  url: URL,
  request: unknown,
  channel: Channel,
): Promise<unknown> {
  const body = JSON.stringify(request);
  for (let retries = 0; ; retries++) {
    const outcome = await attempt(url, body, channel);
    if (outcome instanceof SourceError) {
      if (outcome.code !== 'UNREACHABLE' || retries === MAX_RETRIES)
        throw outcome;
    } else if (!RETRIED.includes(outcome.status) || retries === MAX_RETRIES)
      return parse(outcome);
    await channel.wait(pauseOf(outcome, retries));
  }
}

async function attempt(
  url: URL,
  body: string,
  channel: Channel,
): Promise<Answer | SourceError> {
  try {
    return await send(url, body, channel);
  } catch (error) {
    return error instanceof SourceError ? error : unreachable(codeOf(error));
  }
}

function pauseOf(outcome: Answer | SourceError, retries: number): number {
  const own = FIRST_PAUSE_MS * 2 ** retries;
  if (outcome instanceof SourceError || outcome.retryAfter === null) return own;
  const asked = parseRetryAfter(outcome.retryAfter, Date.now());
  if (asked === null) return own;
  if (asked > MAX_PAUSE_MS) throw throttled(asked);
  return Math.max(asked, own);
}

function send(url: URL, body: string, channel: Channel): Promise<Answer> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      agent: channel.agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${channel.token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        accept: 'application/json',
        'user-agent': 'checkpoint-gate',
      },
    });
    sent.on('response', (response) => {
      readBounded(response, MAX_ANSWER_BYTES).then((bytes) => {
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'] ?? null,
          body: bytes,
        });
      }, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function parse(answer: Answer): unknown {
  if (answer.status !== 200) throw refused(answer);
  try {
    return JSON.parse(decode(answer.body)) as unknown;
  } catch {
    throw badAnswer('it is not JSON');
  }
}

/** Words for a status that is no success. Twirp has a code in the body; its text is left. */
function refused({ status, body, retryAfter }: Answer): SourceError {
  const code = twirpCodeOf(body);
  const words = code === null ? `HTTP ${status}` : `HTTP ${status}, ${code}`;
  if (status === 401 || status === 403)
    return new SourceError(
      'NO_PERMISSION',
      `GitHub's results service refused this job's own token (${words}). That token is good while the job runs, and for its run alone. Start the job again.`,
    );
  if (status === 404)
    return new SourceError(
      'NOT_FOUND',
      `GitHub's results service has no such artifact (${words}): it was deleted, or replaced since it was listed. Start the job again.`,
    );
  if (status === 429)
    return throttled(parseRetryAfter(retryAfter ?? '', Date.now()));
  return RETRIED.includes(status)
    ? unreachable(`${words}, ${MAX_RETRIES + 1} times`)
    : badAnswer(words);
}

/** An error of Twirp is JSON with a `code` in snake_case. */
function twirpCodeOf(body: Uint8Array): string | null {
  const [, code] =
    /"code"\s*:\s*"([a-z_]{1,40})"/.exec(decode(body.subarray(0, 4096))) ?? [];
  return code ?? null;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function throttled(milliseconds: number | null): SourceError {
  const when =
    milliseconds === null
      ? 'later'
      : `in ${Math.ceil(milliseconds / 1000)} seconds`;
  return new SourceError(
    'THROTTLED',
    `GitHub's results service takes no more requests for now, so the artifacts could not be asked for. Start the job again ${when}.`,
  );
}

function unreachable(why: string): SourceError {
  return new SourceError(
    'UNREACHABLE',
    `GitHub's results service could not be reached (${why}), so the artifacts are not known. Start the job again; a self-hosted runner needs access to *.actions.githubusercontent.com.`,
  );
}

/** The code of an error of node:http, by shape; a timeout has none but a name. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown error';
  if ('name' in error && error.name === 'AbortError')
    return `no answer in ${TIMEOUT_MS / 1000} seconds`;
  return 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown error';
}
