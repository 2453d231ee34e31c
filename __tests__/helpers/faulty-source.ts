import { scanRanges, SourceError } from '../../src/core/bytes/reader.ts';
import type { ByteReader, Source } from '../../src/core/bytes/reader.ts';

/** A source of which one operation fails, and the count of those asked for. */
export interface FaultySource {
  readonly source: Source;
  /** Lists, opens, reads and scans so far. */
  readonly operations: () => number;
}

/**
 * Lets the `failAt`-th operation (list, open, read or scan, counted from 1) fail as a
 * broken disk would.
 */
export function faultySource(inner: Source, failAt: number): FaultySource {
  let count = 0;
  const attempt = <T>(action: () => Promise<T>): Promise<T> =>
    ++count === failAt
      ? Promise.reject(new SourceError('EIO', 'the disk failed'))
      : action();
  const wrap = (reader: ByteReader): ByteReader => ({
    ...reader,
    read: (start, length) => attempt(() => reader.read(start, length)),
    scan: (ranges, feed) => attempt(() => scanRanges(reader, ranges, feed)),
  });
  return {
    operations: () => count,
    source: {
      ...inner,
      list: () => attempt(() => inner.list()),
      open: (path) => attempt(async () => wrap(await inner.open(path))),
    },
  };
}
