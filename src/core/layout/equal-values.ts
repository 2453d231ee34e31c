import { copyOf } from '../wording.ts';
import type { FileValues } from '../values/read-values.ts';
import type { WeightsFile } from './subjects.ts';

/**
 * Whether two files of the same size hold the same bytes where one of them has its
 * tensors. Of files whose digests agree all bytes are compared, since a digest takes
 * a part of them.
 *
 * @param values of the second, in the order in which they lie in the file
 * @throws SourceError when the bytes cannot be had
 */
export async function haveEqualValues(
  first: WeightsFile,
  second: WeightsFile,
  { tensors }: FileValues,
): Promise<boolean> {
  if (first.file.sizeBytes !== second.file.sizeBytes) return false;
  const { crc32 } = first.file;
  // In an archive the bytes were held against it as their values were read.
  if (crc32 !== null && crc32 === second.file.crc32) return true;
  const begin = tensors[0]?.begin ?? 0;
  const end = tensors.reduce((most, one) => Math.max(most, one.end), begin);
  return first.file.read((left) =>
    second.file.read((right) =>
      areSame(left.stream(begin, end), right.stream(begin, end)),
    ),
  );
}

/** Whether two streams bring the same bytes; the pieces of each may end anywhere. */
async function areSame(
  left: AsyncIterable<Uint8Array>,
  right: AsyncIterable<Uint8Array>,
): Promise<boolean> {
  const others = right[Symbol.asyncIterator]();
  let ahead: Uint8Array = new Uint8Array();
  try {
    for await (const piece of left) {
      for (let at = 0; at < piece.length;) {
        if (ahead.length === 0) {
          const next = await others.next();
          if (next.done === true) return false;
          ahead = next.value;
          continue;
        }
        const length = Math.min(piece.length - at, ahead.length);
        const own = piece.subarray(at, at + length);
        if (!isSame(own, ahead.subarray(0, length))) return false;
        at += length;
        ahead = ahead.subarray(length);
      }
    }
    return true;
  } finally {
    await others.return?.();
  }
}

/**
 * Tells what two files share where all their tensors are equal; others seldom do. One for
 * many files: those of a run have the same names, of which a thousand adapters have 100,000.
 */
export function digester(): (values: FileValues) => string {
  const known = new Map<string, number>();
  const hashOnce = (name: string) => {
    const hash = known.get(name) ?? hashOn(BASIS, name);
    if (known.size < NAMES_KNOWN_MAX) known.set(copyOf(name), hash);
    return hash;
  };
  return ({ tensors }) => {
    const isKept = tensors.length <= NAMES_KNOWN_MAX;
    // A sum, for the order of the tensors may differ.
    let sum = 0;
    for (const { name, dtype, digest } of tensors) {
      const ofName = isKept ? hashOnce(name) : hashOn(BASIS, name);
      const named = hashOn(ofName, dtype);
      sum += Math.imul(named ^ (digest % HALF), PRIME) >>> 0;
    }
    return `${tensors.length} ${sum}`;
  };
}

/** Of an adapter; there may be as many runs as checkpoints. */
const NAMES_KNOWN_MAX = 512;
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
/** What of a digest is mixed in. */
const HALF = 2 ** 32;

/** FNV-1a (Fowler, Noll and Vo) over one text more, and a mark behind it. */
function hashOn(start: number, text: string): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return Math.imul(hash ^ 0xff, PRIME);
}

/** Of as many bytes. */
function isSame(left: Uint8Array, right: Uint8Array): boolean {
  for (let at = 0; at < left.length; at += 1)
    if (left[at] !== right[at]) return false;
  return true;
}
