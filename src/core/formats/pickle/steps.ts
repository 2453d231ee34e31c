import type { Argument } from './arguments.ts';
import {
  spanIn,
  decodeText,
  lineIn,
  linesIn,
  numberIn,
  parseInteger,
  twosComplement,
} from './scalars.ts';
import type { OpcodeName } from './opcodes.ts';
import { pop, popMark, StepFault, top } from './stack.ts';
import type { Machine } from './stack.ts';
import type { PickleCall, PicklePersistent, PickleValue } from './values.ts';

/** What one opcode does to the machine (CPython Lib/pickle.py, `load_…`). */
export type Step = (machine: Machine, argument: Argument) => void;

const NONE: PickleValue = { kind: 'none' };
const TRUE: PickleValue = { kind: 'bool', value: true };
const FALSE: PickleValue = { kind: 'bool', value: false };

const nothing: Step = () => undefined;

const push =
  (make: (argument: Argument) => PickleValue): Step =>
  ({ stack }, argument) => {
    stack.push(make(argument));
  };

const integer = (argument: Argument): PickleValue => ({
  kind: 'int',
  value: BigInt(numberIn(argument)),
});

const text = (argument: Argument): PickleValue => ({
  kind: 'text',
  value: decodeText(spanIn(argument)),
});

const rawBytes = (argument: Argument): PickleValue => ({
  kind: 'bytes',
  // A copy: a view would keep the whole file in memory.
  value: spanIn(argument).array().slice(),
});

const global = (argument: Argument): PickleValue => {
  const [module = '', name = ''] = linesIn(argument);
  return { kind: 'global', module, name };
};

const tupleOf =
  (count: number): Step =>
  (machine) => {
    const { stack } = machine;
    if (stack.length < count) throw new StepFault('stack-empty');
    const items = stack.splice(stack.length - count);
    stack.push({ kind: 'tuple', items });
  };

const fetchFrom =
  (keyOf: (argument: Argument) => number): Step =>
  ({ stack, memo }, argument) => {
    const value = memo.get(keyOf(argument));
    if (value === undefined) throw new StepFault('memo-empty');
    stack.push(value);
  };

const storeAt =
  (keyOf: (argument: Argument) => number): Step =>
  (machine, argument) => {
    machine.memo.set(keyOf(argument), top(machine));
  };

const callWith =
  (isReduced: boolean): Step =>
  (machine) => {
    const args = pop(machine);
    call(machine, pop(machine), args, isReduced);
  };

