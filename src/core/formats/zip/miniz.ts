import type { ZipEntry } from './types.ts';

/** miniz searches in pieces of 4096 bytes that overlap by 3. */
const PIECE_BYTES = 4096;
const STEP_BYTES = PIECE_BYTES - 3;
const WINDOW_BYTES = 65_535 + 22;

/**
 * The lowest offset at which miniz 3.0.2 (`mz_zip_reader_locate_header_sig`), and
 * so torch, looks for the end record: up to 69,584 bytes from the end. In a file
 * smaller than that its step back past the start wraps around and the search ends
 * in an error, so that the first bytes are never looked at (measured, torch 2.13).
 */
export function findMinizSearchStart(fileBytes: number): number {
  let start = Math.max(0, fileBytes - PIECE_BYTES);
  while (start >= STEP_BYTES && fileBytes - start < WINDOW_BYTES)
    start -= STEP_BYTES;
  return start;
}

/** Whether a search that finds nothing ends in that error. */
export function isMinizSearchCut(fileBytes: number): boolean {
  const start = findMinizSearchStart(fileBytes);
  return start > 0 && fileBytes - start < WINDOW_BYTES;
}

/** Names are the same to miniz when they differ in the case of A-Z only. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * The entry that miniz takes for each folded name. Of several with one name it is
 * neither the first nor the last but what its (unstable) heap sort and binary
 * search arrive at, which this repeats.
 */
export function indexByName(
  entries: readonly ZipEntry[],
): ReadonlyMap<string, ZipEntry> {
  const named = entries.map((entry) => ({ key: foldName(entry.name), entry }));
  const byName = new Map<string, ZipEntry>();
  const repeated = new Set<string>();
  for (const { key, entry } of named) {
    if (byName.has(key)) repeated.add(key);
    byName.set(key, entry);
  }
  if (repeated.size === 0) return byName;
  const sorted = heapSort(named);
  for (const key of repeated) {
    const entry = search(sorted, key);
    if (entry) byName.set(key, entry);
  }
  return byName;
}

interface Named {
  readonly key: string;
  readonly entry: ZipEntry;
}

/** `mz_zip_reader_sort_central_dir_offsets_by_filename`, swap for swap. */
function heapSort(named: readonly Named[]): readonly Named[] {
  const heap = [...named];
  for (let root = (heap.length - 2) >> 1; root >= 0; root -= 1)
    siftDown(heap, root, heap.length);
  for (let end = heap.length - 1; end > 0; end -= 1) {
    swap(heap, end, 0);
    siftDown(heap, 0, end);
  }
  return heap;
}

function siftDown(heap: Named[], from: number, size: number): void {
  let root = from;
  for (;;) {
    let child = 2 * root + 1;
    if (child >= size) return;
    if (child + 1 < size && isLess(heap[child], heap[child + 1])) child += 1;
    if (!isLess(heap[root], heap[child])) return;
    swap(heap, root, child);
    root = child;
  }
}

function isLess(left: Named | undefined, right: Named | undefined): boolean {
  return left !== undefined && right !== undefined && left.key < right.key;
}

function swap(heap: Named[], left: number, right: number): void {
  const [a, b] = [heap[left], heap[right]];
  if (a === undefined || b === undefined) return;
  heap[left] = b;
  heap[right] = a;
}

/** `mz_zip_locate_file_binary_search`. */
function search(sorted: readonly Named[], key: string): ZipEntry | undefined {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = low + ((high - low) >> 1);
    const found = sorted[middle];
    if (found === undefined || found.key === key) return found?.entry;
    if (found.key < key) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
