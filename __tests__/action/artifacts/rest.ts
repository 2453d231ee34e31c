import { restService } from '../../../src/action/artifacts/rest-service.ts';
import { sendJson, serve } from './serve.ts';
import type { Responder } from './serve.ts';

export const TOKEN = 'ghs_0123456789abcdef';
const DIGEST = `sha256:${'cd'.repeat(32)}`;
const RUN = { id: '77', owner: 'someone', repository: 'models' };
export const PATH = '/repos/someone/models/actions';

/** An artifact as the API tells of it. */
export const item = (id: number) => ({
  id,
  name: `weights-${id}`,
  size_in_bytes: 1000 + id,
  digest: DIGEST,
  expired: false,
  created_at: '2026-01-02T03:04:05Z',
  expires_at: '2026-04-02T03:04:05Z',
  workflow_run: { id: 77 },
});
/** What is read of `item(12)`. */
export const READ = {
  id: '12',
  name: 'weights-12',
  sizeBytes: 1012,
  digest: DIGEST,
  isExpired: false,
  createdAt: '2026-01-02T03:04:05.000Z',
};

/** A service against a server, what was masked, and how long was waited. */
export async function connect(respond: Responder) {
  const { url, got } = await serve(respond);
  const masked: string[] = [];
  const waits: number[] = [];
  const service = restService(RUN, {
    env: { GITHUB_API_URL: url },
    token: TOKEN,
    mask: (secret) => void masked.push(secret),
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    secondMs: 1,
  });
  return { service, got, masked, waits };
}

/** A service against a server that always answers the same. */
export const answering = (
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
) => connect((_, response) => sendJson(response, value, status, headers));
