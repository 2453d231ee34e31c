import { VALUE_SHARED_MAX } from '../bytes/limits.ts';
import { scanRanges } from '../bytes/reader.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { kernelOf } from './kernels.ts';
import {
  bytesFor,
  contiguousStrides,
  countElements,
  isDense,
  placeOf,
} from './placed.ts';
import type { PlacedTensor } from './placed.ts';
import { scanOf } from './scan-spans.ts';
import type { Scan, Span } from './scan-spans.ts';
import type { ByteOrder, Scanned } from './scan-tensor.ts';

/** What the numbers of one tensor show. */
export interface TensorValues extends Scanned {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Whether it is of numbers that training changes by small amounts. */
  readonly isFloat: boolean;
  readonly elements: number;
  /** The place of the first NaN or infinity, an index a dimension. */
  readonly firstPlace: readonly number[] | null;
  /** Bytes `[begin, end)` of the file. */
  readonly begin: number;
  readonly end: number;
}

/** A tensor whose numbers were not looked at, and why. */
export interface Unexamined {
  readonly name: string;
  readonly reason: string;
}

/** What the numbers of a file show. */
export interface FileValues {
  /** In the order in which they lie in the file. */
  readonly tensors: readonly TensorValues[];
  readonly unexamined: readonly Unexamined[];
}

/**
 * Feeds the bytes of a file to a scan of its values.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readScan<T>(
  reader: ByteReader,
  { ranges, feed, finish }: Scan<T>,
): Promise<T> {
  await scanRanges(reader, ranges, feed);
  return finish();
}

/** A scan of the numbers of tensors, each byte once, in a file of `fileBytes`. */
export function valuesScan(
  fileBytes: number,
  placed: readonly PlacedTensor[],
  order: ByteOrder,
): Scan<FileValues> {
  const unexamined: Unexamined[] = [];
  const taken: PlacedTensor[] = [];
  const spans: Span[] = [];
  let budget = fileBytes * VALUE_SHARED_MAX;
  for (const tensor of placed) {
    const span = spanOf(tensor, fileBytes);
    const isWithin =
      typeof span !== 'string' && span.end - span.begin <= budget;
    if (typeof span === 'string')
      unexamined.push({ name: tensor.name, reason: span });
    else if (isWithin) {
      budget -= span.end - span.begin;
      taken.push(tensor);
      spans.push(span);
    } else
      unexamined.push({
        name: tensor.name,
        reason: 'more tensors share its storage than are looked at',
      });
  }
  const { ranges, feed, finish } = scanOf(spans, order);
  const finishAll = () => {
    const scans = finish();
    const tensors = taken.flatMap((tensor, at) => {
      const span = spans[at];
      const scanned = scans[at];
      return span && scanned ? [valuesOf(tensor, span, scanned)] : [];
    });
    return {
      tensors: tensors.sort((left, right) => left.begin - right.begin),
      unexamined,
    };
  };
  return { ranges, feed, finish: finishAll };
}

/** Where the numbers lie, or why they are not looked at. */
function spanOf(tensor: PlacedTensor, fileBytes: number): Span | string {
  const { dtype, shape, strides, hidden, origin, offset } = tensor;
  if (hidden !== null) return hidden;
  const kernel = dtype === null ? null : kernelOf(dtype);
  if (kernel === null)
    return `numbers of the type ${dtype ?? 'unknown'} are not looked at`;
  if (strides !== null && !isDense(shape, strides))
    return 'it is a view with gaps or repeats of its storage';
  const begin = origin + bytesFor(kernel, offset);
  const end = begin + bytesFor(kernel, countElements(shape));
  return end <= fileBytes ? { kernel, begin, end } : 'it ends beyond the file';
}

function valuesOf(
  { name, dtype, shape, strides }: PlacedTensor,
  { kernel, begin, end }: Span,
  scanned: Scanned,
): TensorValues {
  const { firstBad } = scanned;
  const placeIn = (at: number) =>
    placeOf(at, shape, strides ?? contiguousStrides(shape));
  // Spelt out: V8 keeps a shape of its own for each object made by spreading another,
  // 48 MB for 100,000 tensors.
  return {
    nan: scanned.nan,
    infinite: scanned.infinite,
    firstBad,
    largest: scanned.largest,
    constant: scanned.constant,
    isPaired: scanned.isPaired,
    repeatedPages: scanned.repeatedPages,
    zeroTailBytes: scanned.zeroTailBytes,
    digest: scanned.digest,
    name,
    dtype: dtype ?? '',
    shape,
    isFloat: kernel.isFloat,
    elements: countElements(shape),
    firstPlace: firstBad === null ? null : placeIn(firstBad),
    begin,
    end,
  };
}
