import { defective, parsed } from '../parsed.ts';
import type { Defect, Parsed } from '../parsed.ts';
import { takeArgument } from './arguments.ts';
import type { Argument, Cursor } from './arguments.ts';
import { OPCODES } from './opcodes.ts';
import type { Opcode, OpcodeName } from './opcodes.ts';
import { StepFault } from './stack.ts';
import type { Machine } from './stack.ts';
import { STEPS } from './steps.ts';
import type { Step } from './steps.ts';
import type { PickleValue } from './values.ts';

/** How much of a pickle is worked through before it is left alone. */
export interface PickleLimits {
  readonly maxOperations: number;
  /** Objects that others are put into: containers, calls, ids. */
  readonly maxObjects: number;
  /** Values on the stack and its marked parts at one time. */
  readonly maxStack: number;
  readonly maxMemo: number;
}

/** Why a pickle has no value. `at`: the byte of the opcode concerned. */
export type PickleDefect =
  /** The bytes end before STOP. */
  | (Defect<'pickle-cut'> & { readonly at: number })
  | (Defect<'opcode-unknown'> & { readonly at: number; readonly byte: number })
  /** It takes more from the stack than is there. */
  | StepDefect<'stack-empty'>
  /** It asks for what was never put there. */
  | StepDefect<'memo-empty'>
  /** A number that is none, a name that cannot be decoded, a value of the wrong kind. */
  | StepDefect<'operand-invalid'>
  /** A budget of this tool, not a fault of the file. */
  | (Defect<'pickle-too-large'> & {
      readonly at: number;
      readonly budget: keyof PickleLimits;
    })
  /** The watcher ended it. */
  | (Defect<'pickle-left'> & { readonly at: number });

type StepDefect<C extends string> = Defect<C> & {
  readonly at: number;
  readonly opcode: OpcodeName;
};

/**
 * Sees each opcode before it is carried out, with the stack as it is then. `at`: its
 * byte. Ends the work by `leave`.
 */
export type PickleWatcher = (
  opcode: Opcode,
  argument: Argument,
  machine: Machine,
  at: number,
) => 'leave' | 'go on';

/** What a pickle describes, and where it ends. */
export interface Unpickled {
  readonly value: PickleValue;
  /** See {@link Machine.made}. */
  readonly made: Machine['made'];
  readonly endBytes: number;
  readonly operations: number;
}

/**
 * Works through a pickle of any protocol without making anything that it names:
 * see `PickleValue`. Bytes behind STOP are not looked at.
 *
 * @param bytes from the pickle's first byte on; may go on behind its end
 */
export function unpickle(
  bytes: Uint8Array,
  limits: PickleLimits,
  watch: PickleWatcher | null = null,
): Parsed<Unpickled, PickleDefect> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const machine: Machine = {
    stack: [],
    marks: [],
    memo: new Map(),
    made: [],
  };
  const cursor: Cursor = { bytes, view, at: 0 };
  let objects = 0;
  for (let operations = 1; ; operations += 1) {
    const { at } = cursor;
    const budget = findExceeded(machine, { operations, objects }, limits);
    if (budget !== null)
      return defective({ code: 'pickle-too-large', at, budget });
    if (at >= bytes.length) return defective({ code: 'pickle-cut', at });
    const code = view.getUint8(at);
    const opcode = OPCODES[code];
    if (!opcode) return defective({ code: 'opcode-unknown', at, byte: code });
    const { name } = opcode;
    if (opcode.isMaking) objects += 1;
    cursor.at = at + 1;
    const argument = takeArgument(cursor, opcode.argument);
    if (argument === undefined) return defective({ code: 'pickle-cut', at });
    if (watch !== null && watch(opcode, argument, machine, at) === 'leave')
      return defective({ code: 'pickle-left', at });
    const fault = takeStep(STEPS[name], machine, argument);
    if (fault !== null) return defective({ code: fault, at, opcode: name });
    if (name !== 'STOP') continue;
    const value = machine.stack.at(-1);
    return value === undefined
      ? defective({ code: 'stack-empty', at, opcode: name })
      : parsed({ value, made: machine.made, endBytes: cursor.at, operations });
  }
}

function findExceeded(
  { stack, marks, memo }: Machine,
  { operations, objects }: Readonly<Record<'operations' | 'objects', number>>,
  limits: PickleLimits,
): keyof PickleLimits | null {
  if (operations > limits.maxOperations) return 'maxOperations';
  if (objects > limits.maxObjects) return 'maxObjects';
  if (memo.size > limits.maxMemo) return 'maxMemo';
  if (stack.length > limits.maxStack || marks.length > limits.maxStack)
    return 'maxStack';
  return null;
}

function takeStep(
  step: Step,
  machine: Machine,
  argument: Argument,
): StepFault['code'] | null {
  try {
    step(machine, argument);
    return null;
  } catch (error) {
    if (error instanceof StepFault) return error.code;
    throw error;
  }
}
