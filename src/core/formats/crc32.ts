import type { Crc32 } from '../bytes/reader.ts';

const POLYNOMIAL = 0xedb88320;
/** Eight bytes a round: one table for each distance from the end of the round. */
const ROUND = 8;
let known: Uint32Array | null = null;

function makeTables(): Uint32Array {
  const tables = new Uint32Array(ROUND * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1)
      value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
    tables[byte] = value;
  }
  for (let at = 256; at < tables.length; at += 1) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
  }
  return tables;
}

/** CRC-32 without any codec of a platform. */
export const crc32: Crc32 = (bytes, seed) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  known ??= makeTables();
  const tables = known;
  const table = (distance: number, byte: number) =>
    tables[distance * 256 + (byte & 0xff)] ?? 0;
  let value = ~seed;
  let at = 0;
  for (const end = bytes.length - ROUND; at <= end; at += ROUND) {
    const low = view.getUint32(at, true) ^ value;
    const high = view.getUint32(at + 4, true);
    value =
      table(7, low) ^
      table(6, low >>> 8) ^
      table(5, low >>> 16) ^
      table(4, low >>> 24) ^
      table(3, high) ^
      table(2, high >>> 8) ^
      table(1, high >>> 16) ^
      table(0, high >>> 24);
  }
  for (; at < bytes.length; at += 1)
    value = (value >>> 8) ^ table(0, value ^ view.getUint8(at));
  return ~value >>> 0;
};
