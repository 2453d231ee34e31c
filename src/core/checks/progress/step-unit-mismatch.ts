import { defineCheck } from '../../define-check.ts';
import { findJump, findLonePair } from '../../layout/ledger/jump.ts';
import { runLedger, runSteps } from '../../layout/ledger/run-ledger.ts';
import type { RunLedger } from '../../layout/ledger/run-ledger.ts';
import {
  unitBetween,
  unitOfCadence,
  unitOfExpected,
} from '../../layout/ledger/unit.ts';
import { stepsOf } from '../../layout/ledger/step-facts.ts';
import type { OtherUnit, Unit } from '../../layout/ledger/unit.ts';
import type { JudgedRunSubject } from '../../layout/subjects.ts';
import type { Declared } from '../../types.ts';
import { formatNumber, formatSteps } from '../../wording.ts';
import { keptSteps } from '../step-words.ts';
import type { Span } from '../step-words.ts';

/** Two numbers of one moment: what the faster counter and the slower one say. */
interface TwoCounts {
  readonly fast: number;
  readonly slow: number;
  readonly factor: number;
  readonly of: Unit['of'];
}
type Pair = { [K in keyof TwoCounts]: TwoCounts[K] };

const COUNTERS =
  'A progress bar often counts micro-batches, or those of all processes; transformers, PEFT and most trainers name checkpoints by optimizer steps.';

/** Which of them hold nothing is no matter of counting. */
function unloadedWords(unloaded: readonly Span[]): string {
  return unloaded.length === 0
    ? ''
    : ` Of these, ${formatSteps(unloaded)} ${isOne(unloaded) ? 'does' : 'do'} not load.`;
}

export const stepUnitMismatch = defineCheck({
  altitude: 'judged',
  meta: {
    id: 'step-unit-mismatch',
    question: 'progress',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Two counters that count different steps',
    why: `${COUNTERS} The same moment has two numbers.`,
    fix: 'Compare numbers of one counter only.',
    since: '0.1.0',
  },
  messages: {
    expected: {
      severity: 'error',
      confidence: 'proven',
      text: (
        data: Pair & { expected: Span[]; there: Span[]; unloaded: Span[] },
      ) =>
        `${formatSteps(data.expected)} ${isOne(data.expected) ? 'is' : 'are'} declared and not there, and ${formatSteps(data.there)} ${isOne(data.there) ? 'is' : 'are'} there instead: ${pairWords(data)}.${unloadedWords(data.unloaded)}`,
      fix: ({ fast, factor, expected }) =>
        `Declare with \`expected-steps\` what the checkpoints count: what is declared now, ${expected[0]?.first === fast ? 'divided' : 'multiplied'} by ${formatNumber(factor)}. What is in them is judged by itself.`,
    },
    cadence: {
      text: (
        data: Pair & { there: Span[]; declared: number; unloaded: Span[] },
      ) =>
        `A checkpoint every ${formatNumber(data.declared)} steps is declared, and there are ${formatSteps(data.there)}: ${pairWords(data)}.${unloadedWords(data.unloaded)}`,
      fix: ({ declared, fast, slow }) =>
        `Declare what the checkpoints count: \`save-steps\` of ${String(declared === fast ? slow : fast)}.`,
    },
    jump: {
      text: (data: Pair) =>
        `The steps jump from ${formatNumber(data.slow)} to ${formatNumber(data.fast)}: ${pairWords(data)}.`,
      why: `${COUNTERS} Taken as: the one number is the other in the unit of another counter, so that training did not go on by so much.`,
      fix: 'Name checkpoints by one counter. A Trainer that looks for the newest by itself takes the highest number.',
    },
    state: {
      text: (data: Pair & { folder: number; state: number }) =>
        `The folder of step ${formatNumber(data.folder)} holds a trainer_state.json that counts ${formatNumber(data.state)}: ${pairWords(data)}.`,
      why: `${COUNTERS} A training that resumes from here goes on with the number in the file.`,
      fix: 'Name checkpoints by the counter that the training resumes with.',
    },
  },
  async run({ subject, options: { declared }, report }) {
    const named = runSteps(subject, declared);
    const { steps, undelivered } = named;
    const expected = unitOfExpected(named, declared);
    if (expected !== null) {
      const there = undelivered.map((step) => counterpart(step, expected));
      report('expected', {
        ...pairOf(undelivered[0] ?? 0, expected),
        expected: keptSteps(undelivered),
        there: keptSteps(there),
        unloaded: keptSteps(unloadedOf(subject, there)),
      });
    }
    const ledger = await runLedger(subject, declared);
    const cadence = unitOfCadence(ledger, declared);
    if (cadence !== null && declared.saveSteps !== null)
      report(
        'cadence',
        {
          ...pairOf(declared.saveSteps, cadence),
          declared: declared.saveSteps,
          there: keptSteps(steps),
          unloaded: keptSteps(unloadedOf(subject, steps)),
        },
        {},
        isShort(ledger) ? { severity: 'error' } : {},
      );
    for (const one of jumpsOf(ledger, declared))
      report('jump', one.pair, { path: one.path });
    for (const one of statesOf(ledger, declared))
      report('state', one.data, { path: one.path });
  },
});

