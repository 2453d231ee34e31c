import { SourceError } from '../../core/bytes/reader.ts';
import { newestFirst } from './artifact.ts';
import type {
  Artifact,
  ArtifactList,
  ArtifactService,
  Mask,
  Wait,
} from './artifact.ts';
import { readBackendIds } from './backend-ids.ts';
import type { BackendIds } from './backend-ids.ts';
import { downloadWhole } from './download.ts';
import {
  badAnswer,
  countOf,
  digestOf,
  fieldsOf,
  idOf,
  listOf,
  pick,
  textOf,
  timeOf,
} from './fields.ts';
import { openAgent } from '../../http/agent.ts';
import { postJson } from './post-json.ts';
import { acceptSignedUrl } from './signed-url.ts';

const SERVICE = 'github.actions.results.api.v1.ArtifactService';

/** What the service of this run needs of its surroundings. */
export interface ResultsSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly mask: Mask;
  readonly wait: Wait;
}

/** An artifact, and the run and job that uploaded it: its URL is signed by their names. */
interface Uploaded {
  readonly artifact: Artifact;
  readonly uploader: BackendIds;
}

/**
 * The artifacts of this very run, with nothing but what the runner gives an action.
 *
 * Source: the Twirp client and the messages of @actions/artifact 6.2.1,
 * `lib/internal/find/list-artifacts.js`, `lib/internal/download/download-artifact.js` and
 * `lib/generated/results/api/v1/artifact.js`. GitHub documents none of it.
 *
 * @throws SourceError `NO_RUNTIME` outside of an action
 */
export function resultsService({
  env,
  mask,
  wait,
}: ResultsSurroundings): ArtifactService {
  const { token, origin } = readRuntime(env);
  const own = readBackendIds(token);
  const channel = { token, agent: openAgent(origin.protocol, env), wait };
  const uploaders = new Map<string, BackendIds>();
  const call = (method: string, request: unknown): Promise<unknown> =>
    postJson(new URL(`/twirp/${SERVICE}/${method}`, origin), request, channel);

  return {
    list: async () => {
      const answer = await call('ListArtifacts', messageOf(own));
      const found = readList(answer);
      for (const { artifact, uploader } of found)
        uploaders.set(artifact.id, uploader);
      return listed(found);
    },
    sign: async ({ id, name }) => {
      const uploader = uploaders.get(id);
      if (uploader === undefined)
        throw new SourceError(
          'NOT_FOUND',
          `the artifact '${name}' is not in this run's list`,
        );
      const request = { ...messageOf(uploader), name };
      const answer = await call('GetSignedArtifactURL', request);
      const fields = fieldsOf(answer, 'the answer');
      const url = pick(fields, 'signed_url', 'signedUrl');
      return acceptSignedUrl(url, origin, mask);
    },
    download: (artifact, folder) => downloadWhole(artifact, folder, {}),
  };
}

/** Where the results service is, and the token for it. */
function readRuntime(env: NodeJS.ProcessEnv): { token: string; origin: URL } {
  const token = env['ACTIONS_RUNTIME_TOKEN'] ?? '';
  const url = env['ACTIONS_RESULTS_URL'] ?? '';
  if (token === '' || !/^https?:/i.test(url) || !URL.canParse(url))
    throw new SourceError(
      'NO_RUNTIME',
      'The artifacts of this run can only be read by a step that `uses:` this action: ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set in a `run:` step nor outside of a runner. Give `run-id` and `github-token`, or use `path`.',
    );
  // Only the origin counts, as in getResultsServiceUrl of the toolkit.
  return { token, origin: new URL(new URL(url).origin) };
}

function messageOf({ run, job }: BackendIds) {
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
}

function listed(found: readonly Uploaded[]): ArtifactList {
  const artifacts = found.map(({ artifact }) => artifact).sort(newestFirst);
  // The service gives its list whole, as far as is known: it has no pages.
  return { artifacts, cut: null };
}

function readList(answer: unknown): readonly Uploaded[] {
  const artifacts = pick(fieldsOf(answer, 'the list'), 'artifacts');
  // The JSON of protobuf leaves an empty list out.
  if (artifacts === undefined) return [];
  const found = listOf(artifacts, 'the list').map(readUploaded);
  if (new Set(found.map(({ artifact }) => artifact.id)).size < found.length)
    throw badAnswer('an artifact is listed twice');
  return found;
}

/**
 * An item of `ListArtifactsResponse.MonolithArtifact`. Wrappers and points in time are
 * text in the JSON of protobuf, 64-bit numbers are text or numbers, and zero is left out.
 */
function readUploaded(item: unknown): Uploaded {
  const fields = fieldsOf(item, 'an artifact');
  const run = pick(fields, 'workflow_run_backend_id', 'workflowRunBackendId');
  const job = pick(
    fields,
    'workflow_job_run_backend_id',
    'workflowJobRunBackendId',
  );
  const createdAt = pick(fields, 'created_at', 'createdAt');
  const artifact = {
    id: idOf(pick(fields, 'database_id', 'databaseId'), "an artifact's id"),
    name: textOf(pick(fields, 'name'), "an artifact's name"),
    sizeBytes: countOf(pick(fields, 'size') ?? 0, "an artifact's size"),
    digest: digestOf(pick(fields, 'digest'), "an artifact's digest"),
    // What has expired is not in the list.
    isExpired: false,
    createdAt: timeOf(createdAt, "an artifact's time of creation"),
  };
  return {
    artifact,
    uploader: {
      run: textOf(run, "an artifact's run"),
      job: textOf(job, "an artifact's job"),
    },
  };
}
