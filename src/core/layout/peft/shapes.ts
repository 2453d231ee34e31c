import type { NamedTensor } from '../tensors-in.ts';
import type { AdapterModule } from './keys.ts';
import type { Parameter, ParameterSet, TypeRule } from './rules.ts';

/** Two tensors of a module, or a tensor and the table, that do not fit together. */
export interface Misshape {
  readonly tensor: NamedTensor;
  /** In the words of the table: `[r, in]`. */
  readonly expected: string;
  /** The dimension that is another than `found`, and by what it is known. */
  readonly letter: string | null;
  readonly size: number | null;
}

/** The set of the type that a module's tensors come nearest to. */
export function nearestSet(
  { sets }: TypeRule,
  { tensors }: AdapterModule,
): ParameterSet | null {
  const scored = sets.map((set) => ({
    set,
    absent: absentOf(set, tensors).length,
    foreign: [...tensors.keys()].filter(
      (suffix) =>
        ![...set.required, ...set.optional].some(
          (one) => one.suffix === suffix,
        ),
    ).length,
  }));
  scored.sort(
    (left, right) =>
      left.absent + left.foreign - (right.absent + right.foreign),
  );
  return scored[0]?.set ?? null;
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
  { suffix, shape }: Parameter,
  tensor: NamedTensor,
  sizes: Map<string, number>,
): Misshape | null {
  const words = shape.split(' ');
  const isOpen = words.at(-1) === '…';
  const fixed = isOpen ? words.slice(0, -1) : words;
  const wrong = (letter: string | null, size: number | null): Misshape => ({
    tensor,
    expected: `[${words.join(', ')}]`,
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
  if (/[#…]/.test(suffix)) return null;
  for (const [at, word] of fixed.entries()) {
    const size = found[at] ?? 0;
    if (word === '*') continue;
    const expected = /^\d+$/.test(word) ? Number(word) : sizes.get(word);
    if (expected === undefined) sizes.set(word, size);
    else if (expected !== size) return wrong(word, expected);
  }
  return null;
}
