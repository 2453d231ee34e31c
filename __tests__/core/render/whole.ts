import { expect } from '@jest/globals';
import type { Report } from '../../../src/core/types.ts';

/**
 * A summary within its bytes, of valid structure, with what always has to be
 * there, in which what is shown and what is said to be left out are all.
 */
export function expectWhole(
  markdown: string,
  report: Report,
  maxBytes: number,
): void {
  const bytes = new TextEncoder().encode(markdown).length;
  expect(bytes).toBeLessThanOrEqual(maxBytes);
  const lines = markdown.split('\n');
  expectFolds(lines);
  const tables = tablesOf(lines);
  expect(lines[0]).toBe(`## ❌ Checkpoint Gate: ${report.verdict}`);
  expect(lines[2]).toMatch(/.\.$/);
  expect(lines.at(-3)).toMatch(/^<sub>.*answering for .*<\/sub>$/);
  if (report.checkpoints.length > 0)
    expect(lines).toContain('- <code>loads</code> rests on headers.');
  expect(shownOf(lines, tables)).toEqual({
    rows: report.checkpoints.length,
    findings: report.findings.length,
    places: report.skipped.length,
    runs: report.runs.length,
    reasons: reasonsOf(report),
  });
}

/** Folds open and close in turn, each on lines of their own. */
function expectFolds(lines: readonly string[]): void {
  const folds = lines.filter((line) => /<\/?(?:details|summary)>/.test(line));
  const isOpening = (line: string) =>
    /^<details><summary>[^<>]+<\/summary>$/.test(line);
  expect(folds.filter((_, at) => at % 2 === 0).every(isOpening)).toBe(true);
  const closing = folds.filter((_, at) => at % 2 === 1);
  expect(new Set(closing)).toEqual(
    new Set(folds.length === 0 ? [] : ['</details>']),
  );
  expect(folds.length % 2).toBe(0);
}

interface FoundTable {
  readonly head: string;
  readonly rows: number;
}

/** The tables, of which every line has as many cells as the head. */
function tablesOf(lines: readonly string[]): readonly FoundTable[] {
  const tables: FoundTable[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const head = lines[at] ?? '';
    if (!head.startsWith('|')) continue;
    const from = at;
    while (lines[at + 1]?.startsWith('|')) at += 1;
    const cells = lines.slice(from, at + 1).map((line) => line.split('|'));
    expect(new Set(cells.map(({ length }) => length)).size).toBe(1);
    expect(lines[from + 1]).toMatch(/^(?:\| -+:? )+\|$/);
    expect([lines[from - 1], lines[at + 1]]).toEqual(['', '']);
    tables.push({ head, rows: cells.length - 2 });
  }
  return tables;
}

/** What stands on the page, with what it says is left out. */
function shownOf(lines: readonly string[], tables: readonly FoundTable[]) {
  const sum = (counts: readonly number[]) =>
    counts.reduce((total, count) => total + count, 0);
  const rowsBelow = (head: string) =>
    tables.filter((one) => one.head.startsWith(head)).map(({ rows }) => rows);
  const counts = (pattern: RegExp) =>
    lines.flatMap((line) => {
      const [match, count = '1'] = pattern.exec(line) ?? [];
      return match === undefined ? [] : [Number(count.replaceAll(',', ''))];
    });
  const omitted = (noun: string) =>
    counts(new RegExp(`^(?:- )?… and ([\\d,]+) more ${noun}s?, left out`));
  const places = lines
    .filter((line) => /^- <code>.*\((?:io|limit|ignored|alias)\)$/.test(line))
    .map((line) => line.split('<code>').length - 1);
  return {
    rows: sum([...rowsBelow('| Checkpoint |'), ...omitted('row')]),
    findings: sum([
      ...counts(/^\*\*\S+ (?:error|warning|notice)\*\* <code>/),
      ...counts(/^\*\*\S+ ([\d,]+) \w+\*\* of one cause/),
      ...omitted('finding'),
    ]),
    places: sum([
      ...places,
      ...counts(/^- <code>.* and ([\d,]+) more places?, all in/),
      ...omitted('place'),
    ]),
    runs: sum([
      ...counts(/^### <code>/),
      ...counts(/^### ([\d,]+) runs of one checkpoint each$/),
      ...rowsBelow('| Run |'),
      ...omitted('run'),
    ]),
    reasons: sum([
      ...counts(/^- [a-z, ]+ not (?:checked|applicable)&#58;/),
      ...omitted('reason'),
    ]),
  };
}

function reasonsOf({ checkpoints }: Report): number {
  const words = checkpoints.flatMap(({ answers }) =>
    Object.values(answers)
      .filter(({ value }) => value.startsWith('not '))
      .map(({ value, reason }) => `${value} ${reason}`),
  );
  return new Set(words).size;
}
