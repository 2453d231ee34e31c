import { defineCheck } from '../../define-check.ts';
import {
  missingOf,
  runLedger,
  runSteps,
} from '../../layout/ledger/run-ledger.ts';
import { totalOf } from '../../layout/ledger/spans.ts';
import { unitOfCadence, unitOfExpected } from '../../layout/ledger/unit.ts';
import { formatCount, formatNumber, formatSteps } from '../../wording.ts';
import { keptSpans, keptSteps } from '../step-words.ts';
import type { Span } from '../step-words.ts';
import { UPLOAD_LOSSES } from '../wording.ts';

/** Steps that were due, and how far training came. */
interface DueSteps {
  readonly missing: Span[];
  readonly count: number;
  readonly every: number;
  readonly reached: number;
}
type Due = { [K in keyof DueSteps]: DueSteps[K] };

const NOBODY_DELETED =
  'A save may have failed without a word, or somebody deleted the folder.';

export const stepMissing = defineCheck({
  altitude: 'judged',
  meta: {
    id: 'step-missing',
    question: 'progress',
    severity: 'error',
    confidence: 'proven',
    title: 'Steps that should be there and are not',
    why: 'What was to be saved at these steps cannot be used, compared or resumed from, and a save that failed once can fail at the end too.',
    fix: 'Search the log of the training around these steps for errors at save time. If the steps were deleted on purpose, do not declare them.',
    since: '0.1.0',
  },
  messages: {
    expected: {
      inUpload: UPLOAD_LOSSES,
      text: (data: {
        missing: Span[];
        count: number;
        expected: number;
        there: Span[];
      }) =>
        `Of ${formatCount(data.expected, 'declared step')} ${formatNumber(data.count)} ${data.count === 1 ? 'is' : 'are'} not there: ${formatSteps(data.missing)}. There ${thereWords(data.there)}.`,
    },
    declared: {
      inUpload: UPLOAD_LOSSES,
      text: (data: Due) =>
        `A checkpoint every ${formatCount(data.every, 'step')} is declared, and training reached ${formatNumber(data.reached)}: ${absentWords(data)}.`,
      why: 'No limit on the checkpoints that are kept explains it: older ones are there. What was to be saved at these steps cannot be used, compared or resumed from.',
    },
    state: {
      severity: 'warning',
      confidence: 'inferred',
      inUpload: UPLOAD_LOSSES,
      text: (data: Due) =>
        `trainer_state.json names save_steps ${formatNumber(data.every)}, and training reached ${formatNumber(data.reached)}: ${absentWords(data)}.`,
      why: `${NOBODY_DELETED} No save_total_limit explains it: older checkpoints are there. Taken as: save_strategy is 'steps'.`,
      fix: 'Search the log of the training around these steps for errors at save time. If all is as it should be, declare the steps that have to be there with `expected-steps`.',
    },
    inferred: {
      severity: 'warning',
      confidence: 'inferred',
      inUpload: UPLOAD_LOSSES,
      text: (data: Due) =>
        `The steps that are there are ${formatNumber(data.every)} apart or a multiple of it, up to ${formatNumber(data.reached)}: ${absentWords(data)}.`,
      why: `${NOBODY_DELETED} Taken as: the training saves every so many steps, since most of them are there.`,
      fix: 'Search the log of the training around these steps for errors at save time. If all is as it should be, declare `save-steps` or `expected-steps`.',
    },
  },
  async run({ subject, options: { declared }, report }) {
    const named = runSteps(subject, declared);
    const { undelivered, steps } = named;
    const { expectedSteps } = declared;
    // Before anything is read: the names alone show it.
    if (undelivered.length > 0 && unitOfExpected(named, declared) === null)
      report('expected', {
        missing: keptSteps(undelivered),
        count: undelivered.length,
        expected: expectedSteps?.length ?? 0,
        there: keptSteps(steps),
      });
    const ledger = await runLedger(subject, declared);
    for (const source of ['declared', 'state', 'inferred'] as const)
      for (const { missing, cadence, reached } of missingOf(ledger, source)) {
        if (source === 'declared' && unitOfCadence(ledger, declared) !== null)
          continue;
        report(source, {
          missing: keptSpans(missing),
          count: totalOf(missing),
          every: cadence?.every ?? 0,
          reached: reached ?? 0,
        });
      }
  },
});

function absentWords({ missing, count }: Due): string {
  return `${formatSteps(missing)} ${count === 1 ? 'is' : 'are'} not there`;
}

function thereWords(there: readonly Span[]): string {
  if (there.length === 0) return 'is no checkpoint with a step in its name';
  const isOne = there.length === 1 && there[0]?.every === 0;
  return `${isOne ? 'is' : 'are'} ${formatSteps(there)}`;
}
