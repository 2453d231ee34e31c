import { WALK_MAX_DEPTH } from './bytes/limits.ts';
import { compareText } from './layout/group-runs.ts';
import type { Skip } from './types.ts';

/** Ten checks that fail to read one file are one thing not examined. */
export function uniqueSkips(skips: readonly Skip[]): readonly Skip[] {
  const unique = new Map(
    skips.map((skip) => [
      keyOf(skip.where.path, skip.cause, skip.reason),
      skip,
    ]),
  );
  const below = toldBelow(skips);
  const once = [...unique].filter(([key]) => !below.has(key));
  return once
    .map(([, skip]) => skip)
    .sort(
      (left, right) =>
        compareText(left.where.path, right.where.path) ||
        compareText(left.cause, right.cause) ||
        compareText(left.reason, right.reason),
    );
}

/** Keys of what is said of a file in a folder: of the folder it is no place more. */
function toldBelow(skips: readonly Skip[]): ReadonlySet<string> {
  const below = new Set<string>();
  for (const { where, cause, reason } of skips) {
    let end = where.path.lastIndexOf('/');
    for (let level = 0; level < WALK_MAX_DEPTH && end > 0; level++) {
      const folder = where.path.slice(0, end);
      below.add(keyOf(folder, cause, reason));
      // A pass over the archive told of the file what ended a check of the folder.
      if (cause === 'io') below.add(keyOf(folder, 'damaged', reason));
      end = where.path.lastIndexOf('/', end - 1);
    }
  }
  return below;
}

function keyOf(path: string, cause: string, reason: string): string {
  return JSON.stringify([path, cause, reason]);
}
