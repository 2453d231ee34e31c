import { concat } from './safetensors.ts';
import {
  FALSE,
  global,
  int,
  ORDERED_DICT,
  pickle,
  reduced,
  text,
  tuple,
} from './pickle.ts';

/** What to write in place of what `torch.save` writes to its legacy format. */
export interface TorchLegacySpec {
  readonly protocol?: number;
  /** The pickle of the object; by default two tensors of 8 F32 values each. */
  readonly object?: Uint8Array;
  /** Of the storages behind the pickles. */
  readonly keys?: readonly string[];
  /** Elements said before the values of each storage. */
  readonly counts?: readonly number[];
  readonly values?: readonly Uint8Array[];
}

const MAGIC = [
  0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19,
];
const PROTO = [0x80, 2];
const STOP = 0x2e;
const NONE = [0x4e];

/** A tensor of 8 F32 values as the legacy format has it: an id of six fields. */
export function legacyTensor(
  key: string,
  { view = NONE, type = 'FloatStorage', module = 'torch', count = int(8) } = {},
): number[] {
  const id = tuple(
    text('storage'),
    global(module, type),
    text(key),
    text('cpu'),
    count,
    view,
  );
  return reduced(
    global('torch._utils', '_rebuild_tensor_v2'),
    [...id, 0x51],
    int(0),
    tuple(int(2), int(4)),
    tuple(int(4), int(1)),
    FALSE,
    ORDERED_DICT,
  );
}

/** A dict of tensors by name, as the pickle of an object. */
export function legacyDict(
  tensors: Readonly<Record<string, readonly number[]>>,
): Uint8Array {
  const items = Object.entries(tensors).flatMap(([name, value]) => [
    ...text(name),
    ...value,
  ]);
  return pickle(PROTO, 0x7d, 0x28, items, 0x75, STOP);
}

/** Five pickles, then each storage: its number of elements (i64) and its values. */
export function buildTorchLegacy({
  protocol = 1001,
  object = legacyDict({ a: legacyTensor('0'), b: legacyTensor('1') }),
  keys = ['0', '1'],
  counts = keys.map(() => 8),
  values = keys.map(() => new Uint8Array(32)),
}: TorchLegacySpec = {}): Uint8Array {
  return concat([
    pickle(PROTO, MAGIC, STOP),
    pickle(PROTO, int(protocol), STOP),
    pickle(PROTO, 0x7d, STOP),
    object,
    pickle(PROTO, 0x5d, 0x28, keys.flatMap(text), 0x65, STOP),
    ...keys.flatMap((_, index) => [
      count(counts[index] ?? 0),
      values[index] ?? new Uint8Array(),
    ]),
  ]);
}

function count(elements: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(elements), true);
  return bytes;
}
