import type { Answer, Finding, Severity } from '../types.ts';
import { formatCount, formatNumber } from '../wording.ts';
import { escapeMarkdown, markdownCode } from './escape.ts';
import type { CuttableLines } from './markdown-budget.ts';
import { firstSentence, shortenEnd, shortenMiddle } from './shorten.ts';
import { countAnswers } from './tables.ts';
import type { Row, RunRows } from './rows.ts';

export const SEVERITY_SIGNS: Readonly<Record<Severity, string>> = {
  error: '❌',
  warning: '⚠️',
  notice: 'ℹ️',
};

/** A name as wide as this still leaves room for the other columns. */
const MAX_NAME = 60;
const MAX_FINDING = 100;
const MAX_UNBROKEN = 20;

interface Column<T> {
  readonly head: string;
  readonly cell: (one: T) => string;
  readonly isNumber?: boolean;
  /** Where it is false of all, the column would say nothing, and is left out. */
  readonly isSaying?: (one: T) => boolean;
}

/** The head of a table, and its lines, of which the last can be left out. */
export interface Table<T> {
  readonly head: readonly string[];
  readonly lines: (
    some: readonly T[],
    rank: number,
    noun: string,
  ) => CuttableLines;
}

function tableOf<T>(
  all: readonly Column<T>[],
  entries: readonly T[],
): Table<T> {
  const columns = all.filter(
    ({ isSaying }) => isSaying === undefined || entries.some(isSaying),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return {
    head: [
      line(columns.map(({ head }) => head)),
      line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ],
    lines: (some, rank, noun) => ({
      count: some.length,
      at: (index) =>
        some
          .slice(index, index + 1)
          .map((one) => line(columns.map(({ cell }) => cell(one))))
          .join(''),
      omitted: (from) => ['', omittedWords(some.length - from, noun)],
      rank,
    }),
  };
}

/** A table of checkpoints. Its columns are those that `rows` have something for. */
export function rowTable(rows: readonly Row[]): Table<Row> {
  return tableOf(ROW_COLUMNS, rows);
}

/** A table with a line a run. */
export function runTable(runs: readonly RunRows[]): Table<RunRows> {
  return tableOf(RUN_COLUMNS, runs);
}

const ROW_COLUMNS: readonly Column<Row>[] = [
  { head: 'Checkpoint', cell: ({ name }) => nameWords(name) },
  {
    head: 'Step',
    cell: ({ step }) => step,
    isNumber: true,
    isSaying: ({ step }) => step !== '',
  },
  { head: 'Kind', cell: ({ kind }) => unbroken(escapeMarkdown(kind)) },
  {
    head: 'Weights',
    cell: ({ size }) => unbroken(size),
    isNumber: true,
    isSaying: ({ size }) => size !== '',
  },
  {
    head: 'Tensors',
    cell: ({ tensors }) => tensors,
    isNumber: true,
    isSaying: ({ tensors }) => tensors !== '',
  },
  { head: 'Loads', cell: ({ loads }) => answerWords(loads) },
  { head: 'Trained', cell: ({ trained }) => answerWords(trained) },
  { head: 'Resumes', cell: ({ resumes }) => answerWords(resumes) },
  {
    head: 'First finding',
    cell: rowFindingWords,
    isSaying: ({ firstFinding, required }) =>
      firstFinding !== null || !required,
  },
];

const RUN_COLUMNS: readonly Column<RunRows>[] = [
  { head: 'Run', cell: ({ run }) => nameWords(run.path) },
  {
    head: 'Checkpoints',
    cell: ({ rows }) => formatNumber(rows.length),
    isNumber: true,
  },
  { head: 'Loads', cell: ({ rows }) => countWords(rows, 'loads') },
  {
    head: 'Trained',
    cell: ({ rows }) => countWords(rows, 'trained'),
    isSaying: ({ rows }) => rows.some(({ trained }) => isAnswered(trained)),
  },
  {
    head: 'Resumes',
    cell: ({ rows }) => countWords(rows, 'resumes'),
    isSaying: ({ rows }) => rows.some(({ resumes }) => isAnswered(resumes)),
  },
  {
    head: 'Newest that loads',
    cell: newestWords,
    isSaying: ({ run }) => run.newestLoadable !== null,
  },
  {
    head: 'First finding',
    cell: ({ firstFinding }) =>
      firstFinding === null ? '' : findingWords(firstFinding),
    isSaying: ({ firstFinding }) => firstFinding !== null,
  },
];

function nameWords(name: string): string {
  return markdownCode(shortenMiddle(name, MAX_NAME));
}

function answerWords({ value }: Answer): string {
  return value === 'no' ? '**no**' : unbroken(value);
}

/** Short words would take two lines where a long cell stands beside them. */
function unbroken(words: string): string {
  return words.length > MAX_UNBROKEN ? words : words.replaceAll(' ', '&nbsp;');
}

function countWords(
  rows: readonly Row[],
  question: 'loads' | 'trained' | 'resumes',
): string {
  return countAnswers(rows, question)
    .map(({ value, count }) =>
      value === 'no'
        ? `**${formatNumber(count)}&nbsp;no**`
        : unbroken(`${formatNumber(count)} ${value}`),
    )
    .join(', ');
}

function isAnswered({ value }: Answer): boolean {
  return value !== 'not checked' && value !== 'not applicable';
}

function newestWords({ run, rows }: RunRows): string {
  if (run.newestLoadable === null) return '';
  const row = rows.find(({ path }) => path === run.newestLoadable);
  return nameWords(row?.name ?? run.newestLoadable);
}

function rowFindingWords({ firstFinding, required }: Row): string {
  if (firstFinding === null) return required ? '' : 'not required';
  const note = required ? '' : ' (not required)';
  return `${findingWords(firstFinding)}${note}`;
}

/** Its first sentence: what stands in full below. */
function findingWords({ severity, text }: Finding): string {
  const short = shortenEnd(firstSentence(text), MAX_FINDING);
  return `${SEVERITY_SIGNS[severity]} ${escapeMarkdown(short)}`;
}

/** Says how many were cut, and where they are. */
export function omittedWords(count: number, noun: string): string {
  return `… and ${formatCount(count, `more ${noun}`)}, left out here for length; the JSON report has all.`;
}
