import { asArray, asObject, asString } from '../../formats/json/access.ts';
import type { JsonNode } from '../../formats/json/types.ts';
import type { Fields } from '../config-fields.ts';
import { oncePer } from '../../formats/once-per.ts';
import {
  endsOf,
  isNamedBy,
  namingOf,
  parentOf,
  withoutWrappers,
} from '../module-names.ts';
import { fullMatcher } from '../pattern-match.ts';

/** The strings of a list, or `null` where the field is none. */
export function namesIn(node: JsonNode | undefined): readonly string[] | null {
  const names = asArray(node)?.map(asString);
  return names?.every((name) => name !== null) ? names : null;
}

/**
 * Whether PEFT would put an adapter on a module of this name: an entry of
 * `target_modules` is the name or its end after a dot, or the pattern fits the whole
 * of it, and `exclude_modules` and `layers_to_transform` leave it in
 * (tuners_utils.py, `check_target_module_exists`).
 *
 * @returns `null` where that is not told here: a pattern has more in it than
 *   `fullMatcher` knows
 */
export function targeting(
  fields: Fields,
): ((module: string) => boolean) | null {
  const targets = namedBy(fields.get('target_modules'));
  const out = fields.get('exclude_modules');
  const isUnset =
    out === undefined ||
    out.kind === 'null' ||
    (out.kind === 'string' && out.value === '');
  const excluded = isUnset ? () => false : namedBy(out);
  const isLayer = layerTest(fields);
  if (targets === null || excluded === null || isLayer === null) return null;
  const parents = parentsOf(namesIn(fields.get('target_parameters')) ?? []);
  const wholeNames = new Set(namesIn(fields.get('target_modules')));
  const isPattern = fields.get('target_modules')?.kind === 'string';
  return (module) => {
    const own = withoutWrappers(module);
    // Of several parameters of a module each is wrapped around the one before.
    const depth = (module.length - own.length) / BASE_LAYER.length;
    const parent = namingOf(own, parents.names);
    if (parent !== null && depth < (parents.counts.get(parent) ?? 0))
      return true;
    if (excluded(own) || !targets(own)) return false;
    // Neither a pattern nor a whole name is held to the layers.
    return isPattern || wholeNames.has(own) || isLayer(own);
  };
}

/** A word that is no pattern, but stands for what PEFT finds in the base. */
export function isAllLinear(node: JsonNode | undefined): boolean {
  return asString(node)?.toLowerCase() === 'all-linear';
}

/** Whether a pattern chooses modules, which may leave layers out. */
export function isByPattern(fields: Fields): boolean {
  const isPattern = (node: JsonNode | undefined) =>
    node?.kind === 'string' && node.value !== '' && !isAllLinear(node);
  return (
    isPattern(fields.get('target_modules')) ||
    isPattern(fields.get('exclude_modules'))
  );
}

/** Whether a list of names, or a pattern, fits a module; `null` where it is not told. */
function namedBy(
  node: JsonNode | undefined,
): ((module: string) => boolean) | null {
  if (node?.kind === 'string')
    return isAllLinear(node) || node.value === ''
      ? null
      : fullMatcher(node.value);
  if (node === undefined || node.kind === 'null') return null;
  const names = namesIn(node);
  if (names === null) return null;
  const known = new Set(names);
  return (module) => isNamedBy(module, known);
}

const BASE_LAYER = '.base_layer';

