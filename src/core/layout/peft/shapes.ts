import type { Fields } from '../config-fields.ts';
import { isTruthy } from '../config-values.ts';
import type { NamedTensor } from '../tensors-in.ts';
import type {
  ModuleTensors,
  Parameter,
  ParameterSet,
  TypeRule,
} from './rules.ts';

/** Two tensors of a module, or a tensor and the table, that do not fit together. */
export interface Misshape {
  readonly tensor: NamedTensor;
  /** In the words of the table: `[r, in]`. */
  readonly expected: string;
  /** The dimension that is another than `found`, and by what it is known. */
  readonly letter: string | null;
  readonly size: number | null;
}

/** What a configuration says of modules and switches. */
export interface Reading {
  /** Whether a field names the module; `null` where that is not told. */
  readonly isNamedBy: (field: string, path: string) => boolean | null;
  readonly isOn: (field: string) => boolean;
}

/**
 * Finds the set of the type that a module's tensors come nearest to, of those that the
 * configuration allows: by their names, and where those leave several by how many
 * dimensions they have.
 */
export function nearestSet(
  { sets }: TypeRule,
  { isNamedBy, isOn }: Reading,
): (module: ModuleTensors) => ParameterSet | null {
  const fields = [...new Set(sets.flatMap(({ namedBy }) => namedBy ?? []))];
  const allowed = sets.filter(({ onlyWith }) => onlyWith.every(isOn));
  return ({ path, tensors }) => {
    const named = fields.find((field) => isNamedBy(field, path) === true);
    const isTold = fields.every((field) => isNamedBy(field, path) !== null);
    let nearest: ParameterSet | null = null;
    let least = Infinity;
    for (const set of allowed) {
      // None comes nearer.
      if (least === 0) break;
      if (isTold && set.namedBy !== (named ?? null)) continue;
      const distance = distanceOf(set, tensors);
      if (distance >= least) continue;
      nearest = set;
      least = distance;
    }
    return nearest;
  };
}

/** Less than what a name counts that is missing, or that the set does not know. */
const NEARLY = 1 / 64;

function distanceOf(
  set: ParameterSet,
  tensors: ModuleTensors['tensors'],
): number {
  const { required, optional } = set;
  let distance = absentOf(set, tensors).length;
  tensors.forEach((own, suffix) => {
    const isOfSuffix = (one: Parameter) => one.suffix === suffix;
    const parameter = required.find(isOfSuffix) ?? optional.find(isOfSuffix);
    if (parameter === undefined) distance += 1;
    else if (!own.every((one) => isOfForm(parameter, one))) distance += NEARLY;
  });
  return distance;
}

/** Whether the dimensions are as many, and those with a number of that size. */
function isOfForm({ shape: words }: Parameter, { shape }: NamedTensor) {
  const isOpen = words.at(-1) === REST;
  return (
    (isOpen
      ? shape.length >= words.length - 1
      : shape.length === words.length) &&
    words.every((word, at) => !isNumber(word) || Number(word) === shape[at])
  );
}

/** A letter is told by its first character, without the pattern. */
function isNumber(word: string): boolean {
  return word.charCodeAt(0) <= 0x39 && /^\d+$/.test(word);
}

/** What of a set a module has no tensor of. */
export function absentOf(
  { required }: ParameterSet,
  tensors: ReadonlyMap<string, unknown>,
): readonly Parameter[] {
  return required.filter(({ suffix }) => !tensors.has(suffix));
}

/**
 * Holds the shapes of a module against its set: the number of dimensions, numbers
 * of the table, and letters, which stand for one size within the module.
 *
 * @param known what letters are by the configuration
 */
export function findMisshapen(
  set: ParameterSet,
  tensors: ReadonlyMap<string, readonly NamedTensor[]>,
  known: ReadonlyMap<string, number>,
): Misshape | null {
  const sizes = new Map(known);
  for (const parameter of [...set.required, ...set.optional])
    for (const tensor of tensors.get(parameter.suffix) ?? []) {
      const wrong = compare(parameter, tensor, sizes);
      if (wrong !== null) return wrong;
    }
  return null;
}

/** Stands in the sizes for how many dimensions follow those with a letter. */
const REST = '…';
/** Parameters with two letters before the rest are two factors of one product. */
const PAIRED = 2;

function compare(
  { suffix, shape: words }: Parameter,
  tensor: NamedTensor,
  sizes: Map<string, number>,
): Misshape | null {
  const isOpen = words.at(-1) === REST;
  const fixed = isOpen ? words.slice(0, -1) : words;
  const wrong = (letter: string | null, size: number | null): Misshape => ({
    tensor,
    expected: shownWords(words),
    letter,
    size,
  });
  const found = tensor.shape;
  if (isOpen ? found.length < fixed.length : found.length !== fixed.length)
    return wrong(null, null);
  // A and B of a convolution have as many dimensions.
  const rest = found.length - fixed.length;
  const paired = sizes.get(REST);
  if (isOpen && fixed.length === PAIRED) {
    if (paired !== undefined && paired !== rest) return wrong(null, null);
    sizes.set(REST, rest);
  }
  // Numbered tensors of one module (`adamss_A.0`, `.1`) are each of their own size.
  if (suffix.includes('#') || suffix.includes(REST)) return null;
  for (let at = 0; at < fixed.length; at += 1) {
    const word = fixed[at] ?? '*';
    const size = found[at] ?? 0;
    if (word === '*') continue;
    const expected = sizeOf(word, size, sizes);
    if (expected !== null && expected !== size) return wrong(word, expected);
  }
  return null;
}

/**
 * The size that a word stands for, `null` where that is not known. A letter that is
 * new gets its size from `found`.
 */
function sizeOf(
  word: string,
  found: number,
  sizes: Map<string, number>,
): number | null {
  const own = sizes.get(word);
  if (own !== undefined) return own;
  if (word.startsWith(TRIANGLE)) {
    const side = sizes.get(word.slice(TRIANGLE.length));
    return side === undefined ? null : (side * (side - 1)) / 2;
  }
  if (!word.includes(TIMES) && !isNumber(word)) {
    sizes.set(word, found);
    return found;
  }
  let known = 1;
  const unknown: string[] = [];
  for (const factor of word.split(TIMES)) {
    const size = isNumber(factor) ? Number(factor) : sizes.get(factor);
    if (size === undefined) unknown.push(factor);
    else known *= size;
  }
  const [letter, ...more] = unknown;
  if (letter === undefined) return known;
  if (more.length > 0) return null;
  // What is no multiple of the others leaves the letter at a fraction: another size.
  sizes.set(letter, Math.ceil(found / known));
  return Math.ceil(found / known) * known;
}

/** Of `△r`, the sum of the numbers below r. */
const TRIANGLE = '△';
const TIMES = '·';

/** The words of a shape, as messages have them. */
function shownWords(words: readonly string[]): string {
  const shown = words.map((word) =>
    word.startsWith(TRIANGLE)
      ? word.slice(TRIANGLE.length).replace(/(.*)/, '$1($1-1)/2')
      : word,
  );
  return `[${shown.join(', ')}]`;
}

/**
 * Whether each layer has blocks of LoRA's matrices, of sizes that the sets do not tell
 * (peft/tuners/lora/variants.py, BdLoRA).
 */
export function isInBlocks(fields: Fields): boolean {
  return isTruthy(fields.get('use_bdlora'));
}
