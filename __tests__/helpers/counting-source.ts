import type { ByteReader, Source } from '../../src/core/bytes/reader.ts';

/** What was read of one file. */
export interface Count {
  bytes: number;
  reads: number;
}

/** A source that counts the bytes read of each path. */
export function countingSource(inner: Source): {
  readonly source: Source;
  readonly counts: ReadonlyMap<string, Count>;
} {
  const counts = new Map<string, Count>();
  return {
    counts,
    source: {
      ...inner,
      open: async (path) => {
        const count = counts.get(path) ?? { bytes: 0, reads: 0 };
        counts.set(path, count);
        return countingReader(await inner.open(path), count);
      },
    },
  };
}

function countingReader(inner: ByteReader, count: Count): ByteReader {
  return {
    ...inner,
    read: (start, length) => {
      count.bytes += length;
      count.reads += 1;
      return inner.read(start, length);
    },
    stream: () => {
      throw new Error('bulk reading is not counted');
    },
    scan: () => {
      throw new Error('bulk reading is not counted');
    },
  };
}
