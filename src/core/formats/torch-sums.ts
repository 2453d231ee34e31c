import type { ByteReader, Crc32 } from '../bytes/reader.ts';
import { isLookedFor } from './torch-headers.ts';
import type { TorchZip } from './torch-zip.ts';
import { readContentOffset } from './zip/stored.ts';

/** What the checksums of a torch zip say of its records; torch.load looks at none. */
export interface TorchSums {
  /** Every checksum is 0: written with `set_crc32_options(False)`, nothing to hold. */
  readonly isOff: boolean;
  /** Records, of those that are there to be loaded, whose content was held against it. */
  readonly held: number;
  readonly heldBytes: number;
  /** Compressed or encrypted ones, or such whose content cannot be found. */
  readonly left: number;
  /** By the name that torch gives them: records whose local header is none. */
  readonly lost: readonly string[];
  /** By the name that torch gives them, e.g. `data/0`, in the order of the file. */
  readonly damaged: readonly {
    readonly record: string;
    readonly sizeBytes: number;
    readonly expected: number;
    readonly found: number;
  }[];
}

const STORED = 0;

/**
 * Reads every record of a torch zip and holds it against the CRC-32 in the directory.
 * Memory stays bounded: content is streamed.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function checkTorchSums(
  reader: ByteReader,
  { records, isCrcOff }: TorchZip,
  crc32: Crc32,
): Promise<TorchSums> {
  const damaged: TorchSums['damaged'][number][] = [];
  const lost: string[] = [];
  let held = 0;
  let heldBytes = 0;
  let left = 0;
  const inFileOrder = [...records].sort(
    ([, one], [, other]) => one.localHeaderOffset - other.localHeaderOffset,
  );
  for (const [record, entry] of inFileOrder) {
    const offset = await readContentOffset(reader, entry);
    const isPlain = entry.method === STORED && !entry.isEncrypted;
    if (!offset.ok && isLookedFor(record, entry)) lost.push(record);
    if (isCrcOff) continue;
    if (!offset.ok || !isPlain) {
      left += 1;
      continue;
    }
    const { sizeBytes, crc32: expected } = entry;
    let found = 0;
    const end = offset.value + sizeBytes;
    for await (const piece of reader.stream(offset.value, end))
      found = crc32(piece, found);
    held += 1;
    heldBytes += sizeBytes;
    if (found !== expected)
      damaged.push({ record, sizeBytes, expected, found });
  }
  return { isOff: isCrcOff, held, heldBytes, left, lost, damaged };
}
