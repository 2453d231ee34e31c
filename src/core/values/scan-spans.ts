import type { ByteReader } from '../bytes/reader.ts';
import type { Kernel } from './kernels.ts';
import { scanTensor } from './scan-tensor.ts';
import type { ByteOrder, Scanned, TensorScan } from './scan-tensor.ts';

/** Bytes `[begin, end)` of a file that hold numbers of one dtype. */
export interface Span {
  readonly kernel: Kernel;
  readonly begin: number;
  readonly end: number;
}

/**
 * Scans the spans of a file in one pass: each byte is read once, however spans lie
 * upon one another, and memory does not grow with the file. This is the place for
 * anything faster: it has to answer the same.
 *
 * @returns what was found in each span, in the order given
 * @throws SourceError when the bytes cannot be had
 */
export async function scanSpans(
  reader: ByteReader,
  spans: readonly Span[],
  order: ByteOrder,
): Promise<readonly Scanned[]> {
  const found: (Scanned | undefined)[] = Array.from({ length: spans.length });
  const waiting = spans
    .map((span, index): Waiting => ({ ...span, index }))
    .sort((left, right) => left.begin - right.begin || left.end - right.end);
  let next = 0;
  let open: Open[] = [];
  const close = (one: Open) => {
    found[one.index] = one.scan.finish();
  };
  for (const [begin, end] of regionsOf(waiting)) {
    let at = begin;
    for await (const chunk of reader.stream(begin, end)) {
      const after = at + chunk.length;
      for (
        let one = waiting[next];
        one && one.begin < after;
        one = waiting[next]
      ) {
        open.push({
          ...one,
          scan: scanTensor(one.kernel, order, one.end - one.begin),
        });
        next++;
      }
      for (const { begin: from, end: to, scan } of open)
        scan.feed(chunk.subarray(Math.max(from - at, 0), to - at));
      open.filter((one) => one.end <= after).forEach(close);
      open = open.filter((one) => one.end > after);
      at = after;
    }
  }
  return spans.map(
    (one, at) => found[at] ?? scanTensor(one.kernel, order, 0).finish(),
  );
}

interface Waiting extends Span {
  readonly index: number;
}

interface Open extends Waiting {
  readonly scan: TensorScan;
}

/** What is to be read: spans that touch or overlap as one. */
function regionsOf(sorted: readonly Span[]): readonly [number, number][] {
  const regions: [number, number][] = [];
  for (const { begin, end } of sorted) {
    if (begin === end) continue;
    const last = regions.at(-1);
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
    else regions.push([begin, end]);
  }
  return regions;
}
