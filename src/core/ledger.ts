import { unreadOf } from './bytes/failure-words.ts';
import { SourceError } from './bytes/reader.ts';
import { runLedger } from './layout/ledger/run-ledger.ts';
import type { RunLedger, TrainingLedger } from './layout/ledger/run-ledger.ts';
import { spansOf, spanWithout } from './layout/ledger/spans.ts';
import { isStepTooLarge } from './layout/subjects.ts';
import type { JudgedRunSubject } from './layout/subjects.ts';
import { LEDGER_SPANS_MAX } from './report-limits.ts';
import type { Ledger, StepRange } from './run-types.ts';
import type { Declared } from './types.ts';
import { formatNumber } from './wording.ts';

/** The ledgers of a run as its report has them; none where the states cannot be read. */
export async function ledgersOf(
  run: JudgedRunSubject,
  declared: Declared,
): Promise<readonly Ledger[]> {
  const ledger = await orFailure(() => runLedger(run, declared));
  if (ledger instanceof SourceError) return [];
  return ledger.trainings.map((training, at) =>
    // A declared step that no training saved is told with the highest.
    ledgerOf(training, at === 0 ? ledger.undelivered : []),
  );
}

/**
 * Why `progress` cannot be answered with `yes` for a run, or `null`. Names of folders
 * alone are no answer: something in them has to be examined.
 */
export async function progressGap(
  run: JudgedRunSubject,
  declared: Declared,
): Promise<string | null> {
  const ledger = await orFailure(() => runLedger(run, declared));
  if (ledger instanceof SourceError) return unreadOf(ledger).reason;
  if (!isExamined(run)) return 'none of its checkpoints was examined';
  if (run.run.omitted > 0)
    return 'older checkpoints of the run were not looked at';
  const { expectedSteps, minCheckpoints } = declared;
  const large = run.run.checkpoints.find(isStepTooLarge);
  if (large !== undefined && expectedSteps === null)
    return `the step of ${large.path} is too large to be told from others`;
  if (expectedSteps !== null || minCheckpoints !== null) return null;
  return ledger.steps.length === 0
    ? 'no checkpoint carries a step in its name, and no step is declared'
    : (ledger.trainings
        .map((training) => gapOf(training, ledger, declared))
        .find((gap) => gap !== null) ?? null);
}

function gapOf(
  { cadence, rule, unclaimed }: TrainingLedger,
  { steps }: RunLedger,
  { saveSteps }: Declared,
): string | null {
  if (saveSteps !== null) return null;
  if (steps.length === 1)
    return 'there is one step, and none is declared (`expected-steps`)';
  if (cadence === null) return UNKNOWN_WORDS[rule];
  return unclaimed.length === 0
    ? null
    : 'steps are absent that may never have been due; declare them (`expected-steps`)';
}

const UNKNOWN_WORDS: Readonly<Record<TrainingLedger['rule'], string>> = {
  steps: 'it is not known how often the run saves (`save-steps`)',
  unknown: 'it is not known how often the run saves (`save-steps`)',
  epochs: 'the run saves by epochs, of no known length',
  best: 'the run saves where a metric improves, at steps that nobody can know',
  other:
    'the run saves by no rule that is known here; declare `expected-steps`',
};

function isExamined({ judged }: JudgedRunSubject): boolean {
  return judged.some(({ answers }) =>
    Object.values(answers).some(
      ({ value }) => value !== 'not checked' && value !== 'not applicable',
    ),
  );
}

async function orFailure<T>(make: () => Promise<T>): Promise<T | SourceError> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error;
  }
}

function ledgerOf(
  training: TrainingLedger,
  undelivered: readonly number[],
): Ledger {
  const { cadence, reached, facts } = training;
  const stepsWhere = (isWanted: (one: (typeof facts)[number]) => boolean) =>
    spansOf(facts.filter(isWanted).map(({ step }) => step));
  // What was declared to be there is missing, whatever else would explain it.
  const less = (spans: readonly StepRange[]) =>
    spans.flatMap((span) => spanWithout(span, undelivered));
  const lists = {
    present: stepsWhere(() => true),
    broken: stepsWhere(({ isBroken }) => isBroken),
    rotated: less(training.rotated),
    missing: [...less(training.missing), ...spansOf(undelivered)].sort(
      (left, right) => left.first - right.first,
    ),
  };
  const isCut = Object.values(lists).some(
    ({ length }) => length > LEDGER_SPANS_MAX,
  );
  const kept = (spans: readonly StepRange[]) =>
    spans.slice(0, LEDGER_SPANS_MAX);
  return {
    cadence,
    reached,
    present: kept(lists.present),
    broken: kept(lists.broken),
    rotated: kept(lists.rotated),
    missing: kept(lists.missing),
    assumption: assumptionOf(training, isCut),
  };
}

function assumptionOf(
  { cadence, rule, rotated, missing, unclaimed }: TrainingLedger,
  isCut: boolean,
): string | null {
  const isInferred = cadence !== null && cadence.source !== 'declared';
  const words = [
    ...(missing.length > 0 && isInferred
      ? ['Taken as: a checkpoint is due at every multiple of the cadence.']
      : []),
    ...(rotated.length > 0
      ? [
          'Taken as: what is absent before the newest was deleted by a limit on the checkpoints that are kept, or lies in another folder.',
        ]
      : []),
    ...(unclaimed.length > 0
      ? [
          rule === 'epochs'
            ? 'Absent ends of epochs are not called missing: they may not have been due.'
            : 'More multiples of the cadence are absent than there, and are not called missing: they may never have been due.',
        ]
      : []),
    ...(isCut
      ? [`The first ${formatNumber(LEDGER_SPANS_MAX)} spans of each list.`]
      : []),
  ];
  return words.length === 0 ? null : words.join(' ');
}
