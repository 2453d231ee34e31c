/** A tensor to build: its dtype, shape and bytes; zeros where no bytes are given. */
export interface TensorSpec {
  readonly dtype?: string;
  readonly shape: readonly number[];
  readonly bytes?: Uint8Array;
}

const LENGTH_BYTES = 8;
const ALIGNMENT = 8;
const SIZES: Readonly<Record<string, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  U8: 1,
};

/** A safetensors file as the library writes it: the header padded to 8 bytes. */
export function safetensors(
  tensors: Readonly<Record<string, TensorSpec>>,
  metadata: Readonly<Record<string, string>> | null = { format: 'pt' },
): Uint8Array {
  const header: [string, unknown][] =
    metadata === null ? [] : [['__metadata__', metadata]];
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { dtype = 'F32', shape, bytes }] of Object.entries(
    tensors,
  )) {
    const elements = shape.reduce((product, size) => product * size, 1);
    const content = bytes ?? new Uint8Array(elements * (SIZES[dtype] ?? 0));
    const end = offset + content.length;
    header.push([name, { dtype, shape, data_offsets: [offset, end] }]);
    data.push(content);
    offset = end;
  }
  const text = JSON.stringify(Object.fromEntries(header));
  const padding = (ALIGNMENT - (text.length % ALIGNMENT)) % ALIGNMENT;
  return safetensorsOf(text + ' '.repeat(padding), concat(data));
}

/** A file with exactly this header text and data, right or wrong. */
export function safetensorsOf(
  header: string | Uint8Array,
  data: Uint8Array = new Uint8Array(),
  headerBytes?: number | bigint,
): Uint8Array {
  const text =
    typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const length = new Uint8Array(LENGTH_BYTES);
  const view = new DataView(length.buffer);
  view.setBigUint64(0, BigInt(headerBytes ?? text.length), true);
  return concat([length, text, data]);
}

/** The parts one after another. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(
    parts.reduce((total, part) => total + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
