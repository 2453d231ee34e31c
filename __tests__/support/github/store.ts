import { createHash } from 'node:crypto';
import { bytesContent, digestOf, joined } from './contents.ts';
import type { Content } from './contents.ts';
import type { Given, Stored } from './types.ts';

/** Ids of a run and of a job of it, as the results service has them. */
export interface Backend {
  readonly run: string;
  readonly job: string;
}

/** What lies in the blob store. */
export interface Blob {
  readonly content: Content;
  readonly contentType: string;
  readonly etag: string;
  readonly modified: Date;
}

interface Created {
  readonly backend: Backend;
  readonly name: string;
  readonly contentType: string;
  readonly blobPath: string;
}

const ZIP = 'application/zip';
const DIGEST_BYTES = 64 * 1024 * 1024;

/** A UUID that is always the same for the same text. */
function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The ids of a run and of one of its jobs. */
export function backendOf(runId: string, jobId = '1'): Backend {
  return { run: uuid(`run ${runId}`), job: uuid(`job ${jobId} of ${runId}`) };
}

export type Store = ReturnType<typeof createStore>;

/** Artifacts, and the blobs behind them, of which uploads write parts first. */
export function createStore(ownRunId: string) {
  const artifacts: Stored[] = [];
  const created = new Map<string, Created>();
  const blobs = new Map<string, Blob>();
  const blocks = new Map<string, Map<string, Buffer>>();
  let lastId = 1000;

  const putBlob = (path: string, content: Content, contentType: string) => {
    // As Azure's look; every write makes a new one.
    const etag = `"0x8D${(++lastId).toString(16).toUpperCase().padStart(12, 'C')}"`;
    const blob = { content, contentType, etag, modified: new Date() };
    blobs.set(path, blob);
    return blob;
  };

  const add = (given: Given): Stored => {
    const { contentType = ZIP, expired = false, runId = ownRunId } = given;
    const isPlain =
      typeof given.content === 'string' || given.content instanceof Uint8Array;
    const content = isPlain ? bytesContent(given.content) : given.content;
    const id = ++lastId;
    const backend = backendOf(runId, given.jobId);
    const blobPath = pathOf(backend, `${id}`, contentType);
    putBlob(blobPath, content, contentType);
    const stored: Stored = {
      id,
      name: given.name,
      runId,
      runBackendId: backend.run,
      jobBackendId: backend.job,
      content,
      contentType,
      fileName: given.fileName ?? fileNameOf(given.name, contentType),
      digest: given.digest === undefined ? digestFor(content) : given.digest,
      listedSizeBytes: given.listedSizeBytes ?? content.sizeBytes,
      createdAt: given.createdAt ?? new Date().toISOString(),
      expired,
      blobPath,
    };
    artifacts.push(stored);
    return stored;
  };

  /** The place to upload to; `null` where the run has an artifact of that name. */
  const create = (backend: Backend, name: string, contentType: string) => {
    const key = `${backend.run} ${name}`;
    const isTaken = artifacts.some(
      (one) => one.runBackendId === backend.run && one.name === name,
    );
    if (isTaken || created.has(key)) return null;
    const blobPath = pathOf(backend, `${name} ${++lastId}`, contentType);
    created.set(key, { backend, name, contentType, blobPath });
    return blobPath;
  };

  /** `null` where nothing was created, or nothing uploaded. */
  const finalize = (
    backend: Backend,
    name: string,
    sizeBytes: number,
    digest: string | null,
  ): Stored | null => {
    const key = `${backend.run} ${name}`;
    const one = created.get(key);
    const blob = one && blobs.get(one.blobPath);
    if (one === undefined || blob === undefined) return null;
    created.delete(key);
    const stored: Stored = {
      id: ++lastId,
      name,
      runId: ownRunId,
      runBackendId: backend.run,
      jobBackendId: backend.job,
      content: blob.content,
      contentType: blob.contentType,
      fileName: fileNameOf(name, blob.contentType),
      digest,
      listedSizeBytes: sizeBytes,
      createdAt: new Date().toISOString(),
      expired: false,
      blobPath: one.blobPath,
    };
    artifacts.push(stored);
    return stored;
  };

  const remove = (isGone: (one: Stored) => boolean): Stored | null => {
    const gone = artifacts.filter(isGone);
    const kept = artifacts.filter((one) => !isGone(one));
    artifacts.splice(0, artifacts.length, ...kept);
    for (const { blobPath } of gone) blobs.delete(blobPath);
    return gone.at(-1) ?? null;
  };

  return {
    artifacts: artifacts as readonly Stored[],
    add,
    create,
    finalize,
    remove,
    blob: (path: string) => blobs.get(path) ?? null,
    putBlob,
    /** As if another had been written over it, with the same bytes. */
    touchBlob: (path: string) => {
      const blob = blobs.get(path);
      if (blob !== undefined) putBlob(path, blob.content, blob.contentType);
    },
    putBlock: (path: string, id: string, bytes: Buffer) => {
      const staged = blocks.get(path) ?? new Map<string, Buffer>();
      blocks.set(path, staged.set(id, bytes));
    },
    /** `false` where a block of the list was never written. */
    commit: (path: string, ids: readonly string[], contentType: string) => {
      const staged = blocks.get(path);
      const parts = ids.flatMap((id) => staged?.get(id) ?? []);
      if (parts.length !== ids.length) return false;
      blocks.delete(path);
      putBlob(path, joined(parts.map(bytesContent)), contentType);
      return true;
    },
  };
}

function digestFor(content: Content): string | null {
  return content.sizeBytes <= DIGEST_BYTES ? digestOf(content) : null;
}

function fileNameOf(name: string, contentType: string): string {
  return contentType === ZIP ? `${name}.zip` : name;
}

/** The toolkit takes what ends in `.zip` for one, whatever its type says. */
function pathOf(backend: Backend, text: string, contentType: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const ending = contentType === ZIP ? '.zip' : '';
  return `/actions-results/${backend.run}/workflow-job-run-${backend.job}/artifacts/${hash}${ending}`;
}
