import type { Cadence, Ledger } from '../run-types.ts';
import type { RunSummary } from '../types.ts';
import { formatNumber, formatSteps } from '../wording.ts';

/** Trainings of one folder that are told one by one. */
const TRAININGS_SHOWN = 4;

/**
 * What the steps of a run are, a sentence for each training: which are there, and why
 * others are not. None where there is one step and nothing more to say of it.
 */
export function ledgerWords({ ledgers }: RunSummary): readonly string[] {
  const shown = ledgers.slice(0, TRAININGS_SHOWN).flatMap((ledger, at) => {
    const words = wordsOf(ledger);
    if (words === null) return [];
    return ledgers.length === 1
      ? [`Steps: ${words}`]
      : [`Steps of training ${at + 1} of ${ledgers.length}: ${words}`];
  });
  const rest = ledgers.length - TRAININGS_SHOWN;
  return rest > 0
    ? [...shown, `Steps of ${formatNumber(rest)} more: in the JSON report`]
    : shown;
}

function wordsOf(ledger: Ledger): string | null {
  const { present, broken, rotated, missing, cadence } = ledger;
  const [only, ...more] = present;
  const isSingle = only?.every === 0 && more.length === 0;
  if (isSingle && missing.length === 0 && rotated.length === 0) return null;
  const part = (steps: Ledger['present'], state: string) =>
    steps.length === 0 ? [] : [`${formatSteps(steps)} ${state}`];
  return [
    ...part(present, 'there'),
    ...part(missing, 'missing'),
    ...part(rotated, 'rotated'),
    ...part(broken, 'broken'),
    ...(cadence === null ? [] : [cadenceWords(cadence)]),
  ].join('; ');
}

function cadenceWords({ every, source }: Cadence): string {
  const often = `a save every ${formatNumber(every)}`;
  switch (source) {
    case 'declared':
      return `${often} (declared)`;
    case 'state':
      return `${often} (save_steps)`;
    case 'inferred':
      return `${often} (inferred)`;
  }
}
