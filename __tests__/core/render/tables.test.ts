import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/core/render/markdown.ts';
import { displayWidth } from '../../../src/core/render/shorten.ts';
import { renderText } from '../../../src/core/render/text.ts';
import type {
  CheckpointSummary,
  Finding,
  Report,
  RunSummary,
} from '../../../src/core/types.ts';
import { checkpoint, finding, report, run } from '../../builders/report.ts';

const text = (one: Report, width = 80) =>
  renderText(one, { color: false, width });

function runOf(path: string, fields: Partial<RunSummary> = {}): RunSummary {
  return run({ path, newestLoadable: `${path}/checkpoint-1`, ...fields });
}

function broken(run: string, step: number): CheckpointSummary {
  const { answers } = checkpoint(step);
  return checkpoint(step, {
    run,
    path: `${run}/checkpoint-${step}`,
    holds: 'nothing',
    answers: { ...answers, loads: { value: 'no' } },
  });
}

function emptyAt(run: string, step: number): Finding {
  const path = `${run}/checkpoint-${step}`;
  return finding({
    check: 'checkpoint-empty',
    where: { path, run, checkpoint: path },
    text: 'The folder is empty. It lacks everything.',
  });
}

/** Steps 1 to 1,000, of which every fiftieth is broken. */
const THOUSAND = report({
  verdict: 'fail',
  headline: 'fail; 20 errors on 20 of 1,000 checkpoints',
  checkpoints: Array.from({ length: 1000 }, (_, at) =>
    (at + 1) % 50 === 0 ? broken('run', at + 1) : checkpoint(at + 1),
  ),
  findings: Array.from({ length: 20 }, (_, at) => emptyAt('run', at * 50 + 50)),
});

/** Names in the first column of the tables, in the order of the page. */
function namesIn(markdown: string): string[] {
  return [...markdown.matchAll(/^\| <code>(.*?)<\/code> \|/gm)].map(
    ([, name = '']) => name,
  );
}

describe('1,000 checkpoints of a run', () => {
  const markdown = renderMarkdown(THOUSAND);
  const [open = '', folded = ''] = markdown.split('<details>');

  test('in Markdown: the worst and the newest open, the rest folded in order', () => {
    expect(open).toContain(
      '1,000 checkpoints; here the first 15 of 20 that need a look, then the newest 5 that load.',
    );
    expect(namesIn(open)).toEqual([
      ...Array.from({ length: 15 }, (_, at) => `checkpoint-${at * 50 + 50}`),
      ...[995, 996, 997, 998, 999].map((step) => `checkpoint-${step}`),
    ]);
    expect(folded).toContain('<summary>980 more checkpoints</summary>');
    const steps = namesIn(folded).map((name) => Number(name.slice(11)));
    expect(steps).toEqual([...steps].sort((left, right) => left - right));
    expect(steps).toHaveLength(980);
  });

  test('in Markdown: like findings are one cause with its places', () => {
    expect(markdown).toContain(
      '**❌ 20 errors** of one cause (checkpoint-empty)',
    );
    expect(markdown).toContain(
      '<code>run/checkpoint-250</code> and 15 more, all in the JSON report',
    );
    expect(markdown.split('- **What:**')).toHaveLength(2);
  });

  test('in text', () => {
    expect(text(THOUSAND)).toContain(
      '1,000 checkpoints; here the 20 that need a look, then the newest 20 that load.',
    );
    expect(text(THOUSAND)).toContain(
      '… and 960 more checkpoints (see --format json)',
    );
    expect(text(THOUSAND)).toContain('20 errors of one cause');
    expect(text(THOUSAND)).toContain('run/checkpoint-250 and 15 more (see');
  });

  test('that are all broken: none is called one that loads', () => {
    const all = report({
      checkpoints: Array.from({ length: 100 }, (_, at) => broken('run', at)),
    });
    expect(renderMarkdown(all)).toContain(
      '100 checkpoints; here the first 20 of 100 that need a look.',
    );
  });

  test('that are all well: the newest', () => {
    const all = report({
      checkpoints: Array.from({ length: 100 }, (_, at) => checkpoint(at)),
    });
    expect(renderMarkdown(all)).toContain(
      '100 checkpoints; here the newest 20 that load.',
    );
  });
});

describe('findings of one cause', () => {
  const three = [1, 2, 3].map((step) => emptyAt('run', step));

  test('are said one by one while they are two', () => {
    const two = renderMarkdown(report({ findings: three.slice(0, 2) }));
    expect(two).not.toContain('of one cause');
    expect(two.split('- **What:**')).toHaveLength(3);
  });

  test('say how many differ in words', () => {
    const [first = finding(), ...others] = three;
    const findings = [{ ...first, fix: 'Save twice.' }, ...others];
    expect(renderMarkdown(report({ findings }))).toContain(
      '- **What to do:** Save twice. (This is the first; 2 of the others differ in words, see the JSON report.)',
    );
    expect(text(report({ findings }), 200)).toContain(
      'Save twice. (This is the first; 2 of the others differ in words, see --format json.)',
    );
  });

  test('are not mixed with those of another severity or message', () => {
    const findings = [
      ...three,
      ...three.map((one) => ({ ...one, message: 'foreign' })),
      ...three.map((one) => ({ ...one, severity: 'warning' as const })),
    ];
    const markdown = renderMarkdown(report({ findings }));
    expect(markdown.match(/\*\* of one cause/g)).toHaveLength(3);
  });
});

