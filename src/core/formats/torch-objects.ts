import type { PickleCall, PickleValue } from './pickle/values.ts';
import { fullNameOf } from './torch-globals.ts';
import { sizesIn } from './torch-sizes.ts';

/**
 * Whether torch makes this call of what is no tensor: `null`, or what is not known
 * of it. Containers that it is given may be added to later, so only those count
 * that torch itself gives.
 */
export function judgeObject(name: string, call: PickleCall): string | null {
  const args = call.args.kind === 'tuple' ? call.args.items : null;
  const isMade = args !== null && OBJECTS.get(name)?.(args, call) === true;
  return isMade ? null : `an object of ${name}`;
}

/**
 * Of one argument that is looked at: a pickle may give the same one to a hundred
 * thousand calls.
 */
const ITEMS_MAX = 256;
const TEXT_MAX_CHARACTERS = 1024;

type ObjectRule = (args: readonly PickleValue[], call: PickleCall) => boolean;

const isUntouched = ({ items, entries, states }: PickleCall) =>
  items.length === 0 && entries.length === 0 && states.length === 0;

const OBJECTS: ReadonlyMap<string, ObjectRule> = new Map<string, ObjectRule>([
  [
    'collections.OrderedDict',
    (args, { items, states }) =>
      args.length === 0 &&
      items.length === 0 &&
      states.every(({ kind }) => kind === 'dict'),
  ],
  [
    'collections.Counter',
    ([from, ...more], { items, states }) =>
      (from === undefined || from.kind === 'dict') &&
      more.length === 0 &&
      items.length === 0 &&
      states.length === 0,
  ],
  [
    'torch.Size',
    ([sizes, ...more], call) =>
      sizes?.kind === 'tuple' &&
      sizesIn(sizes) !== null &&
      more.length === 0 &&
      isUntouched(call),
  ],
  [
    'torch.device',
    ([type, index, ...more], call) =>
      type?.kind === 'text' &&
      /^(?:cpu|cuda|meta|mps|xpu)$/.test(type.value) &&
      (index === undefined || isIndex(index)) &&
      more.length === 0 &&
      isUntouched(call),
  ],
  [
    'torch.serialization._get_layout',
    (_args, call) => layoutOf(call) !== null && isUntouched(call),
  ],
  [
    'builtins.set',
    ([items, ...more], call) =>
      (items === undefined ||
        (items.kind === 'list' &&
          items.items.length <= ITEMS_MAX &&
          items.items.every(isScalar))) &&
      more.length === 0 &&
      isUntouched(call),
  ],
  [
    'builtins.bytearray',
    ([from, ...more], call) =>
      (from === undefined || (from.kind === 'call' && isEncoded(from))) &&
      more.length === 0 &&
      isUntouched(call),
  ],
  [
    'builtins.complex',
    (args, call) =>
      args.length === 2 &&
      args.every(({ kind }) => kind === 'float') &&
      isUntouched(call),
  ],
  ['_codecs.encode', (_args, call) => isEncoded(call) && isUntouched(call)],
]);

/** Above, torch refuses the number of a device. */
const DEVICES = 16n;

function isIndex(value: PickleValue): boolean {
  return value.kind === 'int' && value.value >= 0n && value.value < DEVICES;
}

function isScalar({ kind }: PickleValue): boolean {
  return ['none', 'bool', 'int', 'float', 'text', 'bytes'].includes(kind);
}

/** Bytes, as pickle writes them below protocol 3: a text and `latin1`. */
function isEncoded({ callee, args, isReduced }: PickleCall): boolean {
  if (!isReduced || callee.kind !== 'global' || args.kind !== 'tuple')
    return false;
  const [text, encoding, ...more] = args.items;
  return (
    fullNameOf(callee) === '_codecs.encode' &&
    text?.kind === 'text' &&
    text.value.length <= TEXT_MAX_CHARACTERS &&
    /^[\0-\xff]*$/.test(text.value) &&
    encoding?.kind === 'text' &&
    encoding.value === 'latin1' &&
    more.length === 0
  );
}

const LAYOUTS =
  /^torch\.(?:strided|sparse_coo|sparse_csr|sparse_csc|sparse_bsr|sparse_bsc)$/;

/** The layout that a call of `_get_layout` gives, or `null`. */
export function layoutOf({
  callee,
  args,
  isReduced,
}: PickleCall): string | null {
  if (!isReduced || callee.kind !== 'global' || args.kind !== 'tuple')
    return null;
  const [name, ...more] = args.items;
  return fullNameOf(callee) === 'torch.serialization._get_layout' &&
    name?.kind === 'text' &&
    LAYOUTS.test(name.value) &&
    more.length === 0
    ? name.value
    : null;
}
