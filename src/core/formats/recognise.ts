import type { ByteReader } from '../bytes/reader.ts';
import type { Content } from './content.ts';
import { findBinaryKind, isZip } from './magic.ts';
import { isPickle, isTorchLegacy } from './pickle-magic.ts';
import { classifyText } from './text-content.ts';

export { contentName } from './content.ts';
export type { Content } from './content.ts';

/** What a file is recognised by. */
export interface ContentSample {
  /** The first bytes: HEAD_BYTES of them, or all. */
  readonly head: Uint8Array;
  /** Of the whole file. */
  readonly sizeBytes: number;
  /**
   * What else was read to tell whether all is zero; only asked for where the
   * head is all zero and not the whole file.
   */
  readonly edges?: readonly Uint8Array[];
}

/**
 * Zeros at both ends of a file for as long as this are one that was never
 * written (a crash, a sparse file): no format has so many at its start.
 */
const ZERO_EDGE_BYTES = 64 * 1024;
const FIRST_BYTES = 8;

/**
 * What a file is by its content, never by its name; `head` are its first bytes
 * (up to HEAD_BYTES). Reads more only where the head is all zero, and then no
 * more than 64 KiB at each end.
 *
 * @throws SourceError when those bytes cannot be had.
 */
export async function recognise(
  head: Uint8Array,
  reader: ByteReader,
): Promise<Content> {
  const sample = { head, sizeBytes: reader.size };
  return needsEdges(sample) && reader.access === 'random'
    ? recogniseSample({ ...sample, edges: await readEdges(head, reader) })
    : recogniseSample(sample);
}

/**
 * The same without reading. Rejects nothing: what it does not know is `unknown`,
 * a zero head without `edges` too.
 */
export function recogniseSample(sample: ContentSample): Content {
  const { head, sizeBytes } = sample;
  if (sizeBytes === 0) return { kind: 'empty' };
  if (isAllZero(head)) return describeZeros(sample);
  if (isZip(head)) return { kind: 'zip' };
  // Pickles of protocol 0 are texts too.
  const isTextPickle =
    head[0] !== 0x80 && (isTorchLegacy(head) || isPickle(head));
  const text = isTextPickle ? null : classifyText(head, sizeBytes);
  if (text !== null) return text;
  const kind = findBinaryKind(head);
  return kind === null ? unknown(head) : { kind };
}

function needsEdges({ head, sizeBytes }: ContentSample): boolean {
  return head.length > 0 && head.length < sizeBytes && isAllZero(head);
}

async function readEdges(
  head: Uint8Array,
  reader: ByteReader,
): Promise<readonly Uint8Array[]> {
  const { size } = reader;
  const firstEnd = Math.min(size, ZERO_EDGE_BYTES);
  const first = await reader.read(head.length, firstEnd - head.length);
  const lastStart = Math.max(firstEnd, size - ZERO_EDGE_BYTES);
  const isDone = lastStart >= size || !isAllZero(first);
  return isDone
    ? [first]
    : [first, await reader.read(lastStart, size - lastStart)];
}

function describeZeros({ head, sizeBytes, edges }: ContentSample): Content {
  const isWhole = head.length >= sizeBytes;
  const hasZeroEdges = edges?.every(isAllZero) === true;
  return isWhole || hasZeroEdges ? { kind: 'zero-filled' } : unknown(head);
}

function isAllZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function unknown(head: Uint8Array): Content {
  const first = Array.from(head.subarray(0, FIRST_BYTES), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  return { kind: 'unknown', firstBytes: first.join(' ') };
}
