import type { Finding, Report, RunSummary, Severity, Skip } from '../types.ts';
import { formatCount, formatNumber } from '../wording.ts';
import { escapeTerminal } from './escape.ts';
import { rowsOf } from './rows.ts';
import type { Row } from './rows.ts';
import { alignRows, wrap } from './text-layout.ts';
import { paint } from './text-style.ts';
import type { Paint } from './text-style.ts';

export interface TextOptions {
  /** Whether to colour; the words say everything without. */
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** More rows of one run than a person reads; `--format json` has all. */
const MAX_ROWS = 200;
const MAX_FINDINGS = 50;
const MAX_PATHS = 3;
/** Characters of a message; names in it are short already. */
const MAX_MESSAGE = 2000;

const HEAD = [
  'CHECKPOINT',
  'STEP',
  'KIND',
  'SIZE',
  'TENSORS',
  'LOADS',
  'TRAINED',
  'RESUMES',
];
/** Numbers: STEP, SIZE, TENSORS. */
const RIGHT_ALIGNED = [1, 3, 4];
/** What a narrow terminal can do without, in this order: TENSORS, SIZE. */
const DROPPABLE = [4, 3];

interface Page {
  readonly report: Report;
  readonly width: number;
  readonly paint: Paint;
}

/** The report for people at a terminal: verdict, tables, findings, what was left out. */
export function renderText(
  report: Report,
  { color, width }: TextOptions,
): string {
  const page = { report, width, paint: paint(color) };
  const sections = [
    headline(page),
    ...report.runs.map((run) => runSection(page, run)),
    reasons(page),
    findingsSection(page),
    skippedSection(page),
    footer(page),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines) => [...lines, ''])
    .join('\n');
}

function headline({ report, paint, width }: Page): string[] {
  const { verdict } = report;
  const [first = '', ...more] = wrap(escapeTerminal(report.headline), width);
  const rest = first.slice(verdict.length);
  return [paint.verdict(verdict, verdict.toUpperCase()) + rest, ...more];
}

function runSection(page: Page, run: RunSummary): string[] {
  const rows = rowsOf(page.report, run.path);
  const shown = rows.slice(0, MAX_ROWS);
  const cells = shown.map(cellsOf);
  const [head = '', ...body] = alignRows([HEAD, ...cells], {
    rightAligned: RIGHT_ALIGNED,
    droppable: DROPPABLE,
    width: page.width,
  });
  const rest = rows.length - shown.length;
  return [
    page.paint.bold(`Run ${escapeTerminal(run.path)}`),
    page.paint.dim(head),
    ...body.map((line, at) => colourAnswers(page, line, shown[at])),
    ...(rest > 0
      ? [`… and ${formatNumber(rest)} more (see --format json)`]
      : []),
    ...newestLines(page, run),
  ];
}

function cellsOf(row: Row): string[] {
  return [
    escapeTerminal(row.name, 60),
    row.step,
    escapeTerminal(row.kind, 30),
    row.size,
    row.tensors,
    row.loads.value,
    row.trained.value,
    row.resumes.value,
  ];
}

/** The whole row takes the colour of its worst answer. */
function colourAnswers({ paint }: Page, line: string, row?: Row): string {
  if (row === undefined) return line;
  const values = [row.loads, row.trained, row.resumes].map(
    ({ value }) => value,
  );
  if (values.includes('no')) return paint.severity('error', line);
  if (values.includes('doubtful')) return paint.severity('warning', line);
  return line;
}

function newestLines({ report }: Page, run: RunSummary): string[] {
  if (report.checkpoints.length < 2 || run.newestLoadable === null) return [];
  return [`Newest that loads: ${escapeTerminal(run.newestLoadable)}`];
}

/** Why something is not checked, each reason once, and what `yes` rests on. */
function reasons(page: Page): string[] {
  const { report, width } = page;
  const all = new Map<string, Set<string>>();
  for (const { answers } of report.checkpoints)
    for (const [question, { value, reason }] of Object.entries(answers))
      if (value === 'not checked' || value === 'not applicable') {
        const key = `${value}: ${reason ?? 'no reason given'}`;
        all.set(key, (all.get(key) ?? new Set()).add(question));
      }
  const open = [...all].flatMap(([reason, questions]) =>
    wrap(`${[...questions].join(', ')} ${escapeTerminal(reason)}`, width, {
      first: '',
      rest: '  ',
    }),
  );
  const hasRows = report.checkpoints.length > 0;
  return hasRows
    ? [...open, ...wrap(escapeTerminal(report.scope), width)]
    : open;
}

function findingsSection(page: Page): string[] {
  const { findings } = page.report;
  const shown = findings.slice(0, MAX_FINDINGS);
  const rest = findings.length - shown.length;
  return [
    ...shown.flatMap((finding, at) => [
      ...(at === 0 ? [] : ['']),
      ...findingLines(page, finding),
    ]),
    ...(rest > 0
      ? ['', `… and ${formatCount(rest, 'more finding')} (see --format json)`]
      : []),
  ];
}

function findingLines({ paint, width }: Page, finding: Finding): string[] {
  const { severity, check, where, text, why, fix, loaderErrors } = finding;
  const head = `${severity}: ${escapeTerminal(where.path)} [${check}]`;
  const part = (label: string, words: string) =>
    wrap(escapeTerminal(words, MAX_MESSAGE), width, {
      first: `  ${label}`,
      rest: ' '.repeat(2 + label.length),
    });
  return [
    ...wrap(head, width, { first: '', rest: '  ' }).map((line) =>
      paint.severity(severity, line),
    ),
    ...part('What:  ', text),
    ...part('Why:   ', why),
    ...part('Fix:   ', fix),
    ...loaderErrors.flatMap((words) => part('Error: ', words)),
  ];
}

function skippedSection({ report, width }: Page): string[] {
  const groups = new Map<string, Skip[]>();
  for (const skip of report.skipped) {
    const key = `${skip.cause}: ${skip.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), skip]);
  }
  const lines = [...groups].flatMap(([key, skips]) => {
    const paths = skips
      .slice(0, MAX_PATHS)
      .map(({ where }) => escapeTerminal(where.path));
    const rest = skips.length - paths.length;
    const more = rest > 0 ? ` and ${formatNumber(rest)} more` : '';
    return wrap(`${paths.join(', ')}${more} (${escapeTerminal(key)})`, width, {
      first: '  ',
      rest: '    ',
    });
  });
  return lines.length === 0 ? [] : ['Not examined:', ...lines];
}

function footer({ report, width, paint }: Page): string[] {
  const counted = (severity: Severity) =>
    formatCount(
      report.findings.filter((one) => one.severity === severity).length,
      severity,
    );
  const loaders = Object.entries(report.tool.loaders)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  const { files, folders } = report.examined;
  const text = `${formatCount(report.checkpoints.length, 'checkpoint')}, ${counted('error')}, ${counted('warning')}, ${counted('notice')}; ${formatCount(files, 'file')} in ${formatCount(folders, 'folder')} listed. Checkpoint Gate ${report.tool.version}, answering for ${loaders}.`;
  return wrap(text, width).map(paint.dim);
}