/** `target_parameters` names parameters; adapters are put on their modules, so many. */
function parentsOf(parameters: readonly string[]) {
  const counts = new Map<string, number>();
  for (const name of parameters) {
    const parent = parentOf(name);
    counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return { counts, names: new Set(counts.keys()) };
}

/** Whether the layer of a module is to be adapted; `null` where a pattern says so. */
function layerTest(fields: Fields): ((module: string) => boolean) | null {
  const node = fields.get('layers_to_transform');
  if (node === undefined || node.kind === 'null') return () => true;
  const numbers = (asArray(node) ?? [node]).map((one) =>
    one.kind === 'number' && /^\d+$/.test(one.lexeme) ? Number(one.lexeme) : -1,
  );
  if (numbers.length === 0) return () => true;
  const layers = new Set(numbers);
  const stacks = stacksIn(fields.get('layers_pattern'));
  if (stacks === null) return null;
  return (module) => layers.has(layerOf(module, stacks) ?? -1);
}

/** Names before the number of a layer; empty for any, `null` where one is a pattern. */
function stacksIn(node: JsonNode | undefined): ReadonlySet<string> | null {
  if (node === undefined || node.kind === 'null') return ANY_STACK;
  const names = node.kind === 'string' ? [node.value] : namesIn(node);
  const isPlain = names?.every((name) => /^\w*$/.test(name)) ?? false;
  return isPlain ? new Set(names?.filter((name) => name !== '')) : null;
}

const ANY_STACK: ReadonlySet<string> = new Set();

/** The first number after the name of a stack, as PEFT finds the layer; or `null`. */
export function layerOf(
  module: string,
  stacks: ReadonlySet<string> = ANY_STACK,
): number | null {
  const parts = module.split('.');
  // Without a name there is one before the number, and before that another.
  const first = stacks.size === 0 ? 2 : 1;
  for (let at = first; at < parts.length - 1; at += 1) {
    const part = parts[at] ?? '';
    const first = part.charCodeAt(0);
    if (!(first >= 0x30 && first <= 0x39) || !/^\d+$/.test(part)) continue;
    if (stacks.size === 0 || stacks.has(parts[at - 1] ?? ''))
      return Number(part);
  }
  return null;
}

/**
 * The rank that the configuration gives a module: the first name of `rank_pattern`
 * that fits, else `r`.
 *
 * @returns `null` where it cannot be told: a name is a pattern
 */
export function rankOf(
  fields: Fields,
  module: string,
  defaultRank: number,
): number | null {
  const node = fields.get('rank_pattern');
  const { plain, hasPatterns } = node === undefined ? NO_RANKS : ranksIn(node);
  let first: PlainRank | undefined;
  for (const end of endsOf(module, plain)) {
    const one = plain.get(end);
    if (one !== undefined && (first === undefined || one.at < first.at))
      first = one;
  }
  if (first !== undefined) return wholeIn(first.node);
  return hasPatterns ? null : rankIn(fields, defaultRank);
}

interface PlainRank {
  /** Its place among the others. */
  readonly at: number;
  readonly node: JsonNode;
}

interface Ranks {
  /** Names before the first pattern. */
  readonly plain: ReadonlyMap<string, PlainRank>;
  readonly hasPatterns: boolean;
}

const NO_RANKS: Ranks = { plain: new Map(), hasPatterns: false };

/** Once for all modules: there may be as many names. */
const ranksIn = oncePer((pattern: JsonNode): Ranks => {
  const plain = new Map<string, PlainRank>();
  for (const [name, node] of asObject(pattern) ?? []) {
    if (!/^[\w.-]*$/.test(name)) return { plain, hasPatterns: true };
    plain.set(name, { at: plain.size, node });
  }
  return { plain, hasPatterns: false };
});

/** The rank of all modules; `null` where `r` is no whole number. */
export function rankIn(fields: Fields, defaultRank: number): number | null {
  const rank = fields.get('r');
  return rank === undefined ? defaultRank : wholeIn(rank);
}

/** Python takes `true` for 1. */
function wholeIn(node: JsonNode): number | null {
  if (node.kind === 'boolean') return node.value ? 1 : null;
  return node.kind === 'number' && /^\d+$/.test(node.lexeme)
    ? Number(node.lexeme)
    : null;
}

/** Layers in which a kind of module has no tensor though its likes have. */
export interface Gap {
  /** The module's name, `#` for the layer. */
  readonly kind: string;
  /** `null`: no kind of module has a tensor there. */
  readonly layers: readonly number[];
  readonly isWholeLayer: boolean;
}

/**
 * Modules that are missing among their likes. Only what no known architecture
 * leaves out is told: one layer that all lack between others, or one that a single
 * kind lacks, and of which the configuration takes a module. Models whose last layers share keys and values (Gemma 3n), or which
 * mix kinds of layers, have longer gaps.
 */
export function findGaps(
  modules: Iterable<string>,
  isTargeted: (module: string) => boolean,
  isPerhapsTargeted = isTargeted,
): readonly Gap[] {
  const kinds = new Map<string, Set<number>>();
  for (const path of modules) {
    const layer = layerOf(path);
    if (layer === null) continue;
    const kind = path.replace(`.${layer}.`, '.#.');
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(layer));
  }
  const stacks = new Map<string, Stack>();
  for (const [kind, layers] of kinds) {
    const name = stackOf(kind);
    const stack = stacks.get(name) ?? { layers: new Set(), kinds: [] };
    for (const layer of layers) stack.layers.add(layer);
    stack.kinds.push(kind);
    stacks.set(name, stack);
  }
  const whole = [...stacks].flatMap(([name, stack]) =>
    wholeGap(name, stack.layers).filter(({ layers: [layer] }) =>
      stack.kinds.some((kind) =>
        isPerhapsTargeted(kind.replace('.#.', `.${layer}.`)),
      ),
    ),
  );
  const single = [...kinds].flatMap(([kind, layers]) => {
    const all = stacks.get(stackOf(kind))?.layers ?? layers;
    if (all.size > LAYERS_MAX) return [];
    const missing = [...all].filter(
      (layer) =>
        !layers.has(layer) && isTargeted(kind.replace('.#.', `.${layer}.`)),
    );
    return missing.length === 1
      ? [{ kind, layers: missing, isWholeLayer: false }]
      : [];
  });
  return [...whole, ...single];
}

/** Layers of a model that are counted together, and what is in them. */
interface Stack {
  readonly layers: Set<number>;
  readonly kinds: string[];
}

/** No model has so many; what counts further counts something else. */
const LAYERS_MAX = 2000;

function stackOf(kind: string): string {
  return kind.slice(0, kind.indexOf('.#.'));
}

function wholeGap(stack: string, layers: ReadonlySet<number>): Gap[] {
  let last = 0;
  for (const layer of layers) last = Math.max(last, layer);
  // Twice as many numbers as layers are another way of counting, not gaps.
  if (last + 1 > 2 * layers.size) return [];
  const missing: number[] = [];
  for (let layer = 0; layer < last; layer += 1)
    if (!layers.has(layer)) missing.push(layer);
  return missing.length === 1
    ? [{ kind: `${stack}.#`, layers: missing, isWholeLayer: true }]
    : [];
}
