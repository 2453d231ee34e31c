import type { PickleValue } from './pickle/values.ts';
import { fullNameOf } from './torch-globals.ts';

/** Keys and values as the pickle puts them in. */
export type Entries = readonly (readonly [PickleValue, PickleValue])[];

/** Of a dict or an OrderedDict; `null` for anything else. */
export function entriesOf(value: PickleValue | undefined): Entries | null {
  if (value?.kind === 'dict') return value.entries;
  const isOrdered =
    value?.kind === 'call' &&
    value.callee.kind === 'global' &&
    fullNameOf(value.callee) === 'collections.OrderedDict';
  return isOrdered ? value.entries : null;
}

/** Of a repeated name the last counts, as in Python. */
export function byName(entries: Entries): ReadonlyMap<string, PickleValue> {
  const named = new Map<string, PickleValue>();
  for (const [key, value] of entries)
    if (key.kind === 'text') named.set(key.value, value);
  return named;
}
