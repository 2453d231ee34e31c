import {
  asObject,
  asString,
  extentOf,
  isSameNode,
} from '../../formats/json/access.ts';
import type { JsonNode } from '../../formats/json/types.ts';
import type { AdapterConfig } from '../adapter-config.ts';
import { isFalsy } from '../config-values.ts';
import { oncePer } from '../../formats/once-per.ts';
import type { NamedTensor } from '../tensors-in.ts';
import { fullMatcher } from '../pattern-match.ts';
import { namesIn } from './targets.ts';
import { sortKeys } from './keys.ts';
import type { AdapterKeys, AdapterModule } from './keys.ts';
import type { ParameterSet, TypeRule } from './rules.ts';
import { nearestSet } from './shapes.ts';
import { findTypeRule } from './table.ts';

/** What an adapter's file is to PEFT, by its type and configuration. */
export interface AdapterMeaning {
  readonly rule: TypeRule;
  readonly config: AdapterConfig;
  readonly tensors: readonly NamedTensor[];
  readonly keys: AdapterKeys;
  /** Of each module, the set of the type that it comes nearest to. */
  readonly layers: readonly {
    readonly module: AdapterModule;
    readonly set: ParameterSet;
  }[];
}

/**
 * What was made of the same list of tensors before, which the checkpoints of a run
 * share where their headers are equal (`headerRecall`).
 */
const madeOf = oncePer(
  (_tensors: readonly NamedTensor[]): AdapterMeaning[] => [],
);

/** @returns `null` for a type whose keys are not in the table */
export function meaningOf(
  config: AdapterConfig,
  tensors: readonly NamedTensor[],
): AdapterMeaning | null {
  const made = madeOf(tensors);
  const before = made.find((one) => isSameConfig(one.config, config));
  if (before !== undefined) return before;
  const meaning = makeMeaning(config, tensors);
  if (meaning === null) return null;
  if (isLarge(config)) return meaning;
  made.push(meaning);
  if (made.length > MEANINGS_KEPT) made.shift();
  return meaning;
}

/** Of the same tensors: the checkpoints of a run have one configuration. */
const MEANINGS_KEPT = 2;

/** Of a larger one it is made again: a configuration may have 24 MB. */
const KEPT_CONFIG_MAX_EXTENT = 64 * 1024;

function isLarge({ fields }: AdapterConfig): boolean {
  let left = KEPT_CONFIG_MAX_EXTENT;
  for (const [name, node] of fields) {
    left -= name.length + extentOf(node, left);
    if (left < 0) return true;
  }
  return false;
}

function isSameConfig(left: AdapterConfig, right: AdapterConfig): boolean {
  return (
    left.peftType === right.peftType &&
    left.fields.size === right.fields.size &&
    [...left.fields].every(([name, node]) =>
      isSameNode(node, right.fields.get(name)),
    )
  );
}

function makeMeaning(
  config: AdapterConfig,
  tensors: readonly NamedTensor[],
): AdapterMeaning | null {
  const rule = findTypeRule(config.peftType);
  if (rule === null || tensors.length === 0) return null;
  const keys = sortKeys(rule, tensors, { isOwnBase: isOwnBase(config) });
  const isNamedBy = (field: string, path: string) =>
    namedIn(config.fields.get(field), path);
  const isOn = (field: string) => {
    const node = config.fields.get(field);
    return node !== undefined && !isFalsy(node);
  };
  const nearest = nearestSet(rule, { isNamedBy, isOn });
  const layers = [...keys.modules.values()].flatMap((module) => {
    const set = nearest(module);
    return set === null ? [] : [{ module, set }];
  });
  return { rule, config, tensors, keys, layers };
}

/** As PEFT looks `feedforward_modules` up: by any end, or by the whole name. */
function namedIn(node: JsonNode | undefined, path: string): boolean | null {
  if (node?.kind === 'string') return fullMatcher(node.value)?.(path) ?? null;
  // Where it is not set PEFT takes those of the base's architecture.
  const names = namesIn(node);
  return names?.some((name) => path.endsWith(name)) ?? null;
}

/**
 * Whether the base may be of a class of the user's own: PEFT writes `auto_mapping`
 * with the class where no task names one, and no base where it has no name.
 */
function isOwnBase({ fields }: AdapterConfig): boolean {
  const base = asString(fields.get('base_model_name_or_path')) ?? '';
  const mapping = asObject(fields.get('auto_mapping'));
  const library = asString(mapping?.get('parent_library'));
  return (
    base === '' || (library !== null && !library.startsWith('transformers.'))
  );
}
