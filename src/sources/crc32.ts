import type { Crc32 } from '../core/bytes/reader.ts';
import { crc32 as ownCrc32 } from '../core/formats/crc32.ts';

let fastest: Crc32 | null = null;

/** Loaded only here: it would take 1 ms of every start, and few files have sums. */
export const crc32: Crc32 = (bytes, seed) => {
  fastest ??= findFastest();
  return fastest(bytes, seed);
};

/** node:zlib's CRC-32, some eight times as fast; ours where Node (before 20.15) has none. */
function findFastest(): Crc32 {
  const zlib = process.getBuiltinModule('node:zlib');
  return 'crc32' in zlib ? (bytes, seed) => zlib.crc32(bytes, seed) : ownCrc32;
}
