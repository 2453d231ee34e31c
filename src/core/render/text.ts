import type { Report, Severity } from '../types.ts';
import { formatCount } from '../wording.ts';
import { escapeTerminal } from './escape.ts';
import { reasonsOf } from './grouping.ts';
import { findingsSection, skippedSection } from './text-findings.ts';
import { wrap } from './text-layout.ts';
import { paint } from './text-style.ts';
import type { Page } from './text-style.ts';
import { moreLines, tableSections } from './text-table.ts';

export interface TextOptions {
  /** Whether to colour; the words say everything without. */
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Where all of the report is to be had; without it an option of the command line. */
  readonly allIn?: string;
}

const MAX_REASONS = 10;

/** The report for people at a terminal: verdict, tables, findings, what was left out. */
export function renderText(
  report: Report,
  { color, width, allIn = '--format json' }: TextOptions,
): string {
  const page = { report, width, allIn, paint: paint(color) };
  const sections = [
    headline(page),
    ...tableSections(page),
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

/** Why something is not checked, each reason once, and what `yes` rests on. */
function reasons(page: Page): string[] {
  const { report, width } = page;
  const all = reasonsOf(report);
  const open = all.slice(0, MAX_REASONS).flatMap(({ words, questions }) =>
    wrap(`${questions.join(', ')} ${escapeTerminal(words)}`, width, {
      first: '',
      rest: '  ',
    }),
  );
  const more = moreLines(Math.max(0, all.length - MAX_REASONS), 'reason', page);
  const hasRows = report.checkpoints.length > 0;
  const scope = hasRows ? wrap(escapeTerminal(report.scope), width) : [];
  return [...open, ...more, ...scope];
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
