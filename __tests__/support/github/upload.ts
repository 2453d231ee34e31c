import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { callClient } from './client.ts';
import type { Call } from './client.ts';
import type { FakeGitHub, Stored } from './types.ts';

/** What a step of actions/upload-artifact says. */
export interface Upload {
  readonly name: string;
  /** A folder, or one file. */
  readonly path: string;
  /** By default 6. */
  readonly compressionLevel?: number;
  /** `archive: false`: one file as it is, under its own name. */
  readonly isArchived?: boolean;
  readonly includeHidden?: boolean;
}

/**
 * Uploads with the published `@actions/artifact`, all that are given in one
 * process, in their order unless several go at once. `null` where there was no file to upload, as upload-artifact only warns.
 */
export async function upload(
  github: FakeGitHub,
  uploads: readonly Upload[],
  atOnce = 1,
): Promise<readonly (Stored | null)[]> {
  const calls = uploads.map(callFor);
  const made = calls.filter((call) => call !== null);
  const results =
    made.length === 0 ? [] : await callClient(github, made, atOnce);
  const byCall = new Map(made.map((call, at) => [call, results[at]]));
  return calls.map((call, at) => {
    if (call === null) return null;
    const result = byCall.get(call);
    const name = uploads[at]?.name ?? '';
    if (result?.error !== undefined)
      throw new Error(`upload of ${name}: ${result.error}`);
    const id = idOf(result?.value);
    const stored = github.artifacts().find((one) => one.id === id);
    if (stored === undefined) throw new Error(`${name} was not stored`);
    return stored;
  });
}

function callFor(upload: Upload): Call | null {
  const { name, compressionLevel = 6, isArchived = true } = upload;
  const { files, root } = filesToUpload(upload.path, upload.includeHidden);
  if (files.length === 0) return null;
  return [
    'uploadArtifact',
    name,
    files,
    root,
    { compressionLevel, skipArchive: !isArchived },
  ];
}

function idOf(value: unknown): number | null {
  const isObject = typeof value === 'object' && value !== null;
  const id = isObject && 'id' in value ? value.id : null;
  return typeof id === 'number' ? id : null;
}

/**
 * The files that upload-artifact 7 takes for one search path, and the folder
 * that their names are relative to (its src/shared/search.ts and `@actions/glob`):
 * links are followed, broken ones and folders dropped, and with them whatever
 * has a name that starts with a dot, the path itself included.
 */
export function filesToUpload(
  path: string,
  includeHidden = false,
): { readonly files: readonly string[]; readonly root: string } {
  const start = resolve(path);
  const files: string[] = [];
  const visit = (at: string, above: readonly string[]) => {
    if (!includeHidden && basename(at).startsWith('.')) return;
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (!stats.isDirectory()) {
      files.push(at);
      return;
    }
    const real = realpathSync(at);
    // A link to a folder that it lies in would not end.
    if (above.includes(real)) return;
    for (const name of readdirSync(at).toSorted())
      visit(join(at, name), [...above, real]);
  };
  visit(start, []);
  const isFile = files.length === 1 && files[0] === start;
  return { files, root: isFile ? dirname(start) : start };
}
