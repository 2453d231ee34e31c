import { SAFETENSORS_HEADER_MAX_BYTES } from '../bytes/limits.ts';
import type { BinaryKind } from './content.ts';
import { isPickle, isTorchLegacy } from './pickle-magic.ts';
import { readSafeU64, viewOf } from './zip/fields.ts';

interface Magic {
  readonly kind: BinaryKind;
  readonly at: number;
  readonly bytes: readonly number[];
}

/** No two of these can hold for one file, but for `tar`, which comes last. */
const MAGICS: readonly Magic[] = [
  { kind: 'torch-preview', at: 0, bytes: ascii('PYTORCH1') },
  { kind: 'gguf', at: 0, bytes: ascii('GGUF') },
  { kind: 'npy', at: 0, bytes: [0x93, ...ascii('NUMPY')] },
  { kind: '7z', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { kind: 'gzip', at: 0, bytes: [0x1f, 0x8b, 8] }, // 8: deflate, the one method
  { kind: 'zstd', at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: 'xz', at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0] },
  {
    kind: 'hdf5',
    at: 0,
    bytes: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
  },
  { kind: 'tflite', at: 4, bytes: ascii('TFL3') },
  { kind: 'tar', at: 257, bytes: ascii('ustar') },
];

/** `PK` and a local header, or the end of an archive without entries. */
const ZIP_MAGICS = [
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
];

/** The files of a training are mostly such, and no text holds these controls. */
export function isZip(head: Uint8Array): boolean {
  return ZIP_MAGICS.some((bytes) => hasBytes(head, 0, bytes));
}

/**
 * The binary format but zip that these first bytes of a file begin, or `null`. Text that
 * happens to begin alike (`GGUF is a format`) has to be ruled out first.
 */
export function findBinaryKind(head: Uint8Array): BinaryKind | null {
  const magic = MAGICS.find(({ at, bytes }) => hasBytes(head, at, bytes));
  if (magic) return magic.kind;
  if (isBzip2(head)) return 'bzip2';
  if (isSafetensors(head)) return 'safetensors';
  if (isTorchLegacy(head)) return 'torch-legacy';
  return isPickle(head) ? 'pickle' : null;
}

/** Whether these bytes stand at this offset. */
export function hasBytes(
  head: Uint8Array,
  at: number,
  bytes: readonly number[],
): boolean {
  return bytes.every((byte, index) => head[at + index] === byte);
}

/**
 * Header length N as u64, 2 ≤ N ≤ 100,000,000, then `{` after JSON white space
 * (safetensors/src/tensor.rs). N may be more than the file has: a truncated file.
 */
function isSafetensors(head: Uint8Array): boolean {
  if (head.length < 9) return false;
  const headerBytes = readSafeU64(viewOf(head), 0);
  if (headerBytes === null || headerBytes < 2) return false;
  if (headerBytes > SAFETENSORS_HEADER_MAX_BYTES) return false;
  const first = head.subarray(8).find((byte) => !isJsonSpace(byte));
  return first === 0x7b;
}

function isJsonSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** `BZh`, the block size as a digit, then the first block or the end of the stream. */
function isBzip2(head: Uint8Array): boolean {
  const level = head[3] ?? 0;
  return (
    hasBytes(head, 0, ascii('BZh')) &&
    level >= 0x31 &&
    level <= 0x39 &&
    (hasBytes(head, 4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) ||
      hasBytes(head, 4, [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]))
  );
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
