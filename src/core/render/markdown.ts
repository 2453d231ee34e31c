import type { Report, RunSummary, Verdict } from '../types.ts';
import { formatCount, formatNumber } from '../wording.ts';
import {
  escapeMarkdown,
  escapeSentence,
  markdownBlock,
  markdownCode,
} from './escape.ts';
import { reasonsOf } from './grouping.ts';
import type { Reason } from './grouping.ts';
import { ledgerWords } from './ledger-words.ts';
import { fitParts } from './markdown-budget.ts';
import type { CuttableLines, Part } from './markdown-budget.ts';
import { findingParts, skippedParts } from './markdown-findings.ts';
import { omittedWords, rowTable, runTable } from './markdown-table.ts';
import type { Table } from './markdown-table.ts';
import type { Row, RunRows } from './rows.ts';
import { resumeLines } from './resume-words.ts';
import type { ResumeLine } from './resume-words.ts';
import { selectRows, tablesOf } from './tables.ts';

export interface MarkdownOptions {
  /**
   * UTF-8 bytes at most; the runner drops a summary above 1 MiB whole. Verdict,
   * headings and footer take up to 100 KB when every name in them is as long and
   * as odd as can be.
   */
  readonly maxBytes?: number;
}

const MAX_BYTES = 900_000;
/** A run of up to so many checkpoints is shown whole, a longer one in part. */
const ROW_LIMITS = { all: 30, open: 20, newest: 5 };
/** Runs and reasons that are not folded away. */
const OPEN_RUNS = 20;
const OPEN_SINGLES = 40;
const OPEN_REASONS = 8;

/** What is open on the page goes before what is folded, findings before rows. */
const RANKS = {
  openRows: 0,
  openFindings: 1,
  openUnread: 2,
  openReasons: 3,
  foldedFindings: 4,
  foldedRows: 5,
  foldedSkips: 6,
  foldedReasons: 7,
};

const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  pass: '✅',
  fail: '❌',
  inconclusive: '❓',
};

/**
 * The job summary in GitHub's Markdown: verdict, a table with a row a checkpoint,
 * the findings worst first, what was not examined. Kept within `maxBytes`
 * whatever the report holds: what is left out is counted where it would stand.
 */
export function renderMarkdown(
  report: Report,
  { maxBytes = MAX_BYTES }: MarkdownOptions = {},
): string {
  return fitParts(
    [
      { before: headLines(report) },
      ...tableParts(report),
      ...reasonParts(report),
      ...findingParts(report.findings, {
        open: RANKS.openFindings,
        folded: RANKS.foldedFindings,
      }),
      ...skippedParts(report.skipped, {
        open: RANKS.openUnread,
        folded: RANKS.foldedSkips,
      }),
      { before: footerLines(report) },
    ],
    maxBytes,
  );
}

function headLines({ verdict, headline }: Report): string[] {
  return [
    `## ${VERDICT_SIGNS[verdict]} Checkpoint Gate: ${verdict}`,
    '',
    ...(headline === verdict
      ? []
      : [`${escapeMarkdown(restOf(headline))}.`, '']),
  ];
}

