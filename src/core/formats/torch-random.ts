import type { PickleValue } from './pickle/values.ts';
import { byName, entriesOf } from './torch-dict.ts';
import { elementsOf, itemsOf, misfitIn, wordsFor } from './torch-misfit.ts';
import type { Misfit, Rule, ShapeOf } from './torch-misfit.ts';
import { arrayLength } from './torch-objects.ts';

/** Of the Mersenne Twister, as Python and numpy keep it. */
const TWISTER_WORDS = 624;
/** Versions of `random.getstate()` that `random.setstate` takes (Python's random.py). */
const VERSIONS: readonly bigint[] = [2n, 3n];
/** `sizeof(CPUGeneratorImplState)` (torch, aten/src/ATen/CPUGeneratorImpl.cpp). */
const CPU_STATE_BYTES = 5056;

/** `(3, 624 words and the place among them, None)`. */
const PYTHON: Rule = {
  wanted: 'the state of the generator of Python',
  fits: (value) => {
    const [version, words, gauss, ...more] = itemsOf(value) ?? [];
    return (
      version?.kind === 'int' &&
      VERSIONS.includes(version.value) &&
      words?.kind === 'tuple' &&
      words.items.length === TWISTER_WORDS + 1 &&
      words.items.every((one) => one.kind === 'int' && one.value >= 0n) &&
      isPlace(words.items.at(-1)) &&
      gauss !== undefined &&
      more.length === 0
    );
  },
};

function isPlace(value: PickleValue | undefined): boolean {
  return value?.kind === 'int' && value.value <= BigInt(TWISTER_WORDS);
}

/** `('MT19937', array of 624 words, the place among them, 0, 0.0)`. */
const NUMPY: Rule = {
  wanted: 'the state of the generator of numpy',
  fits: (value) => {
    const items = itemsOf(value) ?? [];
    const [name, words, place] = items;
    // numpy.random.set_state takes three items or five (mtrand.pyx).
    const isWhole = items.length === 3 || items.length >= 5;
    return (
      isWhole &&
      name?.kind === 'text' &&
      name.value === 'MT19937' &&
      (wordsIn(words) ?? 0) >= TWISTER_WORDS &&
      (place?.kind === 'int' || place?.kind === 'bool')
    );
  },
};

function wordsIn(value: PickleValue | undefined): number | null {
  return value?.kind === 'call'
    ? arrayLength(value)
    : (itemsOf(value)?.length ?? null);
}

const CPU: Rule = {
  wanted: 'a tensor of 5,056 bytes',
  fits: (value, shapeOf) => {
    const tensor = shapeOf(value);
    return tensor?.dtype === 'U8' && elementsOf(tensor) === CPU_STATE_BYTES;
  },
};

/**
 * What of the random states of a Trainer its `_load_rng_state` (transformers
 * trainer.py) does not take; `null` for nothing. It goes on without those of a GPU.
 */
export function findRandomMisfit(
  value: PickleValue,
  shapeOf: ShapeOf,
): Misfit | null {
  const entries = entriesOf(value);
  if (entries === null)
    return {
      where: '',
      found: wordsFor(value, shapeOf),
      wanted: 'a dict of the states of random generators',
    };
  const rules = { python: PYTHON, numpy: NUMPY, cpu: CPU };
  return misfitIn(byName(entries), rules, { shapeOf });
}