/** By name, so that one that is missing here does not compile. */
export const STEPS: Readonly<Record<OpcodeName, Step>> = {
  MARK: (machine) => {
    machine.marks.push(machine.stack);
    machine.stack = [];
  },
  STOP: nothing,
  PROTO: nothing,
  FRAME: nothing,
  POP: (machine) => {
    // As CPython does: with nothing above the mark, the mark goes.
    if (machine.stack.length > 0) machine.stack.pop();
    else popMark(machine);
  },
  POP_MARK: popMark,
  DUP: (machine) => {
    machine.stack.push(top(machine));
  },
  NONE: push(() => NONE),
  NEWTRUE: push(() => TRUE),
  NEWFALSE: push(() => FALSE),
  INT: push((argument) => {
    const line = lineIn(argument);
    if (line === '01') return TRUE;
    return line === '00' ? FALSE : { kind: 'int', value: parseInteger(line) };
  }),
  LONG: push((argument) => ({
    kind: 'int',
    value: parseInteger(lineIn(argument).replace(/L$/, '')),
  })),
  BININT: push(integer),
  BININT1: push(integer),
  BININT2: push(integer),
  LONG1: push((argument) => ({
    kind: 'int',
    value: twosComplement(spanIn(argument)),
  })),
  LONG4: push((argument) => ({
    kind: 'int',
    value: twosComplement(spanIn(argument)),
  })),
  FLOAT: push((argument) => ({
    kind: 'float',
    value: Number(lineIn(argument)),
  })),
  BINFLOAT: push((argument) => ({ kind: 'float', value: numberIn(argument) })),
  STRING: push((argument) => ({
    kind: 'text',
    value: lineIn(argument).replace(/^(['"])(.*)\1$/s, '$2'),
  })),
  UNICODE: push((argument) => ({ kind: 'text', value: lineIn(argument) })),
  BINSTRING: push(text),
  SHORT_BINSTRING: push(text),
  BINUNICODE: push(text),
  SHORT_BINUNICODE: push(text),
  BINUNICODE8: push(text),
  BINBYTES: push(rawBytes),
  SHORT_BINBYTES: push(rawBytes),
  BINBYTES8: push(rawBytes),
  BYTEARRAY8: push(rawBytes),
  NEXT_BUFFER: push(() => ({ kind: 'persistent', id: NONE })),
  READONLY_BUFFER: nothing,
  PERSID: push((argument) => ({
    kind: 'persistent',
    id: { kind: 'text', value: lineIn(argument) },
  })),
  BINPERSID: (machine) => {
    make(machine, { kind: 'persistent', id: pop(machine) });
  },
  GLOBAL: push(global),
  STACK_GLOBAL: (machine) => {
    const name = pop(machine);
    const module = pop(machine);
    if (name.kind !== 'text' || module.kind !== 'text')
      throw new StepFault('operand-invalid');
    machine.stack.push({
      kind: 'global',
      module: module.value,
      name: name.value,
    });
  },
  EXT1: push(extension),
  EXT2: push(extension),
  EXT4: push(extension),
  EMPTY_TUPLE: push(() => ({ kind: 'tuple', items: [] })),
  TUPLE: (machine) => {
    const items = popMark(machine);
    machine.stack.push({ kind: 'tuple', items });
  },
  TUPLE1: tupleOf(1),
  TUPLE2: tupleOf(2),
  TUPLE3: tupleOf(3),
  EMPTY_LIST: push(() => ({ kind: 'list', items: [] })),
  LIST: (machine) => {
    const items = popMark(machine);
    machine.stack.push({ kind: 'list', items });
  },
  APPEND: (machine) => {
    const item = pop(machine);
    itemsOf(top(machine)).push(item);
  },
  APPENDS: (machine) => {
    const items = popMark(machine);
    addAll(itemsOf(top(machine)), items);
  },
  EMPTY_DICT: push(() => ({ kind: 'dict', entries: [] })),
  DICT: (machine) => {
    const entries = pairs(popMark(machine));
    machine.stack.push({ kind: 'dict', entries });
  },
  SETITEM: (machine) => {
    const value = pop(machine);
    const key = pop(machine);
    entriesOf(top(machine)).push([key, value]);
  },
  SETITEMS: (machine) => {
    const items = popMark(machine);
    addAll(entriesOf(top(machine)), pairs(items));
  },
  EMPTY_SET: push(() => ({ kind: 'set', items: [] })),
  ADDITEMS: (machine) => {
    const items = popMark(machine);
    addAll(itemsOf(top(machine)), items);
  },
  FROZENSET: (machine) => {
    const items = popMark(machine);
    machine.stack.push({ kind: 'set', items });
  },
  REDUCE: callWith(true),
  NEWOBJ: callWith(false),
  NEWOBJ_EX: (machine) => {
    const named = pop(machine);
    const args = pop(machine);
    const both: PickleValue = { kind: 'tuple', items: [args, named] };
    call(machine, pop(machine), both);
  },
  INST: (machine, argument) => {
    const items = popMark(machine);
    call(machine, global(argument), { kind: 'tuple', items });
  },
  OBJ: (machine) => {
    const [callee, ...items] = popMark(machine);
    if (callee === undefined) throw new StepFault('stack-empty');
    call(machine, callee, { kind: 'tuple', items });
  },
  BUILD: (machine) => {
    const state = pop(machine);
    const built = top(machine);
    // Of any other value the state has nowhere to go; the loader refuses it.
    if (built.kind === 'call') built.states.push(state);
  },
  GET: fetchFrom((argument) => Number(parseInteger(lineIn(argument)))),
  BINGET: fetchFrom(numberIn),
  LONG_BINGET: fetchFrom(numberIn),
  PUT: storeAt((argument) => Number(parseInteger(lineIn(argument)))),
  BINPUT: storeAt(numberIn),
  LONG_BINPUT: storeAt(numberIn),
  MEMOIZE: (machine) => {
    machine.memo.set(machine.memo.size, top(machine));
  },
};

function extension(argument: Argument): PickleValue {
  return {
    kind: 'global',
    module: 'copyreg extension',
    name: String(numberIn(argument)),
  };
}

function call(
  machine: Machine,
  callee: PickleValue,
  args: PickleValue,
  isReduced = false,
): void {
  make(machine, {
    kind: 'call',
    isReduced,
    callee,
    args,
    entries: [],
    items: [],
    states: [],
  });
}

function make(machine: Machine, made: PickleCall | PicklePersistent): void {
  machine.stack.push(made);
  machine.made.push(made);
}

function pairs(items: readonly PickleValue[]): [PickleValue, PickleValue][] {
  const entries: [PickleValue, PickleValue][] = [];
  for (let at = 0; at < items.length; at += 2) {
    const [key, value] = [items[at], items[at + 1]];
    if (key === undefined || value === undefined)
      throw new StepFault('operand-invalid');
    entries.push([key, value]);
  }
  return entries;
}

/** One by one: a spread of a million arguments overflows the call stack. */
function addAll<T>(into: T[], items: readonly T[]): void {
  for (const item of items) into.push(item);
}

function itemsOf(value: PickleValue): PickleValue[] {
  if (value.kind === 'list' || value.kind === 'set' || value.kind === 'call')
    return value.items;
  throw new StepFault('operand-invalid');
}

function entriesOf(value: PickleValue): [PickleValue, PickleValue][] {
  if (value.kind === 'dict' || value.kind === 'call') return value.entries;
  throw new StepFault('operand-invalid');
}
