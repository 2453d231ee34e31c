import type { NamedTensor } from './tensors-in.ts';

/** What the tensors of one process lack against whole ones. */
export interface RowSlice {
  /** How many tensors have fewer rows. */
  readonly tensors: number;
  /** In how many parts their rows are split. */
  readonly parts: number;
  /** One of them, and its two shapes. */
  readonly tensor: string;
  readonly found: number[];
  readonly whole: number[];
}

/** No run of an adapter has more processes. */
const MAX_PARTS = 4096;

/**
 * Finds whether every tensor is the first part of its rows, all split in the same
 * number: `torch.chunk` gives each process the rounded-up share (FSDP2). Fewer rows
 * in a single tensor may be another configuration.
 */
export function findSlice(
  own: ReadonlyMap<string, NamedTensor>,
  whole: ReadonlyMap<string, NamedTensor>,
): RowSlice | null {
  if (own.size !== whole.size) return null;
  const pairs: Pair[] = [];
  for (const [name, { shape }] of own) {
    const there = whole.get(name)?.shape;
    if (there === undefined || !hasSameColumns(shape, there)) return null;
    pairs.push({ name, found: [...shape], whole: [...there] });
  }
  const fewer = pairs.filter((one) => rows(one.found) < rows(one.whole));
  const [first] = fewer;
  if (first === undefined || fewer.length < 2) return null;
  const parts = partsOf(pairs, fewer);
  if (parts === null) return null;
  const { name: tensor, found, whole: complete } = first;
  return { tensors: fewer.length, parts, tensor, found, whole: complete };
}

interface Pair {
  readonly name: string;
  readonly found: number[];
  readonly whole: number[];
}

function rows(shape: readonly number[]): number {
  return shape[0] ?? 1;
}

function hasSameColumns(left: readonly number[], right: readonly number[]) {
  return (
    left.length === right.length &&
    left.every((length, at) => at === 0 || length === right[at])
  );
}

/** The number of parts that explains all shapes, the least where several do. */
function partsOf(
  pairs: readonly Pair[],
  fewer: readonly Pair[],
): number | null {
  // The largest tensor leaves the fewest numbers to try.
  const largest = fewer.reduce((most, one) =>
    rows(one.whole) > rows(most.whole) ? one : most,
  );
  const isShare = ({ found, whole }: Pair, parts: number) =>
    rows(found) === Math.ceil(rows(whole) / parts);
  const least = Math.ceil(
    rows(largest.whole) / Math.max(rows(largest.found), 1),
  );
  for (let parts = least; parts <= MAX_PARTS; parts += 1) {
    if (!isShare(largest, parts)) return null;
    if (pairs.every((one) => isShare(one, parts))) return parts;
  }
  return null;
}
