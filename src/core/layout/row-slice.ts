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
  const parts = partsOf(pairs);
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

/**
 * The least number of parts that explains all shapes: `found` rows are the rounded-up
 * share of `whole` for every number from whole / found to below whole / (found - 1).
 */
function partsOf(pairs: readonly Pair[]): number | null {
  let least = 2;
  let most = MAX_PARTS;
  for (const pair of pairs) {
    const found = rows(pair.found);
    const whole = rows(pair.whole);
    if (found === 0 && whole > 0) return null;
    if (found > 0) least = Math.max(least, Math.ceil(whole / found));
    if (found > 1) most = Math.min(most, Math.ceil(whole / (found - 1)) - 1);
  }
  return least <= most ? least : null;
}
