import type { FileValues } from '../values/read-values.ts';
import type { WeightsFile } from './subjects.ts';

/**
 * Whether two files of the same size hold the same bytes where one of them has its
 * tensors. Of files whose digests agree all bytes are compared, since a digest takes
 * a part of them.
 *
 * @param values of the second
 * @throws SourceError when the bytes cannot be had
 */
export async function haveEqualValues(
  first: WeightsFile,
  second: WeightsFile,
  { tensors }: FileValues,
): Promise<boolean> {
  if (first.file.sizeBytes !== second.file.sizeBytes) return false;
  const begin = Math.min(...tensors.map((one) => one.begin));
  const end = Math.max(...tensors.map((one) => one.end));
  return first.file.read((left) =>
    second.file.read(async (right) => {
      const others = right.stream(begin, end)[Symbol.asyncIterator]();
      for await (const piece of left.stream(begin, end)) {
        const other = await others.next();
        if (other.done === true || !isSame(piece, other.value)) return false;
      }
      return true;
    }),
  );
}

/** What two files share where all their tensors are equal; others seldom do. */
export function digestOf({ tensors }: FileValues): string {
  // Two halves of one sum, for the order of the tensors may differ.
  const sums = [0, 0];
  for (const { name, dtype, digest } of tensors) {
    for (const [half, factor] of [0x01000193, 0x85ebca6b].entries()) {
      let hash = 0x811c9dc5;
      for (const text of [name, dtype, digest])
        hash = hashOn(hash, text, factor);
      sums[half] = ((sums[half] ?? 0) + hash) >>> 0;
    }
  }
  return [tensors.length, ...sums].join(' ');
}

/** FNV-1a (Fowler, Noll and Vo) over one text more, with this factor. */
function hashOn(start: number, text: string, factor: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), factor);
  // A mark between the texts.
  return Math.imul(hash ^ 0xff, factor);
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1)
    if (left[at] !== right[at]) return false;
  return true;
}
