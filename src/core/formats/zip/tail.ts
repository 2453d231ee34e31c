import type { ByteReader } from '../../bytes/reader.ts';

/** Bytes up to the end of a file, read once and sliced from then on. */
export interface Tail {
  /** Where `bytes` start in the file. */
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The bytes of `[start, size)`. */
export async function readTail(
  reader: ByteReader,
  start: number,
): Promise<Tail> {
  return { start, bytes: await reader.read(start, reader.size - start) };
}

/** The same tail, begun earlier; only the missing bytes are read. */
export async function extendTail(
  reader: ByteReader,
  tail: Tail,
  start: number,
): Promise<Tail> {
  if (start >= tail.start) return tail;
  const missing = await reader.read(start, tail.start - start);
  return { start, bytes: joinBytes(missing, tail.bytes) };
}

/** `length` bytes from `start` on; what the tail holds is not read again. */
export async function readNearTail(
  reader: ByteReader,
  tail: Tail,
  start: number,
  length: number,
): Promise<Uint8Array> {
  const end = start + length;
  if (end <= tail.start) return reader.read(start, length);
  const held = tail.bytes.subarray(
    Math.max(start, tail.start) - tail.start,
    end - tail.start,
  );
  if (start >= tail.start) return held;
  return joinBytes(await reader.read(start, tail.start - start), held);
}

function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
