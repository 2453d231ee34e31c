/**
 * The size and the signed URL of an artifact of this run: what anyone who reads it by
 * ranges has to ask for first, in two calls, one after the other.
 */
import { Agent, request } from 'node:http';

/** Kept alive, as any client does. */
export const agent = new Agent({ keepAlive: true });

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService/';

/** @typedef {{ database_id: string, size: string, workflow_run_backend_id: string, workflow_job_run_backend_id: string }} Listed */

/** @param {string} name */
export async function signedUrl(name) {
  const token = process.env['ACTIONS_RUNTIME_TOKEN'] ?? '';
  const [, payload = ''] = token.split('.');
  /** @type {{ scp: string }} */
  const { scp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const [, run = '', job = ''] =
    /Actions\.Results:([^ :]+):([^ ]+)/.exec(scp) ?? [];
  const ids = {
    workflow_run_backend_id: run,
    workflow_job_run_backend_id: job,
  };
  /** @type {{ artifacts: [Listed] }} */
  const { artifacts } = await call(token, 'ListArtifacts', {
    ...ids,
    name_filter: name,
  });
  /** @type {{ signed_url: string }} */
  const { signed_url: url } = await call(token, 'GetSignedArtifactURL', {
    ...ids,
    name,
  });
  return { url, size: Number(artifacts[0].size) };
}

/** @param {string} token @param {string} method @param {object} body */
async function call(token, method, body) {
  const url = new URL(SERVICE + method, process.env['ACTIONS_RESULTS_URL']);
  const answer = await ask(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return JSON.parse((await bytesOf(answer)).toString());
}

/**
 * @param {string | URL} url
 * @param {{ method?: string, headers: Record<string, string>, body?: string }} options
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
export function ask(url, { body, ...options }) {
  return new Promise((resolve, reject) => {
    request(url, { ...options, agent }, (answer) => {
      if ((answer.statusCode ?? 500) < 300) resolve(answer);
      else reject(new Error(`status ${answer.statusCode}`));
    })
      .on('error', reject)
      .end(body);
  });
}

/** @param {AsyncIterable<Uint8Array>} stream */
export async function bytesOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
