import type { Kernel } from './kernels.ts';

/** One tensor and where its numbers lie in the file. */
export interface PlacedTensor {
  readonly name: string;
  /** As safetensors spells it; `null` where it is not known. */
  readonly dtype: string | null;
  readonly shape: readonly number[];
  /** The byte of the file where its storage begins. */
  readonly origin: number;
  /** Elements of the storage before its first. */
  readonly offset: number;
  /** `null`: row after row without gaps. */
  readonly strides: readonly number[] | null;
  /** Why its numbers are not looked at, whatever they are; `null` for none. */
  readonly hidden: string | null;
}

/** How many elements a tensor of this shape has. */
export function countElements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Bytes that `elements` of a dtype take. */
export function bytesFor({ width, parts, perWidth }: Kernel, elements: number) {
  return Math.ceil((elements * width * parts) / perWidth);
}

/** Strides of a tensor that lies row after row without gaps. */
export function contiguousStrides(shape: readonly number[]): readonly number[] {
  let stride = 1;
  return shape
    .toReversed()
    .map((size) => {
      const own = stride;
      stride *= size;
      return own;
    })
    .toReversed();
}

/** Dimensions of more than one element, the one of the longest stride first. */
function dimensionsOf(shape: readonly number[], strides: readonly number[]) {
  return shape
    .map((size, at) => ({ at, size, stride: strides[at] ?? 0 }))
    .filter(({ size }) => size > 1)
    .sort((left, right) => right.stride - left.stride);
}

/** Whether the elements lie without gaps or repeats, in whatever order. */
export function isDense(
  shape: readonly number[],
  strides: readonly number[],
): boolean {
  let expected = 1;
  for (const { size, stride } of dimensionsOf(shape, strides).toReversed()) {
    if (stride !== expected) return false;
    expected *= size;
  }
  return true;
}

/** The place in a dense tensor of the element that is stored as the `index`-th. */
export function placeOf(
  index: number,
  shape: readonly number[],
  strides: readonly number[],
): readonly number[] {
  const place = shape.map(() => 0);
  let rest = index;
  for (const { at, stride } of dimensionsOf(shape, strides)) {
    place[at] = Math.floor(rest / stride);
    rest %= stride;
  }
  return place;
}
