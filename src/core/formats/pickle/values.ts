/**
 * What a pickle describes, never what it would make: classes and functions are
 * names, calls are records of a callee and its arguments. Containers are shared, as
 * in Python: visit them by identity.
 */
export type PickleValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | PickleTuple
  | PickleList
  | PickleDict
  | PickleSet
  | PickleGlobal
  | PickleCall
  | PicklePersistent;

export interface PickleTuple {
  readonly kind: 'tuple';
  readonly items: readonly PickleValue[];
}

export interface PickleList {
  readonly kind: 'list';
  readonly items: PickleValue[];
}

/** Keys in the order of the file; of a repeated one the last counts. */
export interface PickleDict {
  readonly kind: 'dict';
  readonly entries: [PickleValue, PickleValue][];
}

export interface PickleSet {
  readonly kind: 'set';
  readonly items: PickleValue[];
}

/** A class or function by its name; nothing is looked up. */
export interface PickleGlobal {
  readonly kind: 'global';
  readonly module: string;
  readonly name: string;
}

/** An object that a call would make, with what is put into it afterwards. */
export interface PickleCall {
  readonly kind: 'call';
  /** Whether by REDUCE, which calls; the others make an instance of a class. */
  readonly isReduced: boolean;
  readonly callee: PickleValue;
  readonly args: PickleValue;
  /** Set items, appended items and state, as the file gives them. */
  readonly entries: [PickleValue, PickleValue][];
  readonly items: PickleValue[];
  readonly states: PickleValue[];
}

/** Something that is kept beside the pickle, by the id that stands for it. */
export interface PicklePersistent {
  readonly kind: 'persistent';
  readonly id: PickleValue;
}
