import type { PickleOperation, PickleWatcher } from './pickle/machine.ts';
import type { OpcodeName } from './pickle/opcodes.ts';
import type { Machine } from './pickle/stack.ts';
import type { PickleGlobal, PickleValue } from './pickle/values.ts';
import {
  fullNameOf,
  isAllowedGlobal,
  isBlockedGlobal,
} from './torch-globals.ts';

/**
 * The opcodes of `torch.load(weights_only=True)`; of any other it says `Unsupported
 * operand` (torch/_weights_only_unpickler.py, `Unpickler.load`).
 */
const OPCODES: ReadonlySet<OpcodeName> = new Set<OpcodeName>([
  'PROTO',
  'STOP',
  'MARK',
  'GLOBAL',
  'REDUCE',
  'BUILD',
  'NEWOBJ',
  'BINPERSID',
  'NONE',
  'NEWTRUE',
  'NEWFALSE',
  'BININT',
  'BININT1',
  'BININT2',
  'LONG1',
  'BINFLOAT',
  'BINUNICODE',
  'SHORT_BINSTRING',
  'EMPTY_TUPLE',
  'TUPLE',
  'TUPLE1',
  'TUPLE2',
  'TUPLE3',
  'EMPTY_LIST',
  'APPEND',
  'APPENDS',
  'EMPTY_DICT',
  'SETITEM',
  'SETITEMS',
  'EMPTY_SET',
  'BINPUT',
  'LONG_BINPUT',
  'BINGET',
  'LONG_BINGET',
]);

/** The first thing in a pickle that `weights_only` refuses, at the byte `at`. */
export type TorchRefusal =
  | { readonly kind: 'opcode'; readonly at: number; readonly code: number }
  | {
      readonly kind: 'global' | 'blocked-global';
      readonly at: number;
      /** Module and name. */
      readonly global: string;
    }
  /** A call of, or state put into, what is none of the allowed globals. */
  | { readonly kind: 'call' | 'build'; readonly at: number }
  /** Something appended or set on what takes none. */
  | { readonly kind: 'container'; readonly at: number }
  /** An id that stands for no storage. */
  | { readonly kind: 'persistent-id'; readonly at: number };

/**
 * Fields of a storage's id: 5 in a zip, 6 in the legacy format, where a pickle beside
 * the one of the object takes none at all.
 */
export type StorageIdFields = 5 | 6 | 'none';

const NO_MORE: ReadonlySet<string> = new Set();

/**
 * Watches a pickle being worked through; ends it at the first refusal.
 *
 * @param more globals that the loader allows besides torch's own
 */
export function weightsOnlyProfile(
  idFields: StorageIdFields,
  more = NO_MORE,
): {
  readonly watch: PickleWatcher;
  readonly refusal: () => TorchRefusal | null;
  /** The first thing of which it is not known whether torch takes it. */
  readonly doubt: () => string | null;
} {
  let first: TorchRefusal | null = null;
  let doubt: string | null = null;
  const rules = { idFields, more };
  return {
    watch: (operation, machine) => {
      first = findRefusal(operation, machine, rules);
      doubt ??= findDoubt(operation, machine);
      return first === null ? 'go on' : 'leave';
    },
    refusal: () => first,
    doubt: () => doubt,
  };
}

interface Rules {
  readonly idFields: StorageIdFields;
  readonly more: ReadonlySet<string>;
}

function findRefusal(
  { name, code, at, argument }: PickleOperation,
  { stack, marks }: Machine,
  { idFields, more }: Rules,
): TorchRefusal | null {
  if (!OPCODES.has(name)) return { kind: 'opcode', at, code };
  switch (name) {
    case 'GLOBAL':
      return argument.kind === 'lines'
        ? refusedGlobal(argument.lines, at, more)
        : null;
    case 'REDUCE':
    case 'NEWOBJ':
      // What is no global at all has no place among those that may be called.
      return stack.at(-2)?.kind === 'global' ? null : { kind: 'call', at };
    case 'BUILD':
      return isBuildable(stack.at(-2)) ? null : { kind: 'build', at };
    case 'APPEND':
      return stack.at(-2)?.kind === 'list' ? null : { kind: 'container', at };
    case 'APPENDS':
      return marks.at(-1)?.at(-1)?.kind === 'list'
        ? null
        : { kind: 'container', at };
    case 'SETITEM':
      return isSettable(stack.at(-3)) && isKey(stack.at(-2))
        ? null
        : { kind: 'container', at };
    case 'SETITEMS':
      return isSettable(marks.at(-1)?.at(-1)) &&
        stack.every((value, index) => index % 2 === 1 || isKey(value))
        ? null
        : { kind: 'container', at };
    case 'BINPERSID':
      return isStorageId(stack.at(-1), idFields)
        ? null
        : { kind: 'persistent-id', at };
    default:
      return null;
  }
}

function refusedGlobal(
  [module = '', name = '']: readonly string[],
  at: number,
  more: ReadonlySet<string>,
): TorchRefusal | null {
  const global: PickleGlobal = { kind: 'global', module, name };
  if (isBlockedGlobal(global))
    return { kind: 'blocked-global', at, global: fullNameOf(global) };
  return isAllowedGlobal(global) || more.has(fullNameOf(global))
    ? null
    : { kind: 'global', at, global: fullNameOf(global) };
}

/** What a call would make, by the global that is called. */
function madeBy(value: PickleValue | undefined): string | null {
  return value?.kind === 'call' && value.callee.kind === 'global'
    ? fullNameOf(value.callee)
    : null;
}

function isSettable(value: PickleValue | undefined): boolean {
  if (value?.kind === 'dict') return true;
  const made = madeBy(value);
  return made === 'collections.OrderedDict' || made === 'collections.Counter';
}

/** Python takes nothing for a key that can be added to; of a tuple see the doubts. */
function isKey(value: PickleValue | undefined): boolean {
  const made = madeBy(value);
  return (
    !['list', 'dict', 'set'].includes(value?.kind ?? 'none') &&
    made !== 'collections.OrderedDict' &&
    made !== 'collections.Counter' &&
    made !== 'builtins.set' &&
    made !== 'builtins.bytearray'
  );
}

function isBuildable(value: PickleValue | undefined): boolean {
  return value?.kind === 'set' || madeBy(value) !== null;
}

function isStorageId(
  value: PickleValue | undefined,
  idFields: StorageIdFields,
): boolean {
  if (value?.kind !== 'tuple' || value.items.length !== idFields) return false;
  const [type] = value.items;
  return type?.kind === 'text' && type.value === 'storage';
}

const ODD_KEY = 'a dict with keys of a rare kind';

function findDoubt(
  { name }: PickleOperation,
  { stack }: Machine,
): string | null {
  switch (name) {
    case 'SETITEM':
      return isOddKey(stack.at(-2)) ? ODD_KEY : null;
    case 'SETITEMS':
      return stack.some((value, index) => index % 2 === 0 && isOddKey(value))
        ? ODD_KEY
        : null;
    case 'BUILD':
      return stack.at(-2)?.kind === 'set' ? 'a set with a state' : null;
    default:
      return null;
  }
}

function isOddKey(value: PickleValue | undefined): boolean {
  return value?.kind === 'tuple' || value?.kind === 'call';
}
