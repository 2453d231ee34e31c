import { asString } from '../../formats/json/access.ts';
import type { AdapterMeaning } from './meaning.ts';
import type { ModuleTensors, ParameterSet } from './rules.ts';
import { absentOf } from './shapes.ts';
import { kindOf, tiedIn } from './tied.ts';

/** Modules by what they lack. */
export function partners(meaning: AdapterMeaning) {
  const { rule, layers, config } = meaning;
  const switched = rule.switched.filter(({ field, isOnByDefault }) => {
    const node = config.fields.get(field);
    return node === undefined
      ? isOnByDefault
      : node.kind === 'boolean' && node.value;
  });
  const recomputed = recomputedOf(meaning);
  const astray = astrayIn(meaning, recomputed);
  const lacking = new Map<
    string,
    { parameters: string[]; modules: string[]; isAddend: boolean }
  >();
  const note = (parameters: string[], module: string, isAddend: boolean) => {
    if (parameters.length === 0) return;
    const key = `${isAddend} ${parameters.join()}`;
    const known = lacking.get(key) ?? { parameters, modules: [], isAddend };
    known.modules.push(module);
    lacking.set(key, known);
  };
  const { shared } = tiedIn(meaning);
  // Another module of the kind has it for this one, too.
  const isShared = (suffix: string, path: string) =>
    shared.size > 0 && shared.has(`${suffix} ${kindOf(path)}`);
  for (const { module, set } of layers) {
    if (astray.has(module.path)) continue;
    const absent = absentOf(set, module.tensors)
      .map(({ suffix }) => suffix)
      .filter(
        (suffix) => !recomputed.has(suffix) && !isShared(suffix, module.path),
      );
    for (const own of rule.together)
      if (own.some((suffix) => module.tensors.has(suffix)))
        absent.push(...own.filter((suffix) => !module.tensors.has(suffix)));
    absent.push(...fewerThanOthers(set, module.tensors));
    const off = switched.filter(({ suffix }) => !module.tensors.has(suffix));
    const namesOf = (isAddend: boolean) =>
      off.flatMap((one) => (one.isAddend === isAddend ? [one.suffix] : []));
    note([...absent, ...namesOf(false)], module.path, false);
    note(namesOf(true), module.path, true);
  }
  return [...lacking.values()].map(
    ({ isAddend, ...one }) =>
      [
        isAddend ? 'addend' : 'partner',
        { ...one, all: layers.length },
      ] as const,
  );
}

/** What PEFT works out anew; MiCA makes B from the base's weights and does not train it. */
function recomputedOf({ rule, config }: AdapterMeaning): ReadonlySet<string> {
  const init = asString(config.fields.get('init_lora_weights'));
  const isMica = init?.toLowerCase() === 'mica';
  return new Set([...rule.recomputed, ...(isMica ? ['lora_B.weight'] : [])]);
}

/**
 * Modules of a kind that no other is of, with nothing but what PEFT works out anew: keys
 * that are misspelt, and no halves of modules.
 */
function astrayIn(
  { layers }: AdapterMeaning,
  recomputed: ReadonlySet<string>,
): ReadonlySet<string> {
  if (recomputed.size === 0) return new Set();
  const isAlone = ({ tensors }: ModuleTensors) =>
    [...tensors.keys()].every((suffix) => recomputed.has(suffix));
  const alone = layers.flatMap(({ module }) =>
    isAlone(module) ? module.path : [],
  );
  const kinds = new Set(
    layers.flatMap(({ module }) =>
      isAlone(module) ? [] : kindOf(module.path),
    ),
  );
  return new Set(
    kinds.size === 0 ? [] : alone.filter((path) => !kinds.has(kindOf(path))),
  );
}

/** Of parameters with a number in their names each has as many as the other. */
function fewerThanOthers(
  { required }: ParameterSet,
  tensors: ReadonlyMap<string, readonly unknown[]>,
): string[] {
  const counts = required.flatMap(({ suffix }) => {
    const count = tensors.get(suffix)?.length ?? 0;
    return suffix.endsWith('.#') && count > 0 ? [{ suffix, count }] : [];
  });
  const most = Math.max(...counts.map(({ count }) => count));
  return counts.flatMap(({ suffix, count }) => (count < most ? [suffix] : []));
}

/** Soft prompts and shared tables that PEFT asks for. */
export function absentOfWhole({ rule, keys, config }: AdapterMeaning) {
  const prompt = rule.prompt
    .map(({ suffix }) => suffix)
    .filter((suffix) => !keys.prompt.has(suffix));
  const wanted = rule.sharedSwitch
    ? config.fields.get(rule.sharedSwitch)
    : undefined;
  const isOff = wanted?.kind === 'boolean' && !wanted.value;
  const required = rule.shared.required.map(({ suffix }) => suffix);
  const absent = required.filter((suffix) => !keys.shared.has(suffix));
  // Of tables by the kind of module PEFT makes those anew that are missing beside others.
  const isMade =
    required.some((suffix) => suffix.endsWith('…')) &&
    absent.length < required.length;
  const tables = isOff || isMade ? [] : absent;
  const isForeign = keys.modules.size + keys.shared.size === 0;
  // A file of nothing that fits is another check's.
  return { prompt, tables: isForeign ? [] : tables };
}
