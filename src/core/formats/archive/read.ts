import type { ArchiveDefect } from '../../bytes/archive.ts';
import { parsed, type Parsed } from '../parsed.ts';
import { parseDirectory } from './directory.ts';
import { readEndRecords } from './end-records.ts';
import { parseLocalHeader } from './local-header.ts';
import { findMembers, type Members } from './members.ts';
import type { ArchiveEntry, ReadAt } from './types.ts';

/** All that the directory of an archive says. */
export interface Archive extends Members {
  readonly entries: readonly ArchiveEntry[];
  /** What {@link parseLocalHeader} says of the local header of an entry. */
  readonly contentStart: (
    header: Uint8Array,
    entry: ArchiveEntry,
  ) => ReturnType<typeof parseLocalHeader>;
}

/**
 * Reads end records and directory of any zip archive, and nothing else.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readArchive(
  read: ReadAt,
  fileBytes: number,
): Promise<Parsed<Archive, ArchiveDefect>> {
  const end = await readEndRecords(read, fileBytes);
  if (!end.ok) return end;
  const { directoryOffset, directoryBytes } = end.value;
  const bytes = await read(directoryOffset, directoryBytes);
  const directory = parseDirectory(bytes, end.value, fileBytes);
  if (!directory.ok) return directory;
  const { entries, faults } = directory.value;
  const nameBytes = ({ nameAt, nameBytes }: ArchiveEntry) =>
    bytes.subarray(nameAt, nameAt + nameBytes);
  const lossy = new TextDecoder();
  const members = findMembers(entries, {
    directoryOffset,
    faults: [...end.value.faults, ...faults],
    nameOf: (entry) => entry.name ?? lossy.decode(nameBytes(entry)),
  });
  return parsed({
    ...members,
    entries,
    contentStart: (header, entry) =>
      parseLocalHeader(header, entry, nameBytes(entry)),
  });
}
