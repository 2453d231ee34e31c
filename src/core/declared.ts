import type { Declared } from './types.ts';
import { formatNumber } from './wording.ts';

/** As many digits as the names of checkpoint folders are read with. */
const STEP_MAX = 999_999_999_999_999;

/** More were never trained together, and products of two stay exact. */
const FACTOR_MAX = 1_000_000;

/** Twice as many as the checkpoints that one report looks at. */
const EXPECTED_STEPS_MAX = 10_000;

/** The texts in which a user declares something of the training; `''`: nothing. */
export type DeclaredTexts = { readonly [K in keyof Declared]: string };

/** A text that declares nothing that can be. */
export interface Undeclarable {
  readonly field: keyof Declared;
  readonly text: string;
  /** What it can be, for the message. */
  readonly allowed: string;
}

/** Reads what is declared; the first text that cannot be read is given back instead. */
export function readDeclared(texts: DeclaredTexts): Declared | Undeclarable {
  const read = {
    saveSteps: countIn(texts.saveSteps, STEP_MAX),
    expectedSteps: stepsIn(texts.expectedSteps),
    minCheckpoints: countIn(texts.minCheckpoints, EXPECTED_STEPS_MAX),
    gradientAccumulationSteps: countIn(
      texts.gradientAccumulationSteps,
      FACTOR_MAX,
    ),
    worldSize: countIn(texts.worldSize, FACTOR_MAX),
  };
  for (const field of FIELDS)
    if (read[field] === undefined)
      return { field, text: texts[field], allowed: ALLOWED[field] };
  const { saveSteps = null, expectedSteps = null, ...more } = read;
  const { minCheckpoints = null, gradientAccumulationSteps = null } = more;
  const { worldSize = null } = more;
  return {
    saveSteps,
    expectedSteps,
    minCheckpoints,
    gradientAccumulationSteps,
    worldSize,
  };
}

/** Whether `readDeclared` could not read a text. */
export function isUndeclarable(
  read: Declared | Undeclarable,
): read is Undeclarable {
  return 'allowed' in read;
}

const FIELDS = [
  'saveSteps',
  'expectedSteps',
  'minCheckpoints',
  'gradientAccumulationSteps',
  'worldSize',
] as const satisfies readonly (keyof Declared)[];

const ALLOWED: Readonly<Record<keyof Declared, string>> = {
  saveSteps: `a whole number from 1 to ${formatNumber(STEP_MAX)}`,
  expectedSteps: `at most ${formatNumber(EXPECTED_STEPS_MAX)} steps, whole numbers from 0 to ${formatNumber(STEP_MAX)}, with commas or line ends between them`,
  minCheckpoints: `a whole number from 1 to ${formatNumber(EXPECTED_STEPS_MAX)}`,
  gradientAccumulationSteps: `a whole number from 1 to ${formatNumber(FACTOR_MAX)}`,
  worldSize: `a whole number from 1 to ${formatNumber(FACTOR_MAX)}`,
};

/** `null`: nothing is declared; `undefined`: it cannot be read. */
function countIn(text: string, max: number): number | null | undefined {
  if (text.trim() === '') return null;
  const count = numberIn(text);
  return count === null || count < 1 || count > max ? undefined : count;
}

function stepsIn(text: string): readonly number[] | null | undefined {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  if (text.trim() === '') return null;
  const steps = new Set<number>();
  for (const part of parts) {
    const step = numberIn(part);
    const isFull = steps.size === EXPECTED_STEPS_MAX;
    if (step === null || isFull) return undefined;
    steps.add(step);
  }
  if (steps.size === 0) return undefined;
  return [...steps].sort((left, right) => left - right);
}

function numberIn(text: string): number | null {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}