/** The headline without the verdict, which stands above it. */
function restOf(headline: string): string {
  const rest = headline.slice(headline.indexOf('; ') + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function tableParts(report: Report): readonly Part[] {
  const tables = tablesOf(report);
  switch (tables.kind) {
    case 'run-tables':
      return tables.runs.flatMap(runParts);
    case 'one-table': {
      const count = formatNumber(tables.rows.length);
      return [
        { before: [`### ${count} runs of one checkpoint each`, ''] },
        ...openAndFolded(
          tables.rows.slice(0, OPEN_SINGLES),
          tables.rows.slice(OPEN_SINGLES),
          [],
        ),
      ];
    }
    case 'overview':
      return overviewParts(tables.runs, tables.rows);
  }
}

function runParts({ run, rows }: RunRows): readonly Part[] {
  const heading = [`### ${markdownCode(run.path)}`, ''];
  return rows.length === 0
    ? [{ before: [...heading, 'No checkpoint.', ''] }]
    : [
        { before: heading },
        ...selectionParts(rows, [
          ...ledgerLines(run),
          ...newestLines(run, rows.length),
        ]),
      ];
}

/** The rows that matter open, the others folded in their order. */
function selectionParts(
  rows: readonly Row[],
  after: readonly string[],
): readonly Part[] {
  const { open, folded, words } = selectRows(rows, ROW_LIMITS);
  const count = formatCount(rows.length, 'checkpoint');
  return [
    { before: words === '' ? [] : [`${count}; here ${words}.`, ''] },
    ...openAndFolded(open, folded, after),
  ];
}

function openAndFolded(
  open: readonly Row[],
  folded: readonly Row[],
  after: readonly string[],
): readonly Part[] {
  const table = rowTable([...open, ...folded]);
  const more = open.length === 0 ? 'checkpoint' : 'more checkpoint';
  const openPart =
    open.length === 0
      ? { before: after }
      : {
          before: table.head,
          lines: table.lines(open, RANKS.openRows, 'row'),
          after: ['', ...after],
        };
  return folded.length === 0
    ? [openPart]
    : [
        openPart,
        foldedTable(formatCount(folded.length, more), table, folded, 'row'),
      ];
}

function overviewParts(
  runs: readonly RunRows[],
  rows: readonly Row[],
): readonly Part[] {
  const table = runTable(runs);
  const more = runs.slice(OPEN_RUNS);
  const all = `All ${formatCount(rows.length, 'checkpoint')}, run by run`;
  return [
    {
      before: [`### ${formatCount(runs.length, 'run')}`, '', ...table.head],
      lines: table.lines(runs.slice(0, OPEN_RUNS), RANKS.openRows, 'run'),
      after: [''],
    },
    ...(more.length === 0
      ? []
      : [
          foldedTable(formatCount(more.length, 'more run'), table, more, 'run'),
        ]),
    ...(rows.length === 0
      ? []
      : [foldedTable(all, rowTable(rows), rows, 'row')]),
  ];
}

function foldedTable<T>(
  words: string,
  table: Table<T>,
  entries: readonly T[],
  noun: string,
): Part {
  return {
    before: [`<details><summary>${words}</summary>`, '', ...table.head],
    lines: table.lines(entries, RANKS.foldedRows, noun),
    after: ['', '</details>', ''],
  };
}

function ledgerLines(run: RunSummary): string[] {
  return ledgerWords(run).flatMap((words) => [escapeMarkdown(words), '']);
}

/** What of a single checkpoint loads the table says as well. */
function newestLines(run: RunSummary, checkpoints: number): string[] {
  const { newestLoadable } = run;
  const loadable =
    checkpoints < 2 || newestLoadable === null
      ? []
      : [`Newest that loads: ${markdownCode(newestLoadable)}`, ''];
  return [...loadable, ...resumeLines(run).flatMap(resumeParagraph)];
}

function resumeParagraph({ words, codes, isTyped, more }: ResumeLine) {
  if (isTyped)
    return [
      escapeMarkdown(words),
      '',
      ...codes.flatMap((code) => [markdownBlock(code), '']),
      ...(more === '' ? [] : [more, '']),
    ];
  const shown = [...codes.map(markdownCode), more].filter(Boolean).join(' ');
  return [`${escapeMarkdown(words)} ${shown}`, ''];
}

function reasonParts(report: Report): readonly Part[] {
  if (report.checkpoints.length === 0) return [];
  const reasons = reasonsOf(report);
  const more = reasons.slice(OPEN_REASONS);
  const words = formatCount(more.length, 'more reason');
  return [
    {
      lines: reasonLines(reasons.slice(0, OPEN_REASONS), RANKS.openReasons),
      after: [`- ${escapeSentence(report.scope)}`, ''],
    },
    ...(more.length === 0
      ? []
      : [
          {
            before: [`<details><summary>${words}</summary>`, ''],
            lines: reasonLines(more, RANKS.foldedReasons),
            after: ['', '</details>', ''],
          },
        ]),
  ];
}

function reasonLines(reasons: readonly Reason[], rank: number): CuttableLines {
  return {
    count: reasons.length,
    at: (index) =>
      reasons
        .slice(index, index + 1)
        .map(reasonLine)
        .join(''),
    omitted: (from) => [`- ${omittedWords(reasons.length - from, 'reason')}`],
    rank,
  };
}

function reasonLine({ questions, words }: Reason): string {
  return `- ${questions.join(', ')} ${escapeMarkdown(words)}`;
}

function footerLines({ tool, examined, checkpoints }: Report): string[] {
  const loaders = Object.entries(tool.loaders)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  const counts = `${formatCount(examined.files, 'file')} in ${formatCount(examined.folders, 'folder')} listed, ${formatCount(checkpoints.length, 'checkpoint')} found.`;
  return [
    `<sub>${counts} Checkpoint Gate ${tool.version}, answering for ${loaders}.</sub>`,
    '',
  ];
}
