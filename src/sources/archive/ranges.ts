import type { Feed, Range } from '../../core/bytes/reader.ts';

/** Whether one pass meets all ranges in the order in which they are given. */
export function isInOrder(ranges: readonly Range[]): boolean {
  return ranges.every(([start], at) => start >= (ranges[at - 1]?.[1] ?? 0));
}

/** Takes all bytes in order, and hands on those of ranges that are in order. */
export function pickRanges(ranges: readonly Range[], feed: Feed): Feed {
  let next = 0;
  return (piece, at) => {
    const end = at + piece.length;
    for (; next < ranges.length; next += 1) {
      const [from = 0, to = 0] = ranges[next] ?? [];
      const start = Math.max(from, at);
      const stop = Math.min(to, end);
      if (start < stop) feed(piece.subarray(start - at, stop - at), start);
      // The rest of it comes with the next piece.
      if (to > end) return;
    }
  };
}
