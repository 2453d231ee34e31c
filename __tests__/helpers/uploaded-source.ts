import { crc32 } from '../../src/core/formats/crc32.ts';
import type { Entry, Source } from '../../src/core/bytes/reader.ts';

/** The same tree as it lies in an archive: with checksums, and from an upload. */
export function uploadedSource(source: Source): Source {
  const withSum = async (entry: Entry): Promise<Entry> => {
    if (entry.kind !== 'file') return entry;
    const reader = await source.open(entry.path);
    const bytes = await reader.read(0, reader.size);
    await reader.close();
    return { ...entry, crc32: crc32(bytes, 0) };
  };
  return {
    ...source,
    isUpload: true,
    list: async () => {
      const listing = await source.list();
      return {
        ...listing,
        entries: await Promise.all(listing.entries.map(withSum)),
      };
    },
  };
}
