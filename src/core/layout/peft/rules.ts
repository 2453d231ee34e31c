import type { Fields } from '../config-fields.ts';
import type { NamedTensor } from '../tensors-in.ts';

/**
 * One parameter that a PEFT layer adds to a module.
 *
 * `suffix` is what follows the module's name in the saved key, `#` standing for a
 * number and `…` for any rest. `shape` has a word a dimension: a letter is the same number wherever it
 * stands in the module, a number is itself, `2·r` a product, `△r` is r(r-1)/2, `*` is
 * any, and `…` any further dimensions.
 */
export interface Parameter {
  readonly suffix: string;
  readonly shape: readonly string[];
}

/**
 * Parameters that make one layer. PEFT saves all of `required`; `optional` ones
 * depend on the configuration or the base.
 */
export interface ParameterSet {
  readonly required: readonly Parameter[];
  readonly optional: readonly Parameter[];
  /** The set is that of modules which this field of the configuration names. */
  readonly namedBy: string | null;
  /** Switches, off by default, without which PEFT makes no such layer. */
  readonly onlyWith: readonly string[];
}

/** A parameter that is there where a switch of the configuration is on. */
export interface Switched {
  readonly suffix: string;
  readonly field: string;
  readonly isOnByDefault: boolean;
  /** Without it the module works as if the parameter had never been trained: at 0. */
  readonly isAddend: boolean;
}

/** Suffixes and the value that all their elements have where nothing was learned. */
export type Neutral = Readonly<Record<string, number>>;

/** The tensors of one module, by the suffix of its type's table. */
export interface ModuleTensors {
  /** As the base names it. */
  readonly path: string;
  /** By the suffix as the table has it, several where it holds a number. */
  readonly tensors: ReadonlyMap<string, readonly NamedTensor[]>;
}

/** A tensor whose size is not the one that PEFT works out for it. */
export interface OddSize {
  readonly tensor: NamedTensor;
  /** In words: `a multiple of 32`. */
  readonly expected: string;
}

/**
 * Holds a module against what its type works out of the configuration and the sizes of
 * the base, as far as the tensors themselves tell these.
 */
export type SizeRule = (
  module: ModuleTensors,
  fields: Fields,
) => OddSize | null;

/** What a PEFT type saves, and how it is read back. */
export interface TypeRule {
  /** The layer of a module is one of these. */
  readonly sets: readonly ParameterSet[];
  /** What stands once for the whole adapter, after `base_model.`. */
  readonly shared: ParameterSet;
  /** Soft prompts: keys of no module, without which PEFT raises. */
  readonly prompt: readonly Parameter[];
  /**
   * A module has no effect where all of one of these hold: the start of training
   * first, what else makes its product zero after it.
   */
  readonly neutral: readonly Neutral[];
  /** Of what stands once: no module has an effect where all of one of these hold. */
  readonly sharedNeutral: readonly Neutral[];
  /** The same two of values that are no start: only damage leaves them so. */
  readonly lifeless: readonly Neutral[];
  readonly sharedLifeless: readonly Neutral[];
  /** A module has no effect where all rows are equal pairs (HRA: two reflections at one). */
  readonly neutralPairs: string | null;
  readonly switched: readonly Switched[];
  /** Parameters of which a module has all or none. */
  readonly together: readonly (readonly string[])[];
  /**
   * The `r` that PEFT takes where the configuration has none; the letter `r` in a
   * shape is that number. `null`: the shapes say nothing of `r`.
   */
  readonly defaultRank: number | null;
  /**
   * Letters that are a field of the configuration, where it holds a whole number above
   * 0 or a list: its length. `field=4`: what PEFT takes where it is absent.
   */
  readonly fields: Readonly<Record<string, string>>;
  /** The switch without which the shared keys are not saved; on by default. */
  readonly sharedSwitch: string | null;
  /**
   * Parameters that the modules of a kind share though each has a copy in the file,
   * and the field with how many of them do; `null`: all.
   */
  readonly tied: readonly (readonly [suffix: string, field: string | null])[];
  /** Parameters that PEFT works out anew where they are not in the file. */
  readonly recomputed: readonly string[];
  /** What no letter can say of sizes. */
  readonly sizes: SizeRule | null;
  /** Whether `rank_pattern` counts: HIRA 0.21 reads it and takes `r` all the same. */
  readonly hasRankPattern: boolean;
  /**
   * Whether PEFT finds keys by their exact name alone: neither with the name `default`
   * in them, nor what stands once behind the whole prefix.
   */
  readonly readsExactKeys: boolean;
}

/** `'lora_A.weight r in …'` as a parameter. */
export function parameter(text: string): Parameter {
  const [suffix = '', ...shape] = text.split(' ');
  return { suffix, shape };
}

/** A layer of these parameters. */
export function layer(
  required: readonly string[],
  optional: readonly string[] = [],
  where: Partial<Pick<ParameterSet, 'namedBy' | 'onlyWith'>> = {},
): ParameterSet {
  return {
    required: required.map(parameter),
    optional: optional.map(parameter),
    namedBy: null,
    onlyWith: [],
    ...where,
  };
}

/** A type with what is said of it; the rest is nothing. */
export function type(
  sets: readonly ParameterSet[],
  more: Partial<TypeRule> = {},
): TypeRule {
  return {
    sets,
    shared: layer([]),
    prompt: [],
    neutral: [],
    sharedNeutral: [],
    lifeless: [],
    sharedLifeless: [],
    neutralPairs: null,
    switched: [],
    together: [],
    defaultRank: null,
    fields: {},
    sharedSwitch: null,
    tied: [],
    recomputed: [],
    sizes: null,
    hasRankPattern: true,
    readsExactKeys: false,
    ...more,
  };
}
