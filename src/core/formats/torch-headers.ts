import {
  LOCAL_HEADERS_GAP_BYTES,
  LOCAL_HEADERS_MAX,
  LOCAL_HEADERS_READ_BYTES,
} from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import type { TorchZip } from './torch-zip.ts';
import { LOCAL_HEADER_BYTES } from './zip/fields.ts';
import { parseContentOffset } from './zip/stored.ts';
import type { ZipEntry } from './zip/types.ts';

/** What torch.load asks for besides the storages (torch 2.13; folded names). */
const ASKED_BY_NAME: ReadonlySet<string> = new Set([
  '.data/serialization_id',
  '.data/version',
  '.format_version',
  '.storage_alignment',
  'byteorder',
  'data.pkl',
  'version',
]);

/**
 * Whether torch.load looks for the bytes of a record. Of an empty one miniz does not, and
 * what a pickle does not name torch.save does not write.
 */
export function isLookedFor(record: string, entry: ZipEntry): boolean {
  return (
    entry.compressedBytes > 0 &&
    (ASKED_BY_NAME.has(record) || record.startsWith('data/'))
  );
}

/**
 * The records whose local header is none or leads beyond the file, by torch's names, what
 * it reads first before the storages. The directory knows their sizes, so that nothing
 * else shows it; torch.load refuses each (miniz, `mz_zip_reader_extract_to_mem`).
 *
 * @returns `null` where there are more records than are looked at
 * @throws SourceError when the bytes cannot be had
 */
export async function findLostHeaders(
  reader: ByteReader,
  { records }: TorchZip,
): Promise<readonly string[] | null> {
  const asked = [...records].filter(([name, entry]) =>
    isLookedFor(name, entry),
  );
  if (asked.length > LOCAL_HEADERS_MAX) return null;
  const lost: string[] = [];
  for (const group of groupNear(asked)) {
    const start = group[0]?.[1].localHeaderOffset ?? 0;
    const last = group.at(-1)?.[1].localHeaderOffset ?? 0;
    const bytes = await reader.read(start, last + LOCAL_HEADER_BYTES - start);
    for (const [name, entry] of group) {
      const header = bytes.subarray(entry.localHeaderOffset - start);
      if (!parseContentOffset(header, entry, reader.size).ok) lost.push(name);
    }
  }
  return [
    ...lost.filter((name) => ASKED_BY_NAME.has(name)),
    ...lost.filter((name) => !ASKED_BY_NAME.has(name)),
  ];
}

type Named = readonly [name: string, entry: ZipEntry];

/** In file order, what is had in one read. */
function groupNear(records: readonly Named[]): readonly (readonly Named[])[] {
  const offsetOf = ([, entry]: Named) => entry.localHeaderOffset;
  const sorted = [...records].sort(
    (one, other) => offsetOf(one) - offsetOf(other),
  );
  const groups: Named[][] = [];
  let start = 0;
  let before = 0;
  for (const one of sorted) {
    const at = offsetOf(one);
    const group = groups.at(-1);
    const isNear =
      at - before <= LOCAL_HEADERS_GAP_BYTES &&
      at + LOCAL_HEADER_BYTES - start <= LOCAL_HEADERS_READ_BYTES;
    if (group !== undefined && isNear) group.push(one);
    else {
      groups.push([one]);
      start = at;
    }
    before = at;
  }
  return groups;
}