/** Of some steps those of which no checkpoint loads. */
function unloadedOf(run: JudgedRunSubject, steps: readonly number[]): number[] {
  const carriers = stepsOf(run);
  return steps.filter((step) =>
    carriers.get(step)?.every(({ answers }) => answers.loads.value === 'no'),
  );
}

/** Whether the declared cadence, taken by the letter, finds steps missing. */
function isShort({ trainings }: RunLedger): boolean {
  return trainings.some(({ missing }) => missing.length > 0);
}

function counterpart(step: number, { direction, factor }: OtherUnit): number {
  return direction === 'finer' ? step / factor : step * factor;
}

function pairOf(step: number, unit: OtherUnit): Pair {
  const other = counterpart(step, unit);
  const { factor, of } = unit;
  return {
    fast: Math.max(step, other),
    slow: Math.min(step, other),
    factor,
    of,
  };
}

/** One pair is enough: the unit of the others is the same. */
function jumpsOf({ trainings }: RunLedger, declared: Declared) {
  return trainings.flatMap((training) => {
    const jump = findJump(training) ?? findLonePair(training);
    if (jump === null || declared.expectedSteps !== null) return [];
    const [fast, slow] = [jump.to.step, jump.from.step];
    const unit = unitBetween(fast, slow, declared);
    return unit === null
      ? []
      : [{ path: jump.to.path, pair: { fast, slow, ...unit } }];
  });
}

function statesOf({ trainings }: RunLedger, declared: Declared) {
  return trainings
    .flatMap(({ facts }) => facts)
    .flatMap(({ step, path, state }) => {
      const counted = state?.globalStep ?? null;
      if (counted === null || counted === step) return [];
      const fast = Math.max(step, counted);
      const slow = Math.min(step, counted);
      const unit = unitBetween(fast, slow, declared);
      return unit === null
        ? []
        : [
            {
              path,
              data: { fast, slow, ...unit, folder: step, state: counted },
            },
          ];
    })
    .slice(0, 1);
}

function isOne(spans: readonly Span[]): boolean {
  return spans.length === 1 && spans[0]?.every === 0;
}

function pairWords({ fast, slow, factor, of }: Pair): string {
  const [more, less] = [formatNumber(fast), formatNumber(slow)];
  const steps = slow === 1 ? 'optimizer step' : 'optimizer steps';
  const is = fast === 1 ? 'is' : 'are';
  switch (of) {
    case 'accumulation':
      return `${more} micro-batches ${is} ${less} ${steps} at the declared gradient accumulation of ${formatNumber(factor)}`;
    case 'processes':
      return `${more} counted over all processes ${is} ${less} ${steps} of the declared world size of ${formatNumber(factor)}`;
    case 'both':
      return `${more} micro-batches of all processes ${is} ${less} ${steps} at the declared gradient accumulation times world size of ${formatNumber(factor)}`;
  }
}
