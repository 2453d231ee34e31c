/** Bytes of a pickle, part after part: opcodes as numbers, arguments as bytes. */
export function pickle(
  ...parts: readonly (number | readonly number[] | Uint8Array)[]
): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])),
  );
}

const encoder = new TextEncoder();

function uint32(value: number): number[] {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return [...bytes];
}

/** BINUNICODE. */
export function text(value: string): number[] {
  const bytes = encoder.encode(value);
  return [0x58, ...uint32(bytes.length), ...bytes];
}

/** BININT. */
export function int(value: number): number[] {
  return [0x4a, ...uint32(value)];
}

/** LONG1, which Python writes from 2^31 on. */
export function long(value: number): number[] {
  return [0x8a, 5, ...uint32(value), 0];
}

/** BINFLOAT. */
export function float(value: number): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return [0x47, ...bytes];
}

/** GLOBAL. */
export function global(module: string, name: string): number[] {
  return [0x63, ...encoder.encode(`${module}\n${name}\n`)];
}

/** MARK … TUPLE. */
export function tuple(...items: readonly (readonly number[])[]): number[] {
  return [0x28, ...items.flat(), 0x74];
}

/** EMPTY_LIST, MARK … APPENDS. */
export function list(...items: readonly (readonly number[])[]): number[] {
  return [0x5d, 0x28, ...items.flat(), 0x65];
}

/** EMPTY_DICT, MARK … SETITEMS. */
export function dict(
  ...entries: readonly (readonly [readonly number[], readonly number[]])[]
): number[] {
  return [0x7d, 0x28, ...entries.flat(2), 0x75];
}

/** What is made, and a state that is put into it: BUILD. */
export function built(
  made: readonly number[],
  state: readonly number[],
): number[] {
  return [...made, ...state, 0x62];
}

/** A callee and its arguments: REDUCE. */
export function reduced(
  callee: readonly number[],
  ...args: readonly (readonly number[])[]
): number[] {
  return [...callee, ...tuple(...args), 0x52];
}

export const NONE = [0x4e];
export const TRUE = [0x88];
export const FALSE = [0x89];
export const ORDERED_DICT = reduced(global('collections', 'OrderedDict'));

/** What a test changes of a tensor that torch.save wrote. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  readonly offset?: number;
  readonly key?: string;
  readonly elements?: number;
  readonly storage?: string;
}

/** A tensor as torch.save writes it: `_rebuild_tensor_v2` of a storage. */
export function tensor({
  shape,
  strides = contiguous(shape),
  offset = 0,
  key = '0',
  elements = shape.reduce((product, size) => product * size, 1),
  storage = 'FloatStorage',
}: TensorSpec): number[] {
  const id = tuple(
    text('storage'),
    global('torch', storage),
    text(key),
    text('cpu'),
    int(elements),
  );
  return reduced(
    global('torch._utils', '_rebuild_tensor_v2'),
    [...id, 0x51],
    int(offset),
    tuple(...shape.map(int)),
    tuple(...strides.map(int)),
    FALSE,
    ORDERED_DICT,
  );
}

function contiguous(shape: readonly number[]): number[] {
  return shape.map((_, at) =>
    shape.slice(at + 1).reduce((product, size) => product * size, 1),
  );
}

/** A state dict of protocol 2: EMPTY_DICT, MARK, names and tensors, SETITEMS. */
export function stateDict(
  tensors: Readonly<Record<string, readonly number[]>>,
): Uint8Array {
  const items = Object.entries(tensors).flatMap(([name, value]) => [
    ...text(name),
    ...value,
  ]);
  return pickle([0x80, 2], 0x7d, 0x28, items, 0x75, 0x2e);
}
