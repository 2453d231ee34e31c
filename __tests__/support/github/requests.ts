import { TWIRP } from './twirp.ts';
import type { FakeGitHub } from './types.ts';

/** Requests as a client of the services makes them, for tests of the fake. */

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the body; `null` for none. */
  readonly value: unknown;
}

/** The ids of the run and the job, out of the token. */
export function idsOf({ env }: FakeGitHub) {
  const payload = (env['ACTIONS_RUNTIME_TOKEN'] ?? '').split('.')[1] ?? '';
  const text = Buffer.from(payload, 'base64url').toString('utf8');
  const match = /Actions\.Results:([^:"]+):([^:" ]+)/.exec(text);
  return {
    workflow_run_backend_id: match?.[1] ?? '',
    workflow_job_run_backend_id: match?.[2] ?? '',
  };
}

export async function askTwirp(
  github: FakeGitHub,
  method: string,
  fields: Readonly<Record<string, string>>,
): Promise<Reply> {
  const response = await fetch(`${github.url}${TWIRP}${method}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${github.env['ACTIONS_RUNTIME_TOKEN'] ?? ''}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ ...idsOf(github), ...fields }),
  });
  return replyOf(response);
}

export async function askRest(
  github: FakeGitHub,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const response = await fetch(`${github.url}${path}`, {
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${github.env['GITHUB_TOKEN'] ?? ''}`,
      ...headers,
    },
  });
  return replyOf(response);
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const value: unknown = text === '' ? null : JSON.parse(text);
  return { status: response.status, headers: response.headers, value };
}

/** A URL to read the artifact by, of the own job if no other is given. */
export async function signedUrl(
  github: FakeGitHub,
  name: string,
  job: string = idsOf(github).workflow_job_run_backend_id,
): Promise<string> {
  const { value } = await askTwirp(github, 'GetSignedArtifactURL', {
    workflow_job_run_backend_id: job,
    name,
  });
  const isObject = typeof value === 'object' && value !== null;
  const url = isObject && 'signed_url' in value ? value.signed_url : null;
  if (typeof url !== 'string') throw new Error(JSON.stringify(value));
  return url;
}

export async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  return response.text();
}
