import type { NamedTensor } from '../tensors-in.ts';
import type { ModuleTensors, TypeRule } from './rules.ts';

/** What stands before every key of an adapter: PeftModel, then the tuner. */
export const PREFIX = 'base_model.model.';
const SHARED_PREFIX = 'base_model.';

/** What wrappers around a model put into the names of its modules. */
const WRAPPERS: ReadonlySet<string> = new Set([
  '_orig_mod', // torch.compile
  '_fsdp_wrapped_module', // FSDP
  '_checkpoint_wrapped_module', // activation checkpointing
  '_flat_param', // FSDP, flattened
]);

/** A module of the file, still being filled. */
export interface AdapterModule extends ModuleTensors {
  readonly tensors: Map<string, NamedTensor[]>;
}

/** Why PEFT finds no place for a key. */
export type Misfit =
  /** It does not begin as every key does. */
  | 'prefix'
  /** Part of it is the name of a wrapper. */
  | 'wrapper'
  /** The name of an adapter stands in it, which PEFT would put there itself. */
  | 'adapter-name'
  /** Its end is that of another PEFT type, or of none. */
  | 'unknown';

/** What of a configuration says how keys are read. */
export interface KeyReading {
  /** Whether the base may be of a class of the user's own, with modules of any name. */
  readonly isOwnBase: boolean;
}

/** What the keys of an adapter's file are to PEFT. */
export interface AdapterKeys {
  readonly modules: ReadonlyMap<string, AdapterModule>;
  /** What stands once for all modules, by its suffix. */
  readonly shared: ReadonlyMap<string, readonly NamedTensor[]>;
  readonly prompt: ReadonlyMap<string, NamedTensor>;
  /** Of modules that are saved whole: heads, embeddings, biases. */
  readonly whole: readonly NamedTensor[];
  readonly misfits: ReadonlyMap<Misfit, readonly NamedTensor[]>;
  /** Names of adapters that stand in keys. */
  readonly names: ReadonlySet<string>;
}

interface Sorting {
  readonly reading: KeyReading;
  readonly modules: Map<string, AdapterModule>;
  readonly shared: Map<string, NamedTensor[]>;
  readonly prompt: Map<string, NamedTensor>;
  readonly whole: NamedTensor[];
  readonly misfits: Map<Misfit, NamedTensor[]>;
  readonly names: Set<string>;
}

/**
 * Sorts the keys of an adapter as PEFT 0.21 looks for them: by the names that the
 * parameters of the type have in the model, with the adapter's name taken out
 * (tuners_utils.py, `_remap_adapter_state_dict_for_load`). Whether the base has a
 * module of the name is not known here.
 */
export function sortKeys(
  rule: TypeRule,
  tensors: readonly NamedTensor[],
  reading: KeyReading,
): AdapterKeys {
  const sorting: Sorting = {
    reading,
    modules: new Map(),
    shared: new Map(),
    prompt: new Map(),
    whole: [],
    misfits: new Map(),
    names: new Set(),
  };
  const ends = suffixesOf(rule);
  for (const tensor of tensors) sortKey(rule, ends, tensor, sorting);
  return sorting;
}

function sortKey(
  rule: TypeRule,
  ends: Suffixes,
  tensor: NamedTensor,
  sorting: Sorting,
): void {
  const { name } = tensor;
  if (rule.prompt.some(({ suffix }) => suffix === name)) {
    sorting.prompt.set(name, tensor);
    return;
  }
  const rest = afterPrefix(rule, name);
  const shared = rest === null ? null : findShared(rule, rest);
  if (shared !== null) {
    if (shared.adapter !== null) sorting.names.add(shared.adapter);
    add(sorting.shared, shared.suffix, tensor);
    return;
  }
  if (rest !== null && rule.prompt.length > 0) {
    sorting.whole.push(tensor);
    return;
  }
  const misfit = name.startsWith(PREFIX)
    ? sortInner(ends, tensor, sorting)
    : 'prefix';
  if (misfit === null) return;
  add(sorting.misfits, misfit, tensor);
}

/** PEFT takes what stands once behind the whole prefix, too. */
function afterPrefix(
  { readsExactKeys }: TypeRule,
  name: string,
): string | null {
  const isDoubled =
    !readsExactKeys && name.startsWith(`${PREFIX}${SHARED_PREFIX}`);
  const inner = isDoubled ? name.slice(PREFIX.length) : name;
  return inner.startsWith(SHARED_PREFIX)
    ? inner.slice(SHARED_PREFIX.length)
    : null;
}

