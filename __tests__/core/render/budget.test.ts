import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderMarkdown } from '../../../src/core/render/markdown.ts';
import { renderCheckpoints } from '../../../src/core/render/outputs.ts';
import { renderText } from '../../../src/core/render/text.ts';
import type { Finding, Report, Skip } from '../../../src/core/types.ts';
import {
  checkpoint,
  finding,
  report,
  run,
  skip,
} from '../../builders/report.ts';
import { HOSTILE } from './hostile.ts';
import { expectWhole } from './whole.ts';

const MAX_BYTES = 900_000;

interface Size {
  readonly runs?: number;
  readonly checkpoints?: number;
  readonly findings?: number;
  readonly skips?: number;
  /** Differ from one another, so that nothing is grouped. */
  readonly isDistinct?: boolean;
  readonly text?: string | undefined;
}

/** A report of that size, every `brokenEvery`th checkpoint of it broken. */
function reportOf(size: Size, brokenEvery = 3): Report {
  const { runs = 1, checkpoints = 2, findings = 0, skips = 0 } = size;
  const { isDistinct = false, text = 'x' } = size;
  const own = (at: number) =>
    isDistinct ? `${at} ${text.slice(0, 99)}` : text;
  // Longer names are cut; shorter ones make the test faster.
  const name = text.slice(0, 600);
  const runPath = (at: number) => `${at % Math.max(1, runs)}/${name}`;
  const path = (at: number) => `${runPath(at)}/checkpoint-${at}`;
  return report({
    verdict: 'fail',
    headline: `fail; 1 error in ${text}`,
    examined: {
      targets: repeat(runs, runPath),
      files: checkpoints,
      folders: runs,
    },
    runs: repeat(runs, (at) =>
      run({
        path: runPath(at),
        checkpoints: Math.floor(checkpoints / Math.max(1, runs)),
        newestLoadable: path(at),
        newestResumable: path(at),
        resume: {
          framework: text,
          from: path(at),
          pass: path(at),
          blockedBy: repeat(20, path),
          moveAway: repeat(20, path),
        },
        answers: { progress: { value: 'not checked', reason: text } },
      }),
    ),
    checkpoints: repeat(runs === 0 ? 0 : checkpoints, (at) =>
      checkpoint(at, {
        run: runPath(at),
        path: path(at),
        producer: text,
        peftType: text,
        answers: {
          loads: { value: at % brokenEvery === 0 ? 'no' : 'yes' },
          trained: { value: 'not checked', reason: own(at) },
          resumes: { value: 'not applicable', reason: text },
        },
      }),
    ),
    findings: repeat(findings, (at) => findingAt(at, size)),
    skipped: repeat(skips, (at) => skipAt(at, own(at))),
  });
}

function findingAt(at: number, size: Size): Finding {
  const { text = 'x' } = size;
  const path = `${at}/checkpoint`;
  return finding({
    check: size.isDistinct ? `check-${at}` : 'check',
    severity: at < (size.findings ?? 0) / 2 ? 'error' : 'warning',
    where: { path, run: path, checkpoint: path },
    text,
    why: text,
    fix: text,
    loaderErrors: [text, `${text} again`],
  });
}

function skipAt(at: number, reason: string): Skip {
  const causes = ['io', 'ignored', 'limit', 'alias'] as const;
  return skip({
    where: { path: `place/${at}` },
    cause: causes[at % causes.length] ?? 'io',
    reason,
  });
}

function repeat<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** Six bytes a character in Markdown, and twelve. */
const HEAVY = ['|'.repeat(4000), '@'.repeat(4000), '\u0001'.repeat(4000)];

const EXTREMES: readonly (readonly [string, Size])[] = [
  ['nothing', { runs: 0 }],
  ['one run without a checkpoint', { checkpoints: 0 }],
  ['20,000 runs', { runs: 20_000, checkpoints: 20_000 }],
  [
    '20,000 runs of heavy names',
    { runs: 20_000, checkpoints: 60_000, text: HEAVY[1] },
  ],
  ['100,000 checkpoints', { checkpoints: 100_000 }],
  ['50,000 like findings', { findings: 50_000, text: HEAVY[0] }],
  ['100,000 places', { skips: 100_000 }],
  ...HEAVY.map((text): [string, Size] => [
    `many findings of ${JSON.stringify(text.slice(0, 1))}`,
    {
      runs: 4,
      checkpoints: 5000,
      findings: 5000,
      skips: 5000,
      isDistinct: true,
      text,
    },
  ]),
  [
    'everything at once',
    {
      runs: 20_000,
      checkpoints: 100_000,
      findings: 50_000,
      skips: 100_000,
      isDistinct: true,
      text: HEAVY[0],
    },
  ],
];

test.each(EXTREMES)('%s: whole', (_name, size) => {
  const one = reportOf(size);
  expectWhole(renderMarkdown(one), one, MAX_BYTES);
  expectCounted(renderCheckpoints(one), one);
  const text = renderText(one, { color: false, width: 80 });
  expect(text).toMatch(/^FAIL/);
  expect(text).toMatch(/Checkpoint Gate 1\.2\.3/);
  expect(text.split('\n').length).toBeLessThan(20_000);
});

test('any report is whole within any budget', () => {
  const text = fc.oneof(
    fc.constantFrom(...HOSTILE, ...HEAVY),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  const size = fc.record({
    runs: fc.nat({ max: 60 }),
    checkpoints: fc.nat({ max: 150 }),
    findings: fc.nat({ max: 60 }),
    skips: fc.nat({ max: 200 }),
    isDistinct: fc.boolean(),
    text,
  });
  const budget = fc.integer({ min: 150_000, max: MAX_BYTES });
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 50 }), budget, (...given) => {
      const [shape, brokenEvery, maxBytes] = given;
      const one = reportOf(shape, brokenEvery);
      expectWhole(renderMarkdown(one, { maxBytes }), one, maxBytes);
      expectCounted(renderCheckpoints(one), one);
    }),
    { numRuns: 60 },
  );
});

interface OutputElement {
  readonly omitted: number;
  readonly omittedRuns?: number;
  readonly checkpoints?: readonly unknown[];
}

function expectCounted(output: string, one: Report): void {
  expect(new TextEncoder().encode(output).length).toBeLessThanOrEqual(200_000);
  const elements = JSON.parse(output) as readonly OutputElement[];
  const sum = (of: (element: OutputElement) => number) =>
    elements.reduce((total, element) => total + of(element), 0);
  expect(
    sum(({ omitted, checkpoints = [] }) => omitted + checkpoints.length),
  ).toBe(one.checkpoints.length);
  expect(sum(({ omittedRuns = 1 }) => omittedRuns)).toBe(one.runs.length);
}
