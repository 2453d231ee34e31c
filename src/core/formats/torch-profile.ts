import type { Argument } from './pickle/arguments.ts';
import type { PickleWatcher } from './pickle/machine.ts';
import type { OpcodeName } from './pickle/opcodes.ts';
import { linesIn } from './pickle/scalars.ts';
import type { Machine } from './pickle/stack.ts';
import type { PickleGlobal, PickleValue } from './pickle/values.ts';
import {
  fullNameOf,
  isAllowedGlobal,
  isBlockedGlobal,
} from './torch-globals.ts';

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
    watch: ({ name, code }, argument, machine, at) => {
      const rule = RULES.get(name);
      if (rule === undefined) {
        first = { kind: 'opcode', at, code };
        return 'leave';
      }
      // Of most opcodes nothing is asked: a random state has hundreds of them.
      if (rule === null) return 'go on';
      const refused = rule(machine, argument, rules);
      if (refused !== null) first = { ...refused, at };
      doubt ??= DOUBTS.get(name)?.(machine) ?? null;
      return refused === null ? 'go on' : 'leave';
    },
    refusal: () => first,
    doubt: () => doubt,
  };
}

interface Rules {
  readonly idFields: StorageIdFields;
  readonly more: ReadonlySet<string>;
}

type Refused =
  | { readonly kind: 'global' | 'blocked-global'; readonly global: string }
  | { readonly kind: 'call' | 'build' | 'container' | 'persistent-id' };

/** What an opcode is refused for, before it is carried out. */
type Rule = (
  machine: Machine,
  argument: Argument,
  rules: Rules,
) => Refused | null;

const refusedUnless = (
  kind: 'call' | 'build' | 'container' | 'persistent-id',
  isTaken: boolean,
): Refused | null => (isTaken ? null : { kind });

/** What is no global at all has no place among those that may be called. */
const calls: Rule = ({ stack }) =>
  refusedUnless('call', stack.at(-2)?.kind === 'global');

const FREE: readonly OpcodeName[] = [
  'PROTO',
  'STOP',
  'MARK',
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
  'EMPTY_DICT',
  'EMPTY_SET',
  'BINPUT',
  'LONG_BINPUT',
  'BINGET',
  'LONG_BINGET',
];

/**
 * The opcodes of `torch.load(weights_only=True)`, `null` for those that it takes
 * anywhere; of any other it says `Unsupported operand` (torch/_weights_only_unpickler.py,
 * `Unpickler.load`).
 */
const RULES: ReadonlyMap<OpcodeName, Rule | null> = new Map<
  OpcodeName,
  Rule | null
>([
  ...FREE.map((name): [OpcodeName, null] => [name, null]),
  [
    'GLOBAL',
    (_machine, argument, { more }) => refusedGlobal(linesIn(argument), more),
  ],
  ['REDUCE', calls],
  ['NEWOBJ', calls],
  ['BUILD', ({ stack }) => refusedUnless('build', isBuildable(stack.at(-2)))],
  [
    'APPEND',
    ({ stack }) => refusedUnless('container', stack.at(-2)?.kind === 'list'),
  ],
  [
    'APPENDS',
    ({ marks }) =>
      refusedUnless('container', marks.at(-1)?.at(-1)?.kind === 'list'),
  ],
  [
    'SETITEM',
    ({ stack }) =>
      refusedUnless(
        'container',
        isSettable(stack.at(-3)) && isKey(stack.at(-2)),
      ),
  ],
  [
    'SETITEMS',
    ({ stack, marks }) =>
      refusedUnless(
        'container',
        isSettable(marks.at(-1)?.at(-1)) &&
          stack.every((value, index) => index % 2 === 1 || isKey(value)),
      ),
  ],
  [
    'BINPERSID',
    ({ stack }, _argument, { idFields }) =>
      refusedUnless('persistent-id', isStorageId(stack.at(-1), idFields)),
  ],
]);

function refusedGlobal(
  [module = '', name = '']: readonly string[],
  more: ReadonlySet<string>,
): Refused | null {
  const global: PickleGlobal = { kind: 'global', module, name };
  if (isBlockedGlobal(global))
    return { kind: 'blocked-global', global: fullNameOf(global) };
  return isAllowedGlobal(global) || more.has(fullNameOf(global))
    ? null
    : { kind: 'global', global: fullNameOf(global) };
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

/** Why it is not known whether an opcode that is not refused is taken. */
type Doubt = (machine: Machine) => string | null;

const DOUBTS: ReadonlyMap<OpcodeName, Doubt> = new Map<OpcodeName, Doubt>([
  ['SETITEM', ({ stack }) => (isOddKey(stack.at(-2)) ? ODD_KEY : null)],
  [
    'SETITEMS',
    ({ stack }) =>
      stack.some((value, index) => index % 2 === 0 && isOddKey(value))
        ? ODD_KEY
        : null,
  ],
  [
    'BUILD',
    ({ stack }) => (stack.at(-2)?.kind === 'set' ? 'a set with a state' : null),
  ],
]);

function isOddKey(value: PickleValue | undefined): boolean {
  return value?.kind === 'tuple' || value?.kind === 'call';
}
