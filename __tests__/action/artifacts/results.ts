import { resultsService } from '../../../src/action/artifacts/results-service.ts';
import { runtimeToken, sendJson, serve } from './serve.ts';
import type { Responder } from './serve.ts';

export const TOKEN = runtimeToken();
const DIGEST = `sha256:${'ab'.repeat(32)}`;
export const METHOD = '/twirp/github.actions.results.api.v1.ArtifactService/';

/** An artifact as the service tells of it. */
export const SNAKE = {
  workflow_run_backend_id: 'run-1',
  workflow_job_run_backend_id: 'job-9',
  database_id: '12',
  name: 'weights',
  size: '5000000000',
  created_at: '2026-01-02T03:04:05.678Z',
  digest: DIGEST,
};
/** What is read of it. */
export const READ = {
  id: '12',
  name: 'weights',
  sizeBytes: 5_000_000_000,
  digest: DIGEST,
  isExpired: false,
  createdAt: '2026-01-02T03:04:05.678Z',
};

/** A service against a server, what was masked, and how long was waited. */
export async function connect(respond: Responder) {
  const { url, got } = await serve(respond);
  const masked: string[] = [];
  const waits: number[] = [];
  const service = resultsService({
    env: { ACTIONS_RUNTIME_TOKEN: TOKEN, ACTIONS_RESULTS_URL: `${url}/path/` },
    mask: (secret) => void masked.push(secret),
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  return { service, got, masked, waits };
}

/** A service against a server that always answers the same. */
export const answering = (value: unknown, status = 200) =>
  connect((_, response) => sendJson(response, value, status));
