import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHECKS } from '../../src/core/checks/index.ts';
import { SourceError } from '../../src/core/bytes/reader.ts';
import { inspect } from '../../src/core/inspect.ts';
import {
  SERIES_MAX_POINTS,
  SERIES_TOTAL_POINTS,
} from '../../src/core/report-limits.ts';
import { thin } from '../../src/core/series.ts';
import type { LossSeries } from '../../src/core/run-types.ts';
import { adapterFiles } from '../builders/checkpoint.ts';
import { falling, loggedStep, stateOf } from '../builders/training-log.ts';
import type { Logged } from '../builders/training-log.ts';
import { memorySource } from '../helpers/memory-source.ts';
import type { CaseFiles } from '../helpers/memory-source.ts';

/** The checks of what was logged. */
const OURS = CHECKS.filter(({ meta: { id } }) =>
  /^(?:loss-|learning-rate-)/.test(id),
);

async function runsOf(files: CaseFiles) {
  const { runs } = await inspect({
    targets: [{ named: 'run', sources: [memorySource('run', files)] }],
    options: { expect: 'auto', require: 'all' },
    checks: [],
  });
  return runs;
}

async function seriesIn(files: CaseFiles): Promise<LossSeries | null> {
  const [run] = await runsOf(files);
  return run?.series ?? null;
}

const points = fc
  .array(fc.double(), { minLength: 1, maxLength: 400 })
  .map((losses) => losses.map((loss, step) => ({ step, loss })));

describe('thin', () => {
  test('keeps at most so many, in order, with what stands out', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 5, max: 60 }), (all, max) => {
        const kept = thin(all, max);
        const finite = (some: readonly { loss: number }[]) =>
          some.map(({ loss }) => loss).filter(Number.isFinite);
        expect(kept.length).toBeLessThanOrEqual(max);
        expect(kept).toEqual(all.filter((one) => kept.includes(one)));
        expect(kept[0]).toBe(all[0]);
        expect(kept.at(-1)).toBe(all.at(-1));
        expect(Math.min(...finite(kept))).toBe(Math.min(...finite(all)));
        expect(Math.max(...finite(kept))).toBe(Math.max(...finite(all)));
        expect(kept.every(({ loss }) => Number.isFinite(loss))).toBe(
          all.every(({ loss }) => Number.isFinite(loss)),
        );
      }),
    );
  });

  test('keeps the first of the odd points of each part', () => {
    const all = Array.from({ length: 9000 }, (_one, step) => ({
      step,
      loss: step === 4000 || step > 8990 ? NaN : 1 / (step + 1),
    }));
    const steps = thin(all, SERIES_MAX_POINTS).map(({ step }) => step);
    expect(steps).toContain(4000);
    expect(steps).toContain(8991);
    expect(steps.length).toBeGreaterThan(SERIES_MAX_POINTS / 2);
  });
});

describe('the series of a run', () => {
  test('is what the newest state logged', async () => {
    const files = {
      ...loggedStep(falling(2)),
      ...loggedStep([
        { loss: 3 },
        { loss: NaN },
        { eval_loss: 1 },
        { loss: -Infinity },
        { loss: -0 },
        { loss: '1.5' },
        { train_loss: 2 },
      ]),
    };
    expect(await seriesIn(files)).toEqual({
      checkpoint: 'run/checkpoint-7',
      logged: 5,
      points: [
        { step: 1, loss: 3 },
        { step: 2, loss: 'NaN' },
        { step: 4, loss: '-Infinity' },
        { step: 5, loss: 0 },
        { step: 6, loss: 1.5 },
      ],
    });
  });

  test.each<[string, CaseFiles]>([
    ['no state', adapterFiles('checkpoint-2')],
    ['no checkpoint', { 'notes.txt': 'x' }],
    ['no loss', loggedStep([{ eval_loss: 1 }])],
    ['a state that is cut', loggedStep([], { 'trainer_state.json': '{"log' })],
    ['a log that is none', loggedStep([], { 'trainer_state.json': '[]' })],
  ])('is none for %s', async (_name, files) => {
    expect(await seriesIn(files)).toBeNull();
  });

  test('is of the one run that the others are not', async () => {
    const runs = await runsOf({
      'a/checkpoint-1/trainer_state.json': stateOf(falling(1)),
      'b/checkpoint-2/trainer_state.json': stateOf(falling(2)),
    });
    expect(runs.map(({ series }) => series?.logged)).toEqual([1, 2]);
  });

  test('is thinned to what a report has room for', async () => {
    const runs = 25;
    const state = stateOf(falling(SERIES_MAX_POINTS));
    const files = Object.fromEntries(
      Array.from({ length: runs }, (_run, at) => [
        `${at}/checkpoint-${SERIES_MAX_POINTS}/trainer_state.json`,
        state,
      ]),
    );
    const counts = (await runsOf(files)).map(
      ({ series }) => series?.points.length ?? 0,
    );
    expect(counts).toHaveLength(runs);
    for (const count of counts) {
      expect(count).toBeLessThanOrEqual(SERIES_TOTAL_POINTS / runs);
      expect(count).toBeGreaterThan(SERIES_TOTAL_POINTS / runs / 2);
    }
  });

  test('is none where the newest state cannot be had, which is said', async () => {
    const bad = { loss: NaN };
    const inner = memorySource('run', {
      ...loggedStep([...falling(2), bad, bad]),
      ...loggedStep(falling(5)),
    });
    const source = {
      ...inner,
      open: (path: string) =>
        path === 'checkpoint-5/trainer_state.json'
          ? Promise.reject(new SourceError('EIO', 'the disk failed'))
          : inner.open(path),
    };
    const report = await inspect({
      targets: [{ named: 'run', sources: [source] }],
      options: { expect: 'auto', require: 'all' },
      checks: OURS,
    });
    expect(report.verdict).toBe('inconclusive');
    expect(report.runs.map(({ series }) => series)).toEqual([null]);
    expect(report.findings).toEqual([]);
    expect(
      report.skipped.map(({ where, cause }) => [where.path, cause]),
    ).toEqual([['run/checkpoint-5', 'io']]);
  });
});

const values = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, 'nan', '1e999', '', null, true, [], {}, 1e300, -1),
);
const entry = fc.record(
  {
    step: values,
    loss: values,
    grad_norm: values,
    learning_rate: values,
    reward: values,
    frac_reward_zero_std: values,
  },
  { requiredKeys: [] },
);

test('whatever is logged, the report is one that JSON holds', async () => {
  expect(OURS).toHaveLength(5);
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry as fc.Arbitrary<Logged>, { maxLength: 15 }),
      async (entries) => {
        const files = loggedStep(entries, {
          'trainer_state.json': stateOf(entries, { global_step: 'x' }),
          'config.json': '{"vocab_size": 1e400}',
        });
        const report = await inspect({
          targets: [{ named: 'run', sources: [memorySource('run', files)] }],
          options: { expect: 'auto', require: 'all' },
          checks: OURS,
        });
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      },
    ),
  );
});
