import * as fs from 'node:fs';
import * as path from 'node:path';
import { toSourceError } from './source-error.ts';

/** What a link leads to, or why it is not followed. */
export type LinkTarget =
  | { readonly realPath: string; readonly stat: fs.Stats }
  | {
      readonly reason: string;
      readonly isFolder: boolean;
      readonly isDangling: boolean;
    };

/**
 * Follows a link below `root`.
 *
 * @param realRoot `root` without links
 * @param at below `root`
 */
export function linkTarget(
  { root, realRoot }: { readonly root: string; readonly realRoot: string },
  at: string,
): LinkTarget {
  try {
    const real = fs.realpathSync(`${root}/${at}`);
    const stat = fs.statSync(real);
    const below = path.relative(realRoot, real);
    if (
      below !== '..' &&
      !below.startsWith(`..${path.sep}`) &&
      !path.isAbsolute(below)
    )
      return { realPath: below.replaceAll(path.sep, '/'), stat };
    return {
      reason: 'a link that leads out of the given folder is not followed',
      isFolder: stat.isDirectory(),
      isDangling: false,
    };
  } catch (error) {
    const failure = toSourceError(error, at);
    // To a loader neither is there: os.path.exists and isfile say false of both.
    const isLoop = failure.code === 'ELOOP';
    const isDangling = failure.code === 'ENOENT' || isLoop;
    const why = isDangling ? 'nothing' : failure.code;
    return {
      reason: isLoop
        ? 'a link that leads back to itself'
        : `a link that leads to ${why}`,
      isFolder: false,
      isDangling,
    };
  }
}
