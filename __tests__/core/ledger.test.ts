import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inspect } from '../../src/core/inspect.ts';
import { LEDGER_SPANS_MAX } from '../../src/core/report-limits.ts';
import type { Ledger, StepRange } from '../../src/core/run-types.ts';
import { NOTHING_DECLARED } from '../../src/core/types.ts';
import type { Declared, RunSummary } from '../../src/core/types.ts';
import { CHECKS } from '../../src/core/checks/index.ts';
import { adapterFiles } from '../builders/checkpoint.ts';
import { plainRun, trainerRun, trainerState } from '../builders/trainer-run.ts';
import { memorySource } from '../helpers/memory-source.ts';
import type { CaseFiles } from '../helpers/memory-source.ts';

/** The only run of some files. */
async function runOf(
  files: CaseFiles,
  declared: Partial<Declared> = {},
): Promise<RunSummary> {
  const { runs } = await inspect({
    targets: [{ named: 'run', sources: [memorySource('run', files)] }],
    options: {
      expect: 'auto',
      require: 'all',
      declared: { ...NOTHING_DECLARED, ...declared },
    },
    checks: CHECKS,
  });
  const [run] = runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

const words = (spans: readonly StepRange[]) =>
  spans
    .map(({ first, last, every }) =>
      every === 0 ? `${first}` : `${first}-${last}/${every}`,
    )
    .join(' ');

const told = ({ cadence, reached, ...lists }: Ledger) => ({
  cadence: cadence === null ? null : `${cadence.every} ${cadence.source}`,
  reached,
  present: words(lists.present),
  rotated: words(lists.rotated),
  missing: words(lists.missing),
});

interface Told {
  readonly cadence: string | null;
  readonly reached: number | null;
  readonly present: string;
  readonly rotated?: string;
  readonly missing?: string;
}

describe('the ledger of', () => {
  test.each<[string, CaseFiles, Told]>([
    [
      'a run with a gap',
      trainerRun({ steps: [10, 20, 40, 50] }),
      {
        cadence: '10 state',
        reached: 50,
        present: '10 20 40 50',
        missing: '30',
      },
    ],
    [
      'a run of which a limit left three',
      trainerRun({ steps: [80, 90, 100] }),
      {
        cadence: '10 state',
        reached: 100,
        present: '80-100/10',
        rotated: '10-70/10',
      },
    ],
    [
      'a run that was cut short behind its last save',
      {
        ...adapterFiles(),
        'trainer_state.json': trainerState(45, { steps: [], maxSteps: 100 }),
        ...trainerRun({ steps: [10, 20, 30, 40] }),
      },
      { cadence: '10 state', reached: 45, present: '10-40/10' },
    ],
    [
      'a loop without states',
      plainRun([100, 200, 300, 330]),
      { cadence: '100 inferred', reached: 330, present: '100-300/100 330' },
    ],
    [
      'epochs',
      trainerRun({ steps: [64, 128, 192], saveSteps: 500 }),
      { cadence: '64 inferred', reached: 192, present: '64-192/64' },
    ],
    [
      'folders in which nothing is',
      { 'checkpoint-50': null, 'checkpoint-100': null },
      { cadence: null, reached: 100, present: '50 100' },
    ],
    [
      'steps as large as can be',
      trainerRun({
        steps: [10, 999_999_999_999_999],
        logEvery: 1e15,
        state: () => ({ save_steps: 1 }),
      }),
      {
        cadence: '1 state',
        reached: 999_999_999_999_999,
        present: '10 999999999999999',
      },
    ],
  ])('%s', async (_name, files, expected) => {
    const { ledgers } = await runOf(files);
    expect(ledgers.map(told)).toEqual([
      { rotated: '', missing: '', ...expected },
    ]);
  });

  test('a run with an interrupted save tells it broken', async () => {
    const { ledgers } = await runOf({
      ...trainerRun({ steps: [10, 20] }),
      'checkpoint-30': null,
    });
    expect(ledgers.map(({ broken }) => words(broken))).toEqual(['30']);
  });

  test('a run of its weights alone is not broken', async () => {
    const { ledgers } = await runOf(trainerRun({ steps: [10, 20] }));
    expect(ledgers.map(({ broken }) => broken)).toEqual([[]]);
  });

  test('two trainings in one folder is one each', async () => {
    const { ledgers } = await runOf({
      ...trainerRun({ steps: [30, 40], maxSteps: 40 }),
      ...trainerRun({ steps: [10, 20], maxSteps: 20, loss: 3 }),
    });
    expect(ledgers.map(({ present }) => words(present))).toEqual([
      '30 40',
      '10 20',
    ]);
    expect(ledgers.map(({ missing }) => missing)).toEqual([[], []]);
    expect(ledgers.map(({ rotated }) => rotated)).toEqual([[], []]);
  });

  test('what was declared is missing even where a limit explains it', async () => {
    const { ledgers } = await runOf(trainerRun({ steps: [30, 40] }), {
      expectedSteps: [20, 40, 45],
    });
    expect(ledgers.map(told)).toEqual([
      {
        cadence: '10 state',
        reached: 40,
        present: '30 40',
        rotated: '10',
        missing: '20 45',
      },
    ]);
  });
});

describe('progress is', () => {
  test.each<[string, CaseFiles, Partial<Declared>, string, RegExp]>([
    ['yes for a run that kept all', trainerRun({ steps: [10, 20] }), {}, 'yes', /^$/], // prettier-ignore
    ['doubtful for a gap', trainerRun({ steps: [10, 30] }), {}, 'doubtful', /1 warning/], // prettier-ignore
    ['no for a declared gap', plainRun([10, 30]), { saveSteps: 10 }, 'no', /^$/], // prettier-ignore
    ['yes as declared', plainRun([7, 30]), { expectedSteps: [7, 30] }, 'yes', /^$/], // prettier-ignore
    ['not known of one step', plainRun([10]), {}, 'not checked', /one step/],
    ['not known of two steps', plainRun([10, 20]), {}, 'not checked', /how often/], // prettier-ignore
    ['not known without steps', adapterFiles(), {}, 'not checked', /no checkpoint carries a step/], // prettier-ignore
    [
      'not known where a metric decides',
      trainerRun({ steps: [10, 20, 70], best: (step) => step }),
      {},
      'not checked',
      /metric/,
    ],
    [
      'not known where nothing was examined',
      { 'checkpoint-1/my_model.pt': 'x', 'checkpoint-2/my_model.pt': 'x' },
      { saveSteps: 1 },
      'not checked',
      /none of its checkpoints was examined/,
    ],
    [
      'not known where a state cannot be read',
      {
        ...trainerRun({ steps: [10, 20] }),
        'checkpoint-20/trainer_state.json': { error: 'EIO' },
      },
      {},
      'not checked',
      /EIO/,
    ],
  ])('%s', async (_name, files, declared, value, reason) => {
    const { answers } = await runOf(files, declared);
    expect(answers.progress.value).toBe(value);
    expect(answers.progress.reason ?? '').toMatch(reason);
  });
});

const anyNumber = fc.oneof(
  fc.nat(200),
  fc.constantFrom(-1, 0, 0.5, 1e15, 1e300, 'NaN', null, 'x', []),
);
const anyState = fc.record(
  {
    global_step: anyNumber,
    max_steps: anyNumber,
    save_steps: anyNumber,
    epoch: anyNumber,
    best_global_step: anyNumber,
    best_model_checkpoint: fc.constantFrom('checkpoint-5', '', 7, null),
    log_history: fc.array(fc.record({ step: anyNumber, loss: anyNumber }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);
const anyFolder = fc.record({
  step: fc.oneof(fc.nat(60), fc.constantFrom(0, 999_999_999_999_999)),
  state: fc.option(anyState),
  hasWeights: fc.boolean(),
});

test('whatever lies there, lists are in order, without a step in two of them, and bounded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFolder, { minLength: 1, maxLength: 8 }),
      fc.option(fc.integer({ min: 1, max: 30 })),
      fc.option(fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 5 })),
      async (folders, saveSteps, expected) => {
        const expectedSteps =
          expected === null
            ? null
            : [...expected].sort((left, right) => left - right);
        const files = Object.assign(
          {},
          ...folders.map(({ step, state, hasWeights }) => ({
            [`checkpoint-${step}/note.txt`]: 'x',
            ...(hasWeights ? adapterFiles(`checkpoint-${step}`) : {}),
            ...(state === null
              ? {}
              : {
                  [`checkpoint-${step}/trainer_state.json`]:
                    JSON.stringify(state),
                }),
          })),
        ) as CaseFiles;
        const { ledgers } = await runOf(files, { saveSteps, expectedSteps });
        for (const ledger of ledgers) expectOrdered(ledger);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

function expectOrdered({ present, broken, rotated, missing }: Ledger): void {
  for (const spans of [present, broken, rotated, missing]) {
    expect(spans.length).toBeLessThanOrEqual(LEDGER_SPANS_MAX);
    for (const [at, { first, last, every }] of spans.entries()) {
      expect(Number.isSafeInteger(first) && Number.isSafeInteger(last)).toBe(
        true,
      );
      expect(every === 0 ? last === first : (last - first) % every === 0).toBe(
        true,
      );
      expect(first).toBeGreaterThanOrEqual(spans[at - 1]?.first ?? 0);
    }
  }
  const isIn = (step: number) => (span: StepRange) =>
    span.every === 0
      ? step === span.first
      : step >= span.first &&
        step <= span.last &&
        (step - span.first) % span.every === 0;
  for (let step = 0; step <= 60; step += 1) {
    const lists = [present, rotated, missing];
    const holding = lists.filter((spans) => spans.some(isIn(step)));
    expect(holding.length).toBeLessThanOrEqual(1);
  }
}
