import { sendJson } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { signUrl } from './signed-url.ts';
import type { Backend, Store } from './store.ts';
import type { Options, Stored } from './types.ts';

export const TWIRP = '/twirp/github.actions.results.api.v1.ArtifactService/';

export interface ResultsService {
  readonly store: Store;
  readonly options: Options;
  readonly origin: () => string;
  readonly token: string;
  readonly backend: Backend;
}

type Fields = ReadonlyMap<string, unknown>;

interface Reply {
  readonly status: number;
  readonly value: Readonly<Record<string, unknown>>;
}

type Method = (service: ResultsService, fields: Fields) => Reply;

/** By the names of the service's definition (toolkit, generated/results/api/v1/artifact.ts). */
const METHODS: ReadonlyMap<string, Method> = new Map([
  ['CreateArtifact', createArtifact],
  ['FinalizeArtifact', finalizeArtifact],
  ['ListArtifacts', listArtifacts],
  ['GetSignedArtifactURL', getSignedArtifactUrl],
  ['DeleteArtifact', deleteArtifact],
]);

export async function answerTwirp(
  service: ResultsService,
  exchange: Exchange,
): Promise<void> {
  const method = METHODS.get(exchange.logged.name);
  const { status, value } = replyOf(service, exchange, method);
  return sendJson(
    exchange,
    status,
    service.options.camelCase ? camelCased(value) : value,
  );
}

function replyOf(
  service: ResultsService,
  { method: verb, headers, body, logged }: Exchange,
  method: Method | undefined,
): Reply {
  if (verb !== 'POST' || method === undefined)
    return failure(404, 'bad_route', `no handler for ${verb} ${logged.name}`);
  if (headers['authorization'] !== `Bearer ${service.token}`)
    return failure(401, 'unauthenticated', 'the token is missing or invalid');
  const fields = parseFields(body);
  if (fields === null)
    return failure(400, 'malformed', 'the request could not be decoded');
  if (textOf(fields, 'workflow_run_backend_id') !== service.backend.run)
    return failure(403, 'permission_denied', 'the token is for another run');
  const name = textOf(fields, 'name');
  logged.subject = name === '' ? null : name;
  return method(service, fields);
}

/** Both spellings of protobuf's JSON, under that with underscores. */
function parseFields(body: Buffer): Fields | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null) return null;
    return new Map(
      Object.entries(value).map(([key, field]) => [
        key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        field,
      ]),
    );
  } catch {
    return null;
  }
}

function textOf(fields: Fields, key: string): string {
  const value = fields.get(key);
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : '';
}

function failure(status: number, code: string, msg: string): Reply {
  return { status, value: { code, msg } };
}

function createArtifact(service: ResultsService, fields: Fields): Reply {
  const { store, options, origin } = service;
  const name = textOf(fields, 'name');
  if (name === '') return failure(400, 'invalid_argument', 'name is required');
  const contentType = textOf(fields, 'mime_type') || 'application/zip';
  const path = store.create(backendOf(fields), name, contentType);
  if (path === null)
    return failure(
      409,
      'already_exists',
      'an artifact with this name already exists on the workflow run',
    );
  const url = signUrl({
    origin: origin(),
    path,
    permissions: 'cw',
    // The limit is on reading: an upload may take long.
    seconds: Math.max(3600, options.urlSeconds),
  });
  return { status: 200, value: { ok: true, signed_upload_url: url } };
}

function finalizeArtifact({ store }: ResultsService, fields: Fields): Reply {
  const stored = store.finalize(
    backendOf(fields),
    textOf(fields, 'name'),
    Number(textOf(fields, 'size')),
    textOf(fields, 'hash') || null,
  );
  if (stored === null) return failure(404, 'not_found', 'nothing was uploaded');
  return { status: 200, value: { ok: true, artifact_id: `${stored.id}` } };
}

/** Those of all jobs of the run, the newest last. */
function listArtifacts(service: ResultsService, fields: Fields): Reply {
  const id = textOf(fields, 'id_filter');
  const name = textOf(fields, 'name_filter');
  const run = textOf(fields, 'workflow_run_backend_id');
  const listed = service.store.artifacts.filter(
    (one) =>
      one.runBackendId === run &&
      !one.expired &&
      (id === '' || id === `${one.id}`) &&
      (name === '' || name === one.name),
  );
  // A field that holds its default is left out, the list itself too.
  const value = listed.length === 0 ? {} : { artifacts: listed.map(listItem) };
  return { status: 200, value };
}

function listItem(one: Stored): Record<string, unknown> {
  return {
    workflow_run_backend_id: one.runBackendId,
    workflow_job_run_backend_id: one.jobBackendId,
    // 64-bit numbers are texts in protobuf's JSON.
    database_id: `${one.id}`,
    name: one.name,
    size: `${one.listedSizeBytes}`,
    created_at: one.createdAt,
    ...(one.digest === null ? {} : { digest: one.digest }),
  };
}

function getSignedArtifactUrl(service: ResultsService, fields: Fields): Reply {
  const found = newest(service, fields);
  if (found === null) return failure(404, 'not_found', 'artifact not found');
  const url = signedUrlOf(found, service.origin(), service.options.urlSeconds);
  return { status: 200, value: { signed_url: url } };
}

/** A URL to read an artifact by, for whoever has it. */
export function signedUrlOf(one: Stored, origin: string, seconds: number) {
  const { blobPath: path, fileName, contentType } = one;
  return signUrl({
    origin,
    path,
    permissions: 'r',
    seconds,
    fileName,
    contentType,
  });
}

function deleteArtifact(service: ResultsService, fields: Fields): Reply {
  const found = newest(service, fields);
  if (found === null) return failure(404, 'not_found', 'artifact not found');
  service.store.remove((one) => one.id === found.id);
  return { status: 200, value: { ok: true, artifact_id: `${found.id}` } };
}

/** By run, job and name, as the requests that have no id say it. */
function newest({ store }: ResultsService, fields: Fields): Stored | null {
  const { run, job } = backendOf(fields);
  const name = textOf(fields, 'name');
  const found = store.artifacts.filter(
    (one) =>
      one.runBackendId === run && one.jobBackendId === job && one.name === name,
  );
  return found.at(-1) ?? null;
}

function backendOf(fields: Fields): Backend {
  return {
    run: textOf(fields, 'workflow_run_backend_id'),
    job: textOf(fields, 'workflow_job_run_backend_id'),
  };
}

function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCased(field),
    ]),
  );
}
