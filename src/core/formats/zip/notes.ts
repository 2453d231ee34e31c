import { LOCAL_HEADER_BYTES } from './fields.ts';
import type { ZipEntry, ZipNote } from './types.ts';

/** What is against the specification in entries that a loader reads all the same. */
export function findNotes(
  entries: readonly ZipEntry[],
  directoryOffset: number,
): readonly ZipNote[] {
  const beyond = entries.filter(
    (entry) => findMinimalEnd(entry) > directoryOffset,
  );
  const differing = entries.filter(
    ({ method, compressedBytes, sizeBytes }) =>
      method === 0 && compressedBytes !== sizeBytes,
  );
  return [
    ...noteOf('entry-beyond-directory', beyond),
    ...noteOf('duplicate-name', findRepeated(entries)),
    ...noteOf('sizes-differ', differing),
  ];
}

function findMinimalEnd(entry: ZipEntry): number {
  const { localHeaderOffset, nameBytes, compressedBytes } = entry;
  return localHeaderOffset + LOCAL_HEADER_BYTES + nameBytes + compressedBytes;
}

function findRepeated(entries: readonly ZipEntry[]): readonly ZipEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ name }) => {
    const isRepeated = seen.has(name);
    seen.add(name);
    return isRepeated;
  });
}

function noteOf(
  code: 'entry-beyond-directory' | 'duplicate-name' | 'sizes-differ',
  entries: readonly ZipEntry[],
): readonly ZipNote[] {
  const [first] = entries;
  return first ? [{ code, name: first.name, count: entries.length }] : [];
}