function add<K>(groups: Map<K, NamedTensor[]>, key: K, one: NamedTensor): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [one]);
  else group.push(one);
}

/** `vera_A` itself, with the name `default` after it, or what lies below `frod_V.`. */
function findShared(
  { shared: { required, optional } }: TypeRule,
  rest: string,
): Omit<SplitKey, 'path'> | null {
  if (required.length + optional.length === 0) return null;
  const end = rest.split('.').map(withoutNumber).join('.');
  for (const { suffix } of [...required, ...optional]) {
    if (end === suffix) return { suffix, adapter: null };
    if (suffix.endsWith('…') && rest.startsWith(suffix.slice(0, -1)))
      return { suffix, adapter: null };
    if (end === `${suffix}.default`) return { suffix, adapter: 'default' };
  }
  return null;
}

function sortInner(
  ends: Suffixes,
  tensor: NamedTensor,
  sorting: Sorting,
): Misfit | null {
  const parts = tensor.name.slice(PREFIX.length).split('.');
  const isWrapped =
    parts.some((part) => WRAPPERS.has(part)) ||
    // DataParallel and DistributedDataParallel.
    (parts[0] === 'module' && !sorting.reading.isOwnBase);
  if (isWrapped || parts[0] === 'base_model') return 'wrapper';
  // The wrapper of a module that is saved whole, which PEFT puts there itself.
  const wrapper = parts.indexOf('modules_to_save');
  if (wrapper >= 0) {
    sorting.names.add(parts[wrapper + 1] ?? '');
    return 'adapter-name';
  }
  const found = splitKey(ends, parts);
  if (found === null) {
    if (parts.some((part) => isTunerName(part))) return 'unknown';
    sorting.whole.push(tensor);
    return null;
  }
  const { path, suffix, adapter } = found;
  if (adapter !== null) sorting.names.add(adapter);
  if (adapter !== null && adapter !== 'default') return 'adapter-name';
  const known = sorting.modules.get(path) ?? { path, tensors: new Map() };
  add(known.tensors, suffix, tensor);
  sorting.modules.set(path, known);
  return null;
}

/** The suffixes of a type, and of how many parts they are, the longest first. */
interface Suffixes {
  readonly all: ReadonlySet<string>;
  readonly parts: readonly number[];
}

function suffixesOf(rule: TypeRule): Suffixes {
  const all = new Set(
    rule.sets.flatMap(({ required, optional }) =>
      [...required, ...optional].map(({ suffix }) => suffix),
    ),
  );
  const parts = new Set([...all].map((suffix) => suffix.split('.').length));
  return { all, parts: [...parts].sort((left, right) => right - left) };
}

interface SplitKey {
  readonly path: string;
  readonly suffix: string;
  /** The name of an adapter within the suffix; `null` where there is none. */
  readonly adapter: string | null;
}

/** Splits a key into its module and what the type adds to it. */
function splitKey(ends: Suffixes, parts: readonly string[]): SplitKey | null {
  for (const count of ends.parts) {
    const cut = parts.length - count;
    const suffix = cut < 0 ? '' : parts.slice(cut).map(withoutNumber).join('.');
    if (ends.all.has(suffix))
      return { path: parts.slice(0, cut).join('.'), suffix, adapter: null };
  }
  for (const count of ends.parts) {
    const cut = parts.length - count - 1;
    const [first = '', name = '', ...rest] = parts.slice(Math.max(cut, 0));
    const suffix = [first, ...rest].map(withoutNumber).join('.');
    if (cut >= 0 && ends.all.has(suffix))
      return { path: parts.slice(0, cut).join('.'), suffix, adapter: name };
  }
  return null;
}

function withoutNumber(part: string): string {
  const first = part.charCodeAt(0);
  const isDigit = first >= 0x30 && first <= 0x39;
  return isDigit && /^\d+$/.test(part) ? '#' : part;
}

/** How the parameters of every tuner of PEFT 0.21 begin (its `prefix`). */
const TUNER_NAME =
  /^(?:lora|adamss|adaption|beft|boft|c3a|deft|delora|fourierft|frod|glora|gralora|hada|hira|hra|ia3|internal_xlora|lily|ln_tuning|lokr|miss|oft|osf|peanut|poly|psoft|pvera|randlora|road|shadow|shira|supertuning|tinylora|trainable_tokens|unilora|vblora|vera|waveft)_/i;

/** `trainable_tokens_delta` stands beside the parameters of any type. */
export function isTunerName(part: string): boolean {
  return TUNER_NAME.test(part) && !part.startsWith('trainable_tokens_');
}
