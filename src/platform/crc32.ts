import * as zlib from 'node:zlib';
import type { Crc32, Source } from '../core/bytes/reader.ts';
import { crc32 as ownCrc32 } from '../core/formats/crc32.ts';

/** node:zlib's CRC-32, some eight times as fast; ours where Node (before 20.15) has none. */
const crc32: Crc32 =
  'crc32' in zlib ? (bytes, seed) => zlib.crc32(bytes, seed) : ownCrc32;

/** The same target; its sources have the platform's CRC-32. */
export function withCrc32<T extends { readonly sources: readonly Source[] }>(
  target: T,
): T {
  const sources = target.sources.map((source) => ({ ...source, crc32 }));
  return { ...target, sources };
}