describe('many runs', () => {
  const paths = Array.from({ length: 30 }, (_, at) => `out/run-${at}`);
  const several = report({
    verdict: 'fail',
    headline: 'fail; 1 error',
    runs: paths.map((path) => runOf(path)),
    checkpoints: paths.flatMap((run, at) => [
      checkpoint(1, { run, path: `${run}/checkpoint-1` }),
      at === 25
        ? broken(run, 2)
        : checkpoint(2, { run, path: `${run}/checkpoint-2` }),
    ]),
    findings: [emptyAt('out/run-25', 2)],
  });

  test('in Markdown: a line each, those with errors first', () => {
    const lines = renderMarkdown(several).split('\n');
    const at = lines.indexOf('### 30 runs');
    expect(lines.slice(at + 2, at + 6)).toEqual([
      '| Run | Checkpoints | Loads | Newest that loads | First finding |',
      '| --- | ---: | --- | --- | --- |',
      '| <code>out/run-25</code> | 2 | **1&nbsp;no**, 1&nbsp;yes | <code>checkpoint-1</code> | ❌ The folder is empty. |',
      '| <code>out/run-0</code> | 2 | 2&nbsp;yes | <code>checkpoint-1</code> |  |',
    ]);
    expect(lines).toContain('<details><summary>10 more runs</summary>');
    expect(lines).toContain(
      '<details><summary>All 60 checkpoints, run by run</summary>',
    );
  });

  test('in text: a line each, then what needs a look', () => {
    const more = report({
      ...several,
      checkpoints: [
        ...several.checkpoints,
        checkpoint(3, { run: 'out/run-0', path: 'out/run-0/checkpoint-3' }),
      ],
    });
    const lines = text(more).split('\n');
    const at = lines.indexOf('30 runs');
    expect(lines.slice(at, at + 3)).toEqual([
      '30 runs',
      'RUN         CHECKPOINTS  LOADS        NEWEST THAT LOADS  FIRST FINDING',
      'out/run-25            2  1 no, 1 yes  checkpoint-1       checkpoint-empty',
    ]);
    const rows = lines.indexOf('Checkpoints');
    expect(lines.slice(rows + 1, rows + 5)).toEqual([
      '61 checkpoints; here the one that needs a look.',
      expect.stringMatching(/^CHECKPOINT /),
      expect.stringMatching(/^out\/run-25\/checkpoint-2 /),
      '… and 60 more checkpoints (see --format json)',
    ]);
  });

  test('of one checkpoint each: one table of paths', () => {
    const singles = report({
      runs: paths.map((path) => runOf(path, { newestLoadable: path })),
      checkpoints: paths.map((run) =>
        checkpoint(null, { run, path: run, weightsBytes: null }),
      ),
    });
    const markdown = renderMarkdown(singles);
    expect(markdown).toContain('### 30 runs of one checkpoint each');
    expect(namesIn(markdown)).toEqual(paths);
    expect(markdown).not.toContain('<details>');
    expect(markdown).toContain(
      '| Checkpoint | Kind | Tensors | Loads | Trained | Resumes |',
    );
    expect(text(singles)).toContain('30 runs of one checkpoint each');
    expect(text(singles)).toContain(
      '\nCHECKPOINT  KIND            TENSORS  LOADS  TRAINED      RESUMES\n',
    );
  });
});

describe('a table in text', () => {
  const names = [
    'checkpoint-7',
    `${'模型'.repeat(30)}-8`,
    `${'e\u0301\u0302'.repeat(90)}-9`,
    `checkpoint-🚀🇩🇪👍🏽`,
    'x'.repeat(400),
  ];
  const wide = report({
    checkpoints: names.map((name, at) =>
      checkpoint(at, {
        path: `run/${name}`,
        producer: 'DeepSpeed ZeRO of a long name',
        peftType: null,
      }),
    ),
  });

  test.each([72, 80, 120])('keeps to %i columns and stays aligned', (width) => {
    const lines = text(wide, width).split('\n');
    const from = lines.findIndex((line) => line.startsWith('CHECKPOINT'));
    const table = lines.slice(from, from + 1 + names.length);
    for (const line of table)
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
    const starts = table
      .slice(1)
      .map((line) => displayWidth(line.slice(0, line.indexOf(' yes '))));
    expect(new Set(starts).size).toBe(1);
  });

  test('cuts long names in the middle', () => {
    expect(text(wide)).toMatch(/^模型.*…模型.*-8 /mu);
    expect(text(wide)).toContain('checkpoint-7 ');
  });
});

test('places that could not be read are open, the others folded', () => {
  const places = [
    { cause: 'ignored', reason: 'version control', path: 'run/.git' },
    { cause: 'io', reason: 'it could not be read', path: 'run/a' },
    { cause: 'io', reason: 'it could not be read', path: 'run/b' },
  ] as const;
  const one = report({
    skipped: places.map(({ cause, reason, path }) => ({
      cause,
      reason,
      where: { path },
    })),
  });
  const [open = '', folded = ''] = renderMarkdown(one).split('<details>');
  expect(open).toContain(
    '### Could not be read\n\n- <code>run/a</code>, <code>run/b</code>: it could not be read (io)\n',
  );
  expect(folded).toContain('<summary>Not examined: 1 place</summary>');
});
