import { contentName } from '../formats/content.ts';
import type { ContentKind } from '../formats/content.ts';

/** For a page or an error that was saved instead of the file. */
export const DOWNLOAD_AGAIN =
  'Fetch the file again, with the credentials that it needs, and let the download fail on an error status (curl --fail).';

/** For a pointer that stands in for the file. */
export const PULL_LFS = 'Run `git lfs pull`, or check out with `lfs: true`.';

/** For a file that has its size and nothing in it. */
export const NEVER_FILLED =
  'The file was given its size and never filled: look for a crash or a full disk while it was saved';

/** What to do, by the name of what stands in for a file. */
const ADVICE: ReadonlyMap<string, string> = new Map(
  (
    [
      ['lfs-pointer', PULL_LFS],
      ['html', DOWNLOAD_AGAIN],
      ['xml', DOWNLOAD_AGAIN],
      ['zero-filled', `${NEVER_FILLED}.`],
    ] satisfies [ContentKind, string][]
  ).map(([kind, advice]) => [contentName(kind), advice]),
);

/**
 * What to do where something stands in for a file, or `null` where what it is tells
 * nothing of that.
 *
 * @param found as `contentName` puts it
 */
export function placeholderAdvice(found: string): string | null {
  return ADVICE.get(found) ?? null;
}
