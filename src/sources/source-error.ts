import * as fs from 'node:fs';
import { SourceError } from '../core/bytes/reader.ts';

/** Reads code and message by shape: errors of node:fs may be of another realm. */
export function toSourceError(error: unknown, file: string): SourceError {
  if (error instanceof SourceError) return error;
  const { code, message } = describe(error);
  // Messages of node:fs end in the absolute path, which no report may hold.
  const words = message.replace(/^\w+: /, '').replace(/, \w+ '.*$/s, '');
  return new SourceError(code, words, permissionOf(code, file));
}

function describe(error: unknown): { code: string; message: string } {
  if (typeof error !== 'object' || error === null)
    return { code: 'UNKNOWN', message: String(error) };
  const code = 'code' in error ? String(error.code) : 'UNKNOWN';
  const message = 'message' in error ? String(error.message) : code;
  return { code, message };
}

function permissionOf(code: string, file: string): SourceError['permission'] {
  if (code !== 'EACCES' && code !== 'EPERM') return null;
  try {
    const stat = fs.lstatSync(file);
    return {
      mode: stat.mode & 0o777,
      owner: `uid ${stat.uid}, gid ${stat.gid}`,
      reader: `uid ${process.getuid?.() ?? '?'}, gid ${process.getgid?.() ?? '?'}`,
    };
  } catch {
    // The folder above refuses even the look: there is nothing to add.
    return null;
  }
}
