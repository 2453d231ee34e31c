import { SourceError } from '../core/bytes/reader.ts';
import { Setback } from './blob-failure.ts';
import {
  BACKOFF_FIRST_MS,
  BLOB_SETBACKS,
  RANGE_SETBACKS,
} from './blob-limits.ts';
import type { SetbackKind } from './blob-limits.ts';
import { closedError, requestRange, unlessClosed } from './blob-ranges.ts';
import type { Ranges } from './blob-ranges.ts';

/** Waits, and chooses how long. */
export interface Waiting {
  readonly delay: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly random: () => number;
}

/** Setbacks so far, by kind. */
export type Counts = Record<SetbackKind, number>;

/** @returns a count of none */
export function noSetbacks(): Counts {
  return { fault: 0, throttle: 0, refusal: 0 };
}

/**
 * The bytes of `[start, end)` in order, in pieces of bounded size, and from the byte
 * reached on again where a request fails. With every piece patience begins anew, but
 * not that with the blob as a whole, which `total` counts.
 *
 * @throws SourceError when they cannot be had, all of them
 */
export async function* persistentRange(
  ranges: Ranges,
  waiting: Waiting,
  total: Counts,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const { closed, dropIdle } = ranges.wire;
  const refuseClosed = () => {
    if (closed.aborted) throw closedError();
  };
  let at = start;
  let counts = noSetbacks();
  while (at < end) {
    refuseClosed();
    try {
      for await (const piece of requestRange(ranges, at, end)) {
        at += piece.length;
        counts = noSetbacks();
        yield piece;
      }
    } catch (error) {
      refuseClosed();
      if (!(error instanceof Setback)) throw error;
      // All came; only the end of the answer did not.
      if (at === end) return;
      count(error, counts, total);
      if (error.kind === 'fault') dropIdle();
      const { delay } = waiting;
      const ms = waitOf(error, counts, waiting);
      if (ms > 0) await unlessClosed(closed, delay(ms, closed));
    }
  }
}

function count({ kind, failure }: Setback, counts: Counts, total: Counts) {
  counts[kind] += 1;
  total[kind] += 1;
  const { code, message } = failure;
  if (counts[kind] > RANGE_SETBACKS[kind])
    throw new SourceError(code, `${message}, ${counts[kind]} times in a row`);
  if (total[kind] > BLOB_SETBACKS[kind])
    throw new SourceError(
      code,
      `${message}, and ${BLOB_SETBACKS[kind]} times before`,
    );
}

function waitOf(
  { kind, waitMs }: Setback,
  counts: Counts,
  { random }: Waiting,
): number {
  if (waitMs !== null) return waitMs;
  // Between half and all of it, so that readers who failed together part.
  return BACKOFF_FIRST_MS * 2 ** (counts[kind] - 1) * (0.5 + random() / 2);
}
