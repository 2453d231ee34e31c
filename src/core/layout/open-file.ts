import { SourceError } from '../bytes/reader.ts';
import type { ByteReader, Entry, Source } from '../bytes/reader.ts';
import { readHead, reopening } from './head.ts';
import { memoise } from './memoise.ts';

/** The first bytes, and a reader that has them. */
export function headFacts(source: Source, entry: Entry) {
  const head = memoise(() => withReader(source, entry, readHead));
  /** Opens the file again only where the head does not hold what is read. */
  const withHead = async <T>(
    use: (reader: ByteReader, head: Uint8Array) => Promise<T>,
  ) => {
    const first = await head();
    const reader = reopening(first, () => open(source, entry));
    try {
      return await use(reader, first.bytes);
    } finally {
      await reader.close();
    }
  };
  return { head, withHead };
}

async function open(source: Source, entry: Entry): Promise<ByteReader> {
  if (entry.kind === 'file') return source.open(entry.path);
  throw new SourceError(
    entry.kind === 'symlink' ? 'LINK' : 'NOT_A_FILE',
    entry.reason ?? 'it is not a file',
  );
}

/** Opens a file for `use` alone. */
export async function withReader<T>(
  source: Source,
  entry: Entry,
  use: (reader: ByteReader) => Promise<T>,
): Promise<T> {
  const reader = await open(source, entry);
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}
