import { asArray, asObject, asString } from '../formats/json/access.ts';
import type { Fields } from './config-fields.ts';
import { namingOf } from './module-names.ts';
import { isFalsy, numberOf, wordsOf } from './config-values.ts';

/**
 * Values of which nothing is left beside the base's in float32, which keeps some 7
 * digits: what is trained and the base's own output differ by far less than 10,000.
 */
const VANISHING = 1e-12;

/** What a scale makes of what was trained. */
export type ScaleEffect =
  | 'nothing'
  | 'nan'
  | 'subtracted'
  /** A part of what was trained is lost, or another number is taken. */
  | 'part'
  | 'replaced'
  | 'fine';

/** Something that is wrong with a scale. */
export type ScaleFault =
  | {
      readonly kind: 'value';
      readonly effect: Exclude<ScaleEffect, 'fine'>;
      readonly field: string;
      /** The value as it stands in the file. */
      readonly found: string;
    }
  | { readonly kind: 'unset'; readonly field: string }
  | {
      readonly kind: 'pattern';
      readonly effect: 'nan' | 'nothing' | 'subtracted';
      readonly names: readonly string[];
      /** Whether one of the names is that of a target. */
      readonly isSure: boolean;
    }
  | { readonly kind: 'pattern of all'; readonly names: readonly string[] };

interface ScaleRule {
  readonly field: string;
  readonly effectOf: (value: number) => ScaleEffect;
  /** A switch without which the field counts for nothing; on by default. */
  readonly only?: string;
}

/** A factor on all that was trained. */
function effectOfFactor(value: number): ScaleEffect {
  // Beyond float32 infinite: infinity times zero is NaN.
  if (!Number.isFinite(Math.fround(value))) return 'nan';
  if (Math.abs(value) < VANISHING) return 'nothing';
  return value < 0 ? 'subtracted' : 'fine';
}

const factor = (field: string): ScaleRule => ({
  field,
  effectOf: effectOfFactor,
});

/** By type, the field that scales what was trained. Measured with PEFT 0.21.0. */
const SCALES: ReadonlyMap<string, ScaleRule> = new Map([
  // adalora/layer.py: the rank counts where it is not above 0.
  [
    'ADALORA',
    {
      field: 'lora_alpha',
      effectOf: (value: number) =>
        value > 0 ? effectOfFactor(value) : 'replaced',
    },
  ],
  // A factor inside of the layer, which at 0 changes nothing.
  ['DEFT', { field: 'alpha', effectOf: onlyNan }],
  ['FOURIERFT', factor('scaling')],
  ['GRALORA', factor('alpha')],
  ['LILY', factor('scaling')],
  ['LOHA', factor('alpha')],
  ['LOKR', factor('alpha')],
  ['LORA', factor('lora_alpha')],
  // Terms of a series, of which the first alone is the identity.
  [
    'OFT',
    {
      field: 'num_cayley_neumann_terms',
      effectOf: (value: number) => (value > 1 ? 'fine' : 'nothing'),
      only: 'use_cayley_neumann',
    },
  ],
  ['PEANUT', factor('scaling')],
  // psoft/layer.py divides by it.
  [
    'PSOFT',
    {
      field: 'psoft_alpha',
      effectOf: (value: number) => (value === 0 ? 'nan' : onlyNan(value)),
    },
  ],
  ['RANDLORA', factor('randlora_alpha')],
  ['SHADOW', factor('shadow_alpha')],
  // Of the low-rank half alone, beside the sparse values.
  [
    'SUPERTUNING',
    {
      field: 'lora_alpha',
      effectOf: (value: number) => {
        const effect = effectOfFactor(value);
        return effect === 'nothing' || effect === 'subtracted'
          ? 'part'
          : effect;
      },
    },
  ],
  ['WAVEFT', factor('scaling')],
]);

function onlyNan(value: number): ScaleEffect {
  return Number.isFinite(value) ? 'fine' : 'nan';
}

/**
 * What is wrong with the scales of an adapter.
 *
 * @param modules those that the file has tensors of, where that is known
 */
export function findScaleFaults(
  peftType: string,
  fields: Fields,
  modules: Iterable<string>,
): readonly ScaleFault[] {
  const pattern = readPattern(peftType, fields, modules);
  const scale = findScale(peftType, fields);
  const isOverruled = pattern.uncovered?.length === 0;
  return [
    ...(scale === null || isOverruled ? [] : [scale]),
    ...findPatternFaults(pattern),
  ];
}

function findScale(peftType: string, fields: Fields): ScaleFault | null {
  const rule = SCALES.get(peftType);
  if (rule === undefined) return null;
  const { field, effectOf, only } = rule;
  const node = fields.get(field);
  const condition = only === undefined ? undefined : fields.get(only);
  if (condition !== undefined && isFalsy(condition)) return null;
  if (node === undefined)
    return effectOf === effectOfFactor ? { kind: 'unset', field } : null;
  const value = numberOf(node);
  const plain = value === null ? 'fine' : effectOf(value);
  // PiSSA takes the root of singular values that were divided by the scale.
  const isPissa = (asString(fields.get('init_lora_weights')) ?? '').startsWith(
    'pissa',
  );
  const effect = isPissa && plain === 'subtracted' ? 'nan' : plain;
  return effect === 'fine'
    ? null
    : { kind: 'value', effect, field, found: wordsOf(node) };
}

/** Types whose `alpha_pattern` gives modules a scale of their own. */
const PATTERNED: readonly string[] = ['LOHA', 'LOKR', 'LORA'];

interface Pattern {
  /** By name, what its value makes of the modules that it names. */
  readonly effects: ReadonlyMap<string, ScaleEffect>;
  /** Names that fit a module for sure. */
  readonly sure: ReadonlySet<string>;
  /**
   * Modules, or else targets, that no name covers; `null` where neither is known, or
   * a name is an expression.
   */
  readonly uncovered: readonly string[] | null;
}

function readPattern(
  peftType: string,
  fields: Fields,
  modules: Iterable<string>,
): Pattern {
  const members = PATTERNED.includes(peftType)
    ? asObject(fields.get('alpha_pattern'))
    : null;
  const effects = new Map(
    [...(members ?? [])].map(([name, node]) => {
      const value = numberOf(node);
      return [name, value === null ? 'fine' : effectOfFactor(value)];
    }),
  );
  const items = asArray(fields.get('target_modules')) ?? [];
  const targets = items.flatMap((item) => asString(item) ?? []);
  const known = new Set(effects.keys());
  const own = known.size === 0 ? [] : [...modules];
  const paths = own.length === 0 ? targets : own;
  const sure = new Set(targets);
  for (const path of paths) sure.add(namingOf(path, known) ?? '');
  const isPlain = [...known].every((name) => /^[\w.]+$/.test(name));
  return {
    effects,
    sure,
    uncovered:
      paths.length === 0 || !isPlain
        ? null
        : paths.filter((path) => namingOf(path, known) === null),
  };
}

function findPatternFaults({
  effects,
  sure,
  uncovered,
}: Pattern): ScaleFault[] {
  const isNothing = [...effects.values()].every((one) => one === 'nothing');
  if (effects.size > 0 && isNothing && uncovered?.length === 0)
    return [{ kind: 'pattern of all', names: [...effects.keys()] }];
  return (['nan', 'nothing', 'subtracted'] as const).flatMap((effect) => {
    const names = [...effects.keys()].filter(
      (name) => effects.get(name) === effect,
    );
    if (names.length === 0) return [];
    // NaN spreads from one module to all.
    const isSure = names.some((name) => sure.has(name));
    return [{ kind: 'pattern', effect, names, isSure }];
  });
}
