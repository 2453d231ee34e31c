import type { Feed, Range } from '../bytes/reader.ts';
import type { Kernel } from './kernels.ts';
import { scanTensor } from './scan-tensor.ts';
import type { ByteOrder, Scanned, TensorScan } from './scan-tensor.ts';

/** Bytes `[begin, end)` of a file that hold numbers of one dtype. */
export interface Span {
  readonly kernel: Kernel;
  readonly begin: number;
  readonly end: number;
}

/** A scan that waits for its bytes. */
export interface Scan<T> {
  /** What has to be fed; more may be, in order. */
  readonly ranges: readonly Range[];
  readonly feed: Feed;
  /** What was found, once all ranges have been fed. */
  readonly finish: () => T;
}

/**
 * Scans the spans of a file in one pass: each byte is fed once, however spans lie
 * upon one another, and memory does not grow with the file. Gives what was found in
 * each span, in the order given.
 */
export function scanOf(
  spans: readonly Span[],
  order: ByteOrder,
): Scan<readonly Scanned[]> {
  const found: (Scanned | undefined)[] = Array.from({ length: spans.length });
  const waiting = inOrder(spans);
  let next = 0;
  let open: Open[] = [];
  const take = (chunk: Uint8Array, at: number) => {
    const after = at + chunk.length;
    /** Whether there is more of it in the next piece. */
    const feed = ({ span, index, scan }: Open) => {
      scan.feed(chunk.subarray(Math.max(span.begin - at, 0), span.end - at));
      if (span.end > after) return true;
      found[index] = scan.finish();
      return false;
    };
    open = open.filter(feed);
    // Of many small tensors in a piece one after the other is open.
    for (; next < waiting.length; next++) {
      const index = waiting[next] ?? 0;
      const span = spans[index];
      if (span === undefined || span.begin >= after) break;
      const { kernel, begin, end } = span;
      const one = { span, index, scan: scanTensor(kernel, order, end - begin) };
      if (feed(one)) open.push(one);
    }
  };
  return {
    ranges: regionsOf(spans, waiting),
    feed: take,
    finish: () =>
      spans.map(
        (one, at) => found[at] ?? scanTensor(one.kernel, order, 0).finish(),
      ),
  };
}

interface Open {
  readonly span: Span;
  readonly index: number;
  readonly scan: TensorScan;
}

/** Places in the list, by where the spans begin. */
function inOrder(spans: readonly Span[]): Uint32Array {
  const beginOf = (at: number) => spans[at]?.begin ?? 0;
  const endOf = (at: number) => spans[at]?.end ?? 0;
  return Uint32Array.from(spans, (_span, at) => at).sort(
    (left, right) =>
      beginOf(left) - beginOf(right) || endOf(left) - endOf(right),
  );
}

/** What is to be read: spans that touch or overlap as one. */
function regionsOf(
  spans: readonly Span[],
  ordered: Uint32Array,
): readonly [number, number][] {
  const regions: [number, number][] = [];
  for (const index of ordered) {
    const { begin, end } = spans[index] ?? { begin: 0, end: 0 };
    if (begin === end) continue;
    const last = regions.at(-1);
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
    else regions.push([begin, end]);
  }
  return regions;
}
