import * as fs from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a file whole or leaves what was there: under another name beside it,
 * renamed when complete, so that no signal and no full disk leaves half a report.
 * Links are followed. What is there and no regular file (a pipe, `/dev/stdout`)
 * is written to, never replaced.
 *
 * @throws the error of node:fs; no other file is left then
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const target = await orNull(fs.promises.realpath(path));
  if (target === null) return replace(path, text, 0o666);
  const { mode, isRegular } = await look(target);
  if (!isRegular) return fs.promises.writeFile(target, text);
  // A rename asks only the folder; a file that may not be written stays.
  await fs.promises.access(target, fs.constants.W_OK);
  return replace(target, text, mode);
}

async function replace(path: string, text: string, mode: number) {
  const name = `.checkpoint-gate-${crypto.randomUUID()}.tmp`;
  const temporary = join(dirname(path), name);
  try {
    await fs.promises.writeFile(temporary, text, { flag: 'wx', mode });
    await fs.promises.rename(temporary, path);
  } catch (error) {
    await fs.promises.rm(temporary, { force: true });
    throw error;
  }
}

async function look(path: string) {
  const stat = await fs.promises.stat(path);
  return { mode: stat.mode & 0o777, isRegular: stat.isFile() };
}

/** `null` where there is nothing of the name. */
async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    const isAbsent =
      typeof error === 'object' &&
      error !== null &&
      'code' in error &&
      error.code === 'ENOENT';
    if (isAbsent) return null;
    throw error;
  }
}
