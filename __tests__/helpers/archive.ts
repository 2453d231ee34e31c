import type { ArchiveFacts } from '../../src/core/bytes/archive.ts';
import { DamagedError } from '../../src/core/bytes/reader.ts';
import type {
  ByteReader,
  Listing,
  Source,
} from '../../src/core/bytes/reader.ts';
import { archiveSource } from '../../src/sources/archive.ts';
import { memoryReader } from './memory-source.ts';

/** What was read of an archive: how often, and how many bytes. */
export interface Cost {
  requests: number;
  bytes: number;
}

/** A reader that counts what is read through it; a stream is one request. */
export function countingReader(reader: ByteReader, cost: Cost): ByteReader {
  const count = (bytes: number) => {
    cost.requests += 1;
    cost.bytes += bytes;
  };
  return {
    ...reader,
    read: (start, length) => {
      count(length);
      return reader.read(start, length);
    },
    async *stream(start, end) {
      count(0);
      for await (const piece of reader.stream(start, end)) {
        cost.bytes += piece.length;
        yield piece;
      }
    },
  };
}

/** A source over an archive in memory, and what reading it costs. */
export function countedArchive(bytes: Uint8Array | ByteReader): {
  readonly source: Source;
  readonly cost: Cost;
} {
  const cost = { requests: 0, bytes: 0 };
  const reader = bytes instanceof Uint8Array ? memoryReader(bytes) : bytes;
  const source = archiveSource({
    label: 'run.zip',
    open: () => Promise.resolve(countingReader(reader, cost)),
  });
  return { source, cost };
}

export function archiveOf(bytes: Uint8Array | ByteReader): Source {
  return countedArchive(bytes).source;
}

/** What the archive shows of itself. */
export function factsOf({ archive }: Listing): ArchiveFacts {
  if (archive === undefined) throw new Error('no facts of the archive');
  return archive;
}

export async function readWhole(
  source: Source,
  path: string,
): Promise<Uint8Array> {
  const reader = await source.open(path);
  try {
    return await reader.read(0, reader.size);
  } finally {
    await reader.close();
  }
}

/** Every complaint about an archive of which all is read, file by file. */
export async function complaintsOf(source: Source): Promise<string[]> {
  const listing = await source.list();
  const { defect, faults } = factsOf(listing);
  const complaints: string[] = [
    ...(defect === null ? [] : [defect.code]),
    ...faults.map(({ code }) => code),
  ];
  for (const { path, kind } of listing.entries) {
    if (kind === 'folder') continue;
    // What is no file is named as not examined.
    const damage =
      kind === 'file' ? await damageOf(() => readWhole(source, path)) : kind;
    if (damage !== null) complaints.push(`${path}: ${damage}`);
  }
  await source.close?.();
  return complaints;
}

/** The same by one pass over the archive. */
export async function sweptComplaintsOf(source: Source): Promise<string[]> {
  const listing = await source.list();
  const { defect, faults } = factsOf(listing);
  if (defect !== null) return [defect.code];
  await source.sweep?.(() => Promise.resolve(null));
  const complaints: string[] = faults.map(({ code }) => code);
  for (const { path, kind } of listing.entries) {
    const damage =
      kind === 'file' || kind === 'folder'
        ? await damageOf(() => source.open(path))
        : kind;
    if (damage !== null) complaints.push(`${path}: ${damage}`);
  }
  await source.close?.();
  return complaints;
}

/** The code of the damage that an action ends in; `null` for any other end. */
export async function damageOf(
  action: () => Promise<unknown>,
): Promise<string | null> {
  try {
    await action();
    return null;
  } catch (error) {
    if (error instanceof DamagedError) return error.damage.code;
    return null;
  }
}
