import type { NamedTensor } from '../tensors-in.ts';
import type { AdapterMeaning } from './meaning.ts';
import { tiedIn } from './tied.ts';

const WHOLE_NUMBERS = /^(?:BOOL|[IU]\d+)$/;
/** Parameters that are places or sizes. */
const COUNTS = /indices|size/;
/** Of a module that is saved whole; its buffers may count. */
const SAVED = /\.(?:weight|bias|trainable_tokens_delta)$/;

/** Parameters in a type without fractions, those aside that are places or sizes. */
export function wholeNumbers(meaning: AdapterMeaning) {
  const { keys } = meaning;
  const { lastOf } = tiedIn(meaning);
  const tensors: string[] = [];
  const dtypes = new Set<string>();
  const note = ({ name, dtype }: NamedTensor) => {
    // Of copies of one parameter the last counts.
    const isLast = (lastOf.get(name) ?? name) === name;
    if (dtype === null || !WHOLE_NUMBERS.test(dtype) || !isLast) return;
    tensors.push(name);
    dtypes.add(dtype);
  };
  const noteAll = (own: ReadonlyMap<string, readonly NamedTensor[]>) => {
    for (const [suffix, some] of own)
      if (!COUNTS.test(suffix)) some.forEach(note);
  };
  for (const module of keys.modules.values()) noteAll(module.tensors);
  noteAll(keys.shared);
  for (const one of keys.prompt.values()) note(one);
  for (const one of keys.whole) if (SAVED.test(one.name)) note(one);
  return { tensors, dtypes: [...dtypes] };
}
