import { mkdir, mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from '../../core/bytes/reader.ts';
import { formatBytes } from '../../core/wording.ts';
import type { Artifact } from './artifact.ts';
import { badAnswer } from './fields.ts';
import { withoutOutput } from './quiet.ts';
import { settingOf } from './server.ts';

/** A blob that was downloaded whole. */
export interface Downloaded {
  readonly path: string;
  /** Of the file, whatever the list said. */
  readonly sizeBytes: number;
  /** Whether it has the digest of the list; `null` where the list has none. */
  readonly digestMatches: boolean | null;
  /** Deletes the file and its folder. */
  remove(): Promise<void>;
}

/** Where an artifact of another run is found, as `@actions/artifact` wants it. */
export interface FindBy {
  readonly token: string;
  readonly workflowRunId: number;
  readonly repositoryOwner: string;
  readonly repositoryName: string;
}

/** The part of the `DefaultArtifactClient` that is used. */
export interface DownloadClient {
  downloadArtifact(
    id: number,
    options: {
      path: string;
      skipDecompress: boolean;
      expectedHash?: string;
      findBy?: FindBy;
    },
  ): Promise<{ downloadPath?: string; digestMismatch?: boolean }>;
}

/** What tests give in place of the real ones. */
export interface DownloadSettings {
  readonly findBy?: FindBy;
  readonly client?: () => Promise<DownloadClient>;
  /** Bytes that may still be written in the folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** The runner itself, and what else the job writes, need some. */
const RESERVED_BYTES = 64 * 1024 * 1024;

/** Where downloads go: a folder that the runner empties after each job. */
export function temporaryFolder(env: NodeJS.ProcessEnv): string {
  return settingOf(env, 'RUNNER_TEMP', tmpdir());
}

/**
 * Downloads a blob as it is: a zip is not unpacked. `@actions/artifact` signs it anew,
 * reads it as a stream and tries five times, 5 seconds apart, with one signed URL. It
 * reads `process.env` for the token and the addresses of this run.
 *
 * Source: `lib/internal/download/download-artifact.js` of @actions/artifact 6.2.1: the
 * file is named by `Content-Disposition`, or `artifact`; a wrong digest is told, not thrown.
 *
 * @param parent in which a folder is made for it
 * @throws SourceError `NO_SPACE`, `UNREACHABLE` or `BAD_ANSWER`; nothing is left then
 */
export async function downloadWhole(
  artifact: Artifact,
  parent: string,
  settings: DownloadSettings,
): Promise<Downloaded> {
  const id = Number(artifact.id);
  if (!Number.isSafeInteger(id))
    throw badAnswer(`the artifact's id ${artifact.id} is too large`);
  await mkdir(parent, { recursive: true });
  await assertSpace(artifact, parent, settings.freeBytes ?? freeBytesOf);
  const folder = await mkdtemp(join(parent, 'checkpoint-gate-artifact-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const isOther = await fetchInto(folder, artifact, id, settings);
    const file = await onlyFile(folder);
    const digestMatches = artifact.digest === null ? null : !isOther;
    return { ...file, digestMatches, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function assertSpace(
  { name, sizeBytes }: Artifact,
  folder: string,
  freeBytes: (folder: string) => Promise<number>,
): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= sizeBytes + RESERVED_BYTES) return;
  throw new SourceError(
    'NO_SPACE',
    `the artifact '${name}' has ${formatBytes(sizeBytes)} and has to be downloaded whole, which needs ${formatBytes(RESERVED_BYTES)} more than that; the runner's temporary folder has ${formatBytes(free)} left. Free some space before this step, or use a larger runner.`,
  );
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** @returns whether the digest is another than the list's */
async function fetchInto(
  folder: string,
  { name, digest }: Artifact,
  id: number,
  { findBy, client = defaultClient }: DownloadSettings,
): Promise<boolean> {
  const downloader = await client();
  try {
    const { digestMismatch } = await withoutOutput(() =>
      downloader.downloadArtifact(id, {
        path: folder,
        skipDecompress: true,
        ...(digest === null ? {} : { expectedHash: digest }),
        ...(findBy === undefined ? {} : { findBy }),
      }),
    );
    return digestMismatch === true;
  } catch (error) {
    // Its words are left: they may hold what a server said.
    throw new SourceError(
      'UNREACHABLE',
      `the artifact '${name}' could not be downloaded (${whyOf(error)}), so nothing is known of it. Start the job again.`,
    );
  }
}

/** Loaded only here: 4 MB, which reading in ranges does without. */
async function defaultClient(): Promise<DownloadClient> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}

/** A status or a code, by shape, or the one message that says what happened. */
function whyOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown error';
  if ('status' in error && typeof error.status === 'number')
    return `HTTP ${error.status}`;
  if ('code' in error && typeof error.code === 'string') return error.code;
  const message = 'message' in error ? String(error.message) : '';
  const [tries] = /after \d+ retries/.exec(message) ?? [];
  return tries ?? 'its service refused it';
}

/** The one file that a download leaves; its name is the server's. */
async function onlyFile(
  folder: string,
): Promise<{ path: string; sizeBytes: number }> {
  const [name, ...others] = await readdir(folder);
  if (name === undefined || others.length > 0)
    throw badAnswer(
      `a download left ${name === undefined ? 'no file' : 'several files'}`,
    );
  const path = join(folder, name);
  const { size } = await stat(path);
  return { path, sizeBytes: size };
}
