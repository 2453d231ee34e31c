import type { PickleCall, PicklePersistent, PickleValue } from './values.ts';

/** What an opcode works on. */
export interface Machine {
  /** The stack above the last mark. */
  stack: PickleValue[];
  /** What lies below each mark. */
  readonly marks: PickleValue[][];
  readonly memo: Map<number, PickleValue>;
  /**
   * What calls and ids would make, in the order in which they would: also what
   * nothing refers to at the end.
   */
  readonly made: (PickleCall | PicklePersistent)[];
}

/** Thrown inside of a step, and a value outside of it. */
export class StepFault extends Error {
  readonly code: 'stack-empty' | 'memo-empty' | 'operand-invalid';

  constructor(code: StepFault['code']) {
    super(code);
    this.code = code;
  }
}

export function pop({ stack }: Machine): PickleValue {
  const value = stack.pop();
  if (value === undefined) throw new StepFault('stack-empty');
  return value;
}

export function top({ stack }: Machine): PickleValue {
  const value = stack.at(-1);
  if (value === undefined) throw new StepFault('stack-empty');
  return value;
}

export function popMark(machine: Machine): PickleValue[] {
  const above = machine.stack;
  const below = machine.marks.pop();
  if (below === undefined) throw new StepFault('stack-empty');
  machine.stack = below;
  return above;
}
