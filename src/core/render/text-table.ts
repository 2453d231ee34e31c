import type { RunSummary } from '../types.ts';
import { formatCount, formatNumber } from '../wording.ts';
import { escapeTerminal } from './escape.ts';
import { resumeLines } from './resume-words.ts';
import type { ResumeLine } from './resume-words.ts';
import { ledgerWords } from './ledger-words.ts';
import { CONCERN } from './rows.ts';
import type { Concern, Row, RunRows } from './rows.ts';
import { displayWidth } from './shorten.ts';
import { countAnswers, selectRows, tablesOf } from './tables.ts';
import type { Selection } from './tables.ts';
import { alignRows, wrap } from './text-layout.ts';
import type { TextColumn } from './text-layout.ts';
import type { Page } from './text-style.ts';

/** A run of up to so many checkpoints is shown whole, a longer one in part. */
const ROW_LIMITS = { all: 60, open: 40, newest: 5 };
/** Below an overview only those that need a look: it names the newest that load. */
const OVERVIEW_LIMITS = { all: 60, open: 40, newest: 0 };
const MAX_RUNS = 40;
const MAX_SINGLES = 60;

const ROW_COLUMNS: readonly TextColumn[] = [
  { head: 'CHECKPOINT', minWidth: 14 },
  { head: 'STEP', isNumber: true },
  { head: 'KIND', minWidth: 7 },
  { head: 'SIZE', isNumber: true, dropRank: 2 },
  { head: 'TENSORS', isNumber: true, dropRank: 1 },
  { head: 'LOADS' },
  { head: 'TRAINED' },
  { head: 'RESUMES' },
];

/** Paths are long, and end in the step. */
const PATH_COLUMNS: readonly TextColumn[] = ROW_COLUMNS.map((column) => {
  if (column.head === 'STEP') return { ...column, dropRank: 3 };
  return column.head === 'KIND' ? { ...column, dropRank: 4 } : column;
});

const RUN_COLUMNS: readonly TextColumn[] = [
  { head: 'RUN', minWidth: 14 },
  { head: 'CHECKPOINTS', isNumber: true, dropRank: 1 },
  { head: 'LOADS' },
  { head: 'NEWEST THAT LOADS', minWidth: 17 },
  { head: 'FIRST FINDING', minWidth: 13 },
];

/** The tables of the runs, a section each. */
export function tableSections(page: Page): readonly (readonly string[])[] {
  const tables = tablesOf(page.report);
  switch (tables.kind) {
    case 'run-tables':
      return tables.runs.map((run) => runSection(page, run));
    case 'one-table':
      return [singlesSection(page, tables.rows)];
    case 'overview':
      return [
        overviewSection(page, tables.runs),
        checkpointsSection(page, tables.rows),
      ];
  }
}

function singlesSection(page: Page, rows: readonly Row[]): string[] {
  const shown = rows.slice(0, MAX_SINGLES);
  return [
    page.paint.bold(`${formatNumber(rows.length)} runs of one checkpoint each`),
    ...paintedTable(page, PATH_COLUMNS, shown, rowCells),
    ...moreLines(rows.length - shown.length, 'checkpoint', page),
  ];
}

function checkpointsSection(page: Page, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  return [
    page.paint.bold('Checkpoints'),
    ...selectedLines(page, PATH_COLUMNS, selectRows(rows, OVERVIEW_LIMITS)),
  ];
}

function runSection(page: Page, { run, rows }: RunRows): string[] {
  const selection = selectRows(rows, ROW_LIMITS);
  return [
    page.paint.bold(`Run ${escapeTerminal(run.path)}`),
    ...(rows.length === 0
      ? ['No checkpoint.']
      : selectedLines(page, ROW_COLUMNS, selection)),
    ...ledgerLines(page, run),
    ...newestLines(run, rows.length),
    ...resumeLines(run).flatMap((line) => resumeText(page, line)),
  ];
}

function selectedLines(
  page: Page,
  columns: readonly TextColumn[],
  { open, folded, words }: Selection,
): string[] {
  const count = formatCount(open.length + folded.length, 'checkpoint');
  return [
    ...(words === '' ? [] : wrap(`${count}; here ${words}.`, page.width)),
    ...(open.length === 0 ? [] : paintedTable(page, columns, open, rowCells)),
    ...moreLines(folded.length, 'checkpoint', page),
  ];
}

function rowCells(row: Row): string[] {
  return [
    escapeTerminal(row.name),
    row.step,
    escapeTerminal(row.kind, 30),
    row.size,
    row.tensors,
    row.loads.value,
    row.trained.value,
    row.resumes.value,
  ];
}

function overviewSection(page: Page, runs: readonly RunRows[]): string[] {
  const shown = runs.slice(0, MAX_RUNS);
  return [
    page.paint.bold(formatCount(runs.length, 'run')),
    ...paintedTable(page, RUN_COLUMNS, shown, runCells),
    ...moreLines(runs.length - shown.length, 'run', page),
  ];
}

function runCells({ run, rows, firstFinding }: RunRows): string[] {
  const loads = countAnswers(rows, 'loads')
    .map(({ value, count }) => `${formatNumber(count)} ${value}`)
    .join(', ');
  const newest = rows.find(({ path }) => path === run.newestLoadable);
  return [
    escapeTerminal(run.path),
    formatNumber(rows.length),
    loads,
    escapeTerminal(newest?.name ?? run.newestLoadable ?? ''),
    firstFinding?.check ?? '',
  ];
}

/** A table of which each line takes the colour of what it has to say. */
function paintedTable<T extends { readonly concern: Concern }>(
  { paint, width }: Page,
  columns: readonly TextColumn[],
  entries: readonly T[],
  cells: (entry: T) => string[],
): string[] {
  const [head = '', ...body] = alignRows(columns, entries.map(cells), width);
  return [
    paint.dim(head),
    ...body.map((line, at) => {
      const concern = entries[at]?.concern;
      if (concern === CONCERN.error) return paint.severity('error', line);
      if (concern === CONCERN.warning) return paint.severity('warning', line);
      return line;
    }),
  ];
}

function ledgerLines({ width }: Page, run: RunSummary): string[] {
  return ledgerWords(run).flatMap((words) =>
    wrap(escapeTerminal(words), width, { first: '', rest: '  ' }),
  );
}

/** Of a single checkpoint the table says as much. */
function newestLines(run: RunSummary, checkpoints: number): string[] {
  if (checkpoints < 2 || run.newestLoadable === null) return [];
  return [`Newest that loads: ${escapeTerminal(run.newestLoadable)}`];
}

/**
 * A name behind the words where there is room; else, and where it is to be typed, on a
 * line of its own, which is never broken, so that it can be copied.
 */
function resumeText(
  { width }: Page,
  { words, codes, isTyped, more }: ResumeLine,
) {
  const shown = [...codes.map((code) => escapeTerminal(code)), more];
  const [first = '', ...others] = shown.filter(Boolean);
  const whole = `${words} ${first}`;
  if (!isTyped && others.length === 0 && displayWidth(whole) <= width)
    return [whole];
  return [
    ...wrap(words, width),
    ...[first, ...others].map((text) => `  ${text}`),
  ];
}

/** Says how many were left out, and where they are. */
export function moreLines(
  count: number,
  noun: string,
  { allIn }: Pick<Page, 'allIn'>,
): string[] {
  return count === 0
    ? []
    : [`… and ${formatCount(count, `more ${noun}`)} (see ${allIn})`];
}
