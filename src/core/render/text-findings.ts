import type { Finding } from '../types.ts';
import { formatCount, formatNumber } from '../wording.ts';
import { escapeTerminal } from './escape.ts';
import { causesOf, distinct, skipGroupsOf } from './grouping.ts';
import type { Cause } from './grouping.ts';
import { wrap } from './text-layout.ts';
import type { Page } from './text-style.ts';
import { moreLines } from './text-table.ts';

const MAX_CAUSES = 50;
/** The first places of a cause. */
const MAX_PLACES = 5;
/** Loaders that one cause quotes. */
const MAX_QUOTES = 4;
/** Characters of a message; names in it are short already. */
const MAX_MESSAGE = 2000;
/** Reasons for not examining, and paths of each. */
const MAX_REASONS = 20;
const MAX_PATHS = 3;

/** The findings by cause, worst first. */
export function findingsSection(page: Page): string[] {
  const causes = causesOf(page.report.findings);
  const rest = causes
    .slice(MAX_CAUSES)
    .reduce((sum, { findings }) => sum + findings.length, 0);
  return [
    ...causes
      .slice(0, MAX_CAUSES)
      .flatMap((cause, at) => [
        ...(at === 0 ? [] : ['']),
        ...causeLines(page, cause),
      ]),
    ...(rest === 0 ? [] : ['', ...moreLines(rest, 'finding', page)]),
  ];
}

function causeLines(page: Page, cause: Cause): string[] {
  const { paint, width, allIn } = page;
  const { severity, check, findings, first } = cause;
  const head =
    findings.length === 1
      ? `${severity}: ${escapeTerminal(first.where.path)} [${check}]`
      : `${formatCount(findings.length, severity)} of one cause [${check}]`;
  const part = (label: string, words: string) =>
    wrap(words, width, {
      first: `  ${label}`,
      rest: ' '.repeat(2 + label.length),
    });
  const quotes = distinct(
    findings.flatMap(({ loaderErrors }) => loaderErrors),
    MAX_QUOTES,
  );
  return [
    ...wrap(head, width, { first: '', rest: '  ' }).map((line) =>
      paint.severity(severity, line),
    ),
    ...(findings.length === 1 ? [] : part('Where: ', placeWords(page, cause))),
    ...part(
      'What:  ',
      commonWords(page, cause, ({ text }) => text),
    ),
    ...part(
      'Why:   ',
      commonWords(page, cause, ({ why }) => why),
    ),
    ...part(
      'Fix:   ',
      commonWords(page, cause, ({ fix }) => fix),
    ),
    ...quotes.shown.flatMap((words) =>
      part('Error: ', escapeTerminal(words, MAX_MESSAGE)),
    ),
    ...(quotes.rest === 0
      ? []
      : part('Error: ', `${formatNumber(quotes.rest)} more (see ${allIn})`)),
  ];
}

function placeWords({ allIn }: Page, { findings }: Cause): string {
  const { shown, rest } = distinct(
    findings.map(({ where }) => where.path),
    MAX_PLACES,
  );
  const more =
    rest === 0 ? '' : ` and ${formatNumber(rest)} more (see ${allIn})`;
  return shown.map((path) => escapeTerminal(path)).join(', ') + more;
}

/** The words of the first, and how many of the others say it differently. */
function commonWords(
  { allIn }: Page,
  { findings, first }: Cause,
  wordsOf: (finding: Finding) => string,
): string {
  const words = wordsOf(first);
  const others = findings.filter((one) => wordsOf(one) !== words).length;
  const note =
    others === 0
      ? ''
      : ` (This is the first; ${formatNumber(others)} of the others ${others === 1 ? 'differs' : 'differ'} in words, see ${allIn}.)`;
  return escapeTerminal(words, MAX_MESSAGE) + note;
}

/** What was not examined, by reason. */
export function skippedSection(page: Page): string[] {
  const { report, width, allIn } = page;
  const groups = skipGroupsOf(report.skipped);
  if (groups.length === 0) return [];
  const lines = groups
    .slice(0, MAX_REASONS)
    .flatMap(({ cause, reason, paths }) => {
      const shown = paths
        .slice(0, MAX_PATHS)
        .map((path) => escapeTerminal(path));
      const rest = paths.length - shown.length;
      const more =
        rest > 0 ? ` and ${formatNumber(rest)} more, see ${allIn}` : '';
      const words = escapeTerminal(`${cause}: ${reason}`);
      return wrap(`${shown.join(', ')}${more} (${words})`, width, {
        first: '  ',
        rest: '    ',
      });
    });
  const rest = groups
    .slice(MAX_REASONS)
    .reduce((sum, { paths }) => sum + paths.length, 0);
  const more = moreLines(rest, 'place', page).map((line) => `  ${line}`);
  return ['Not examined:', ...lines, ...more];
}
