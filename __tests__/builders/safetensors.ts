/** A tensor to build; where no bytes are given, small numbers as training leaves them. */
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
    const content = bytes ?? trained(dtype, elements);
    const end = offset + content.length;
    header.push([name, { dtype, shape, data_offsets: [offset, end] }]);
    data.push(content);
    offset = end;
  }
  const text = JSON.stringify(Object.fromEntries(header));
  const padding = (ALIGNMENT - (text.length % ALIGNMENT)) % ALIGNMENT;
  return safetensorsOf(text + ' '.repeat(padding), concat(data));
}

/** Goes on, so that no two tensors, and no two files, hold the same. */
let seed = 1;

/** Numbers between -0.1 and 0.1, or small whole ones. */
function trained(dtype: string, elements: number): Uint8Array {
  const size = SIZES[dtype] ?? 0;
  const view = new DataView(new ArrayBuffer(elements * size));
  for (let at = 0; at < view.byteLength; at += size) {
    seed = (seed * 48_271) % 2_147_483_647;
    const value = seed / 1e10 - 0.1;
    if (dtype === 'F64') view.setFloat64(at, value, true);
    else if (dtype === 'F32') view.setFloat32(at, value, true);
    else if (dtype === 'F16')
      view.setUint16(at, 0x2000 + (seed % 0x0c00), true);
    else if (dtype === 'BF16')
      view.setUint16(at, 0x3c00 + (seed % 0x01c0), true);
    else view.setUint8(at, seed % 100);
  }
  return new Uint8Array(view.buffer);
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
