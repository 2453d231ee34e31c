import { HEAD_BYTES } from '../bytes/limits.ts';
import { scanRanges, SourceError } from '../bytes/reader.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { memoise } from './memoise.ts';

/** The first bytes of a file, and what was known of it when they were read. */
interface Head extends Pick<ByteReader, 'size' | 'access'> {
  readonly bytes: Uint8Array;
}

/** Reads them: all that most questions about a file need. */
export async function readHead(reader: ByteReader): Promise<Head> {
  const { size, access } = reader;
  const bytes = await reader.read(0, Math.min(HEAD_BYTES, size));
  return { size, access, bytes };
}

/**
 * A reader that opens the file when it is read. A file that has another size by
 * then is being written: what its two states say together is true of neither.
 */
export function reopening(
  { size, access }: Head,
  reopen: () => Promise<ByteReader>,
): ByteReader {
  const opened = memoise(reopen);
  let isOpen = false;
  const reader = async () => {
    const again = await opened();
    isOpen = true;
    if (again.size === size) return again;
    throw new SourceError(
      'CHANGED',
      `the file changed while it was read, from ${size} to ${again.size} bytes`,
    );
  };
  return {
    size,
    access,
    read: async (start, length) => (await reader()).read(start, length),
    async *stream(start, end) {
      yield* (await reader()).stream(start, end);
    },
    scan: async (ranges, feed) => scanRanges(await reader(), ranges, feed),
    close: async () => {
      if (isOpen) await (await opened()).close();
    },
  };
}
