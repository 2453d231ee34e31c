import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { combineCrc32, repeatCrc32 } from './crc32.ts';

/** Bytes that may be larger than memory: computed where they are asked for. */
export interface Content {
  readonly sizeBytes: number;
  /** The bytes [start, end); both lie within the content. */
  readonly slice: (start: number, end: number) => Uint8Array;
  /** Where it costs less than reading everything. */
  readonly crc32?: () => number;
}

/** What is read at once where a content is gone through from end to end. */
export const PIECE_BYTES = 256 * 1024;

/** A content held in memory. */
export function bytesContent(given: string | Uint8Array): Content {
  const bytes = typeof given === 'string' ? Buffer.from(given) : given;
  return {
    sizeBytes: bytes.length,
    slice: (start, end) => bytes.subarray(start, end),
    crc32: () => crc32(bytes),
  };
}

/** Zeros, as a sparse file has them. */
export function zeros(sizeBytes: number): Content {
  return {
    sizeBytes,
    slice: (start, end) => new Uint8Array(end - start),
    crc32: () => repeatCrc32(crc32(Uint8Array.of(0)), 1, sizeBytes),
  };
}

/** Not a power of two, so that tensors of one file do not repeat each other. */
const TILE_BYTES = 4 * 262_147;
let tile: Uint8Array | null = null;

/** Float32 numbers like trained ones: a bell around zero, none of it zero, all below 0.2. */
function trainedTile(): Uint8Array {
  if (tile !== null) return tile;
  const numbers = new Float32Array(TILE_BYTES / 4);
  let seed = 1;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let at = 0; at < numbers.length; at++) {
    const sum = next() + next() + next() + next() - 2;
    numbers[at] = sum === 0 ? 0.01 : sum * 0.05;
  }
  return (tile = new Uint8Array(numbers.buffer));
}

/** By size and seed: archives of the same contents are built again and again. */
const checksums = new Map<string, number>();

/**
 * Numbers as training leaves them, float32. Every seed starts elsewhere in one
 * tile that all share, so that any number of contents costs 1 MiB.
 */
export function trained(sizeBytes: number, seed: number): Content {
  const bytes = trainedTile();
  // Whole numbers further on, and far from the places of the next seeds.
  const phase = (((seed * 100_003) % (TILE_BYTES / 4)) + 1) * 4;
  const slice = (start: number, end: number) => {
    const into = new Uint8Array(end - start);
    for (let at = 0; at < into.length;) {
      const from = (phase + start + at) % TILE_BYTES;
      const part = bytes.subarray(from, from + into.length - at);
      into.set(part, at);
      at += part.length;
    }
    return into;
  };
  return {
    sizeBytes,
    slice,
    crc32: () => {
      const key = `${sizeBytes} ${seed}`;
      const known = checksums.get(key);
      if (known !== undefined) return known;
      const rounds = Math.floor(sizeBytes / TILE_BYTES);
      const rest = sizeBytes % TILE_BYTES;
      const whole = rounds === 0 ? 0 : crc32(slice(0, TILE_BYTES));
      const crc = combineCrc32(
        repeatCrc32(whole, TILE_BYTES, rounds),
        crc32(slice(0, rest)),
        rest,
      );
      checksums.set(key, crc);
      return crc;
    },
  };
}

/** One content after another. */
export function joined(parts: readonly Content[]): Content {
  const starts: number[] = [];
  let sizeBytes = 0;
  for (const part of parts) {
    starts.push(sizeBytes);
    sizeBytes += part.sizeBytes;
  }
  const slice = (start: number, end: number) => {
    const first = partAt(starts, start);
    const from = start - (starts[first] ?? 0);
    const own = parts[first];
    // Of a large part most pieces are a part of it alone: no second copy.
    if (own !== undefined && from + end - start <= own.sizeBytes)
      return own.slice(from, from + end - start);
    const into = new Uint8Array(end - start);
    for (let index = first; ; index++) {
      const part = parts[index];
      const at = starts[index];
      if (part === undefined || at === undefined || at >= end) return into;
      const from = Math.max(start, at);
      const until = Math.min(end, at + part.sizeBytes);
      if (from < until)
        into.set(part.slice(from - at, until - at), from - start);
    }
  };
  return {
    sizeBytes,
    slice,
    crc32: () =>
      parts.reduce(
        (crc, part) => combineCrc32(crc, crc32Of(part), part.sizeBytes),
        0,
      ),
  };
}

/** The last part that starts at or before a place. */
function partAt(starts: readonly number[], place: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? Infinity) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The content in pieces, from first to last. */
export function* pieces(
  content: Content,
  start = 0,
  end = content.sizeBytes,
): Generator<Uint8Array> {
  for (let at = start; at < end; at += PIECE_BYTES)
    yield content.slice(at, Math.min(end, at + PIECE_BYTES));
}

export function crc32Of(content: Content): number {
  if (content.crc32 !== undefined) return content.crc32();
  let crc = 0;
  for (const piece of pieces(content)) crc = crc32(piece, crc);
  return crc;
}

/** `sha256:<hex>`, as artifacts are listed with it; reads everything. */
export function digestOf(content: Content): string {
  const hash = createHash('sha256');
  for (const piece of pieces(content)) hash.update(piece);
  return `sha256:${hash.digest('hex')}`;
}
