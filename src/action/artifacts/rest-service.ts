import { SourceError } from '../../core/bytes/reader.ts';
import { formatNumber } from '../../core/wording.ts';
import { expiredError, newestFirst } from './artifact.ts';
import type {
  Artifact,
  ArtifactList,
  ArtifactService,
  Mask,
} from './artifact.ts';
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
import { createRestClient } from './rest-client.ts';
import type { RestClient, RestSurroundings } from './rest-client.ts';
import { apiUrlOf } from './server.ts';
import { acceptSignedUrl } from './signed-url.ts';

/** A run of a repository. */
export interface Run {
  readonly id: string;
  readonly owner: string;
  readonly repository: string;
}

/** What the service of another run needs of its surroundings. */
export interface RestServiceSurroundings extends RestSurroundings {
  readonly mask: Mask;
}

/** The most that the API gives. */
const PAGE_SIZE = 100;
/** A tenth of the requests of an hour. */
const MAX_PAGES = 100;

/**
 * The artifacts of any run that the token may read.
 *
 * Source: docs.github.com/en/rest/actions/artifacts, version 2022-11-28; the redirect as
 * `downloadArtifactPublic` of @actions/artifact 6.2.1 takes it.
 */
export function restService(
  run: Run,
  surroundings: RestServiceSurroundings,
): ArtifactService {
  const { env, token, mask } = surroundings;
  const base = new URL(apiUrlOf(env));
  let client: Promise<RestClient> | undefined;
  const connect = () => (client ??= createRestClient(surroundings));
  const named = { owner: run.owner, repo: run.repository };
  return {
    list: async () => listAll(await connect(), run),
    sign: async (artifact) => {
      if (artifact.isExpired) throw expiredError(artifact);
      const ask = await connect();
      const { status, headers } = await ask(
        '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/zip',
        { ...named, artifact_id: artifact.id },
        signRefusals(run, artifact),
      );
      if (status !== 302)
        throw badAnswer(`HTTP ${status} where a redirect was expected`);
      return acceptSignedUrl(headers['location'], base, mask);
    },
    download: (artifact, folder) => {
      if (artifact.isExpired) return Promise.reject(expiredError(artifact));
      const findBy = {
        token,
        workflowRunId: Number(run.id),
        repositoryOwner: run.owner,
        repositoryName: run.repository,
      };
      return downloadWhole(artifact, folder, { findBy });
    },
  };
}

/** Page by page, each once: a list that grows meanwhile shows an artifact on two pages. */
async function listAll(ask: RestClient, run: Run): Promise<ArtifactList> {
  const artifacts = new Map<string, Artifact>();
  let total = 0;
  let hasChanged = false;
  let isLast = false;
  for (let page = 1; page <= MAX_PAGES && !isLast; page++) {
    const found = await listPage(ask, run, page);
    for (const artifact of found.artifacts)
      artifacts.set(artifact.id, artifact);
    hasChanged ||= page > 1 && found.total !== total;
    total = found.total;
    isLast = artifacts.size >= total || found.artifacts.length === 0;
  }
  if (hasChanged) {
    const cut =
      'the list of artifacts changed while it was read, so that some may not be in it; start the job again';
    return { artifacts: [...artifacts.values()].sort(newestFirst), cut };
  }
  const cut =
    artifacts.size >= total
      ? null
      : `the run has ${formatNumber(total)} artifacts, of which ${formatNumber(artifacts.size)} were listed`;
  return { artifacts: [...artifacts.values()].sort(newestFirst), cut };
}

async function listPage(ask: RestClient, run: Run, page: number) {
  const { status, data } = await ask(
    '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
    {
      owner: run.owner,
      repo: run.repository,
      run_id: run.id,
      per_page: PAGE_SIZE,
      page,
    },
    listRefusals(run),
  );
  if (status !== 200) throw badAnswer(`HTTP ${status} instead of a list`);
  const fields = fieldsOf(data, 'the list');
  return {
    total: countOf(pick(fields, 'total_count'), 'the number of artifacts'),
    artifacts: listOf(pick(fields, 'artifacts'), 'the list').map(readArtifact),
  };
}

function readArtifact(item: unknown): Artifact {
  const fields = fieldsOf(item, 'an artifact');
  const isExpired = pick(fields, 'expired');
  if (typeof isExpired !== 'boolean')
    throw badAnswer('whether an artifact has expired is not told');
  return {
    id: idOf(pick(fields, 'id'), "an artifact's id"),
    name: textOf(pick(fields, 'name'), "an artifact's name"),
    sizeBytes: countOf(pick(fields, 'size_in_bytes'), "an artifact's size"),
    digest: digestOf(pick(fields, 'digest'), "an artifact's digest"),
    isExpired,
    createdAt: timeOf(
      pick(fields, 'created_at'),
      "an artifact's time of creation",
    ),
  };
}

function listRefusals(run: Run): Readonly<Record<number, SourceError>> {
  return {
    ...permissionRefusals(run),
    404: new SourceError(
      'NO_RUN',
      `The run ${run.id} of ${nameOf(run)} was not found: there is none, it was deleted, or \`github-token\` may not see that repository, for which GitHub answers the same. Look at \`run-id\`, \`repository\` and the token's \`permissions: actions: read\`.`,
    ),
  };
}

function signRefusals(
  run: Run,
  artifact: Artifact,
): Readonly<Record<number, SourceError>> {
  return {
    ...permissionRefusals(run),
    404: new SourceError(
      'NOT_FOUND',
      `the artifact '${artifact.name}' is there no more: it was deleted or replaced since it was listed. Start the job again.`,
    ),
    410: expiredError(artifact),
  };
}

function permissionRefusals(run: Run): Readonly<Record<number, SourceError>> {
  return {
    401: new SourceError(
      'NO_PERMISSION',
      'GitHub does not know `github-token` (HTTP 401): it has expired, was revoked or is mistyped. Give `github-token: ${{ github.token }}`, or a new token for another repository.',
    ),
    403: new SourceError(
      'NO_PERMISSION',
      `\`github-token\` may not read the artifacts of ${nameOf(run)} (HTTP 403). The job needs \`permissions: actions: read\`; the token of a job is for its own repository, another one needs a token of its own with that permission.`,
    ),
  };
}

function nameOf({ owner, repository }: Run): string {
  return `${owner}/${repository}`;
}
