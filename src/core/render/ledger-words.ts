import type { Cadence, Ledger } from '../run-types.ts';
import type { RunSummary } from '../types.ts';
import { formatNumber, formatSteps, stepsIn } from '../wording.ts';

/** Trainings of one folder that are told one by one. */
const TRAININGS_SHOWN = 4;

/**
 * What the steps of a run are, a sentence for each training: which are there, and why
 * others are not. None where there is one step and nothing more to say of it.
 */
export function ledgerWords({ ledgers }: RunSummary): readonly string[] {
  const shown = ledgers.slice(0, TRAININGS_SHOWN).flatMap((ledger, at) => {
    const words = wordsOf(ledger, ledgers.length === 1);
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

/** @param isOnly no step of another training lies between its own */
function wordsOf(ledger: Ledger, isOnly: boolean): string | null {
  const { present, broken, rotated, missing, cadence } = ledger;
  const [only, ...more] = present;
  const isSingle = only?.every === 0 && more.length === 0;
  if (isSingle && missing.length === 0 && rotated.length === 0) return null;
  const part = (steps: Ledger['present'], state: string) =>
    steps.length === 0 ? [] : [`${formatSteps(steps)} ${state}`];
  return [
    ...part(present, 'there'),
    ...part(missing, 'missing'),
    ...part(
      rotated,
      `gone, as a limit on checkpoints leaves ${isOne(rotated) ? 'it' : 'them'}`,
    ),
    ...part(broken, 'broken'),
    ...(cadence === null ? [] : paceWords(ledger, cadence, isOnly)),
  ].join('; ');
}

function isOne([first, ...others]: Ledger['present']): boolean {
  return first?.every === 0 && others.length === 0;
}

/** How often it saves, and what is there where that is less. */
function paceWords(
  ledger: Ledger,
  cadence: Cadence,
  isOnly: boolean,
): readonly string[] {
  const { present } = ledger;
  const told = cadenceWords(cadence);
  if (!isOnly || !hasSilentGaps(ledger, cadence)) return [told];
  const seen = present.length === 1 ? (present[0]?.every ?? 0) : 0;
  return seen > cadence.every
    ? [`a save every ${formatNumber(seen)} seen, ${told}`]
    : ['others between them absent, which may never have been due', told];
}

/** Whether steps are absent between those that are there, of which no list tells. */
function hasSilentGaps(
  { present, rotated, missing }: Ledger,
  { every }: Cadence,
): boolean {
  const first = present[0]?.first;
  const last = present.at(-1)?.last;
  if (first === undefined || last === undefined || every < 1) return false;
  const due = Math.floor(last / every) - Math.ceil(first / every) + 1;
  const told = [...present, ...rotated, ...missing]
    .filter((span) => span.first >= first && span.last <= last)
    .reduce((sum, span) => sum + stepsIn(span), 0);
  return told < due;
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
