import type { TensorSpec } from './safetensors.ts';

/** A float32 tensor of these numbers. */
export function floats(
  shape: readonly number[],
  numbers: readonly number[],
): TensorSpec {
  return {
    shape,
    bytes: new Uint8Array(Float32Array.from(numbers).buffer),
  };
}

/** A float32 tensor that holds one number throughout. */
export function filled(shape: readonly number[], number: number): TensorSpec {
  const elements = shape.reduce((product, size) => product * size, 1);
  return floats(shape, new Array<number>(elements).fill(number));
}
