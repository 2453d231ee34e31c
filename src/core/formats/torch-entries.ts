import type { PickleCall, PickleValue } from './pickle/values.ts';
import { entriesOf } from './torch-dict.ts';
import { fullNameOf } from './torch-globals.ts';
import type { TensorShape } from './torch-tensors.ts';

/** One tensor of a state dict. */
export interface TorchTensor extends TensorShape {
  readonly name: string;
}

/** What a torch file holds at its root: what a loader of a state dict sees. */
export interface RootEntries {
  /** `dict` is what loaders take; else what Python calls it, e.g. `list`, `Tensor`. */
  readonly root: string;
  /** Of a dict at the root, in the order of the file. */
  readonly tensors: readonly TorchTensor[];
  /** In containers below it, by their path, e.g. `state_dict.a.lora_A.weight`. */
  readonly inner: readonly TorchTensor[];
  /** Other entries of the dict at the root, by name, and what Python calls them. */
  readonly others: readonly { readonly name: string; readonly type: string }[];
  /** Entries whose key is no text. */
  readonly oddKeys: number;
}

/** Optimizer states nest three deep; below that nothing is listed. */
const PATH_MAX_DEPTH = 8;
/** Longer paths are cut: a pickle may say one long name a thousand times. */
const PATH_MAX_CHARACTERS = 512;

type Tensors = ReadonlyMap<PickleCall, TensorShape>;

/** What the value of a pickle is to a loader. */
export function describeRoot(
  value: PickleValue,
  tensors: Tensors,
): RootEntries {
  const entries = entriesOf(value);
  if (entries === null) {
    const inner = innerTensors([['', value]], tensors);
    const root = typeOf(value, tensors);
    return { root, tensors: [], inner, others: [], oddKeys: 0 };
  }
  const named = new Map<string, PickleValue>();
  let oddKeys = 0;
  for (const [key, one] of entries)
    if (key.kind === 'text') named.set(key.value, one);
    else oddKeys += 1;
  const found: TorchTensor[] = [];
  const others: [string, PickleValue][] = [];
  for (const [name, one] of named) {
    const shape = one.kind === 'call' ? tensors.get(one) : undefined;
    if (shape === undefined) others.push([name, one]);
    else found.push({ name, ...shape });
  }
  return {
    root: 'dict',
    tensors: found,
    inner: innerTensors(others, tensors),
    others: others.map(([name, one]) => ({ name, type: typeOf(one, tensors) })),
    oddKeys,
  };
}

function madeBy(value: PickleValue): string | null {
  return value.kind === 'call' && value.callee.kind === 'global'
    ? fullNameOf(value.callee)
    : null;
}

/** Each container once, whatever refers to it. */
function innerTensors(
  roots: readonly (readonly [string, PickleValue])[],
  tensors: Tensors,
): readonly TorchTensor[] {
  const found: TorchTensor[] = [];
  const seen = new Set<PickleValue>();
  let level = roots;
  for (let depth = 0; depth < PATH_MAX_DEPTH && level.length > 0; depth += 1) {
    const next: [string, PickleValue][] = [];
    for (const [path, value] of level) {
      if (seen.has(value)) continue;
      seen.add(value);
      const shape = value.kind === 'call' ? tensors.get(value) : undefined;
      if (shape !== undefined) found.push({ name: path, ...shape });
      else for (const child of childrenOf(path, value)) next.push(child);
    }
    level = next;
  }
  return found;
}

function childrenOf(
  path: string,
  value: PickleValue,
): readonly [string, PickleValue][] {
  const below = (key: string) =>
    (path === '' ? key : `${path}.${key}`).slice(0, PATH_MAX_CHARACTERS);
  if (value.kind === 'list' || value.kind === 'tuple')
    return value.items
      .map((item, index): [string, PickleValue] => [below(String(index)), item])
      .filter(([, item]) => isContainer(item));
  return (entriesOf(value) ?? [])
    .filter(([, item]) => isContainer(item))
    .map(([key, item]) => [below(keyName(key)), item]);
}

function isContainer({ kind }: PickleValue): boolean {
  return ['dict', 'list', 'tuple', 'call'].includes(kind);
}

function keyName(key: PickleValue): string {
  return key.kind === 'text' || key.kind === 'int' ? String(key.value) : '?';
}

/** What Python calls a value of a kind. */
export const PYTHON_TYPES: Readonly<Record<PickleValue['kind'], string>> = {
  none: 'NoneType',
  bool: 'bool',
  int: 'int',
  float: 'float',
  text: 'str',
  bytes: 'bytes',
  tuple: 'tuple',
  list: 'list',
  dict: 'dict',
  set: 'set',
  global: 'type',
  call: 'object',
  persistent: 'TypedStorage',
};

/** As Python names it in an error. */
function typeOf(value: PickleValue, tensors: Tensors): string {
  if (value.kind === 'call' && tensors.has(value)) return 'Tensor';
  return madeBy(value)?.split('.').at(-1) ?? PYTHON_TYPES[value.kind];
}
