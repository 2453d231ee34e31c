import type { Finding, Skip } from '../types.ts';
import { formatCount, formatNumber } from '../wording.ts';
import { escapeMarkdown, escapeSentence, markdownCode } from './escape.ts';
import { causesOf, distinct, skipGroupsOf } from './grouping.ts';
import type { Cause, SkipGroup } from './grouping.ts';
import type { CuttableLines, Part } from './markdown-budget.ts';
import { omittedWords, SEVERITY_SIGNS } from './markdown-table.ts';

/** Causes that are not folded away. */
const OPEN_CAUSES = 10;
/** The first places of a cause; the table marks the others. */
const MAX_PLACES = 5;
/** Loaders that one cause quotes. */
const MAX_QUOTES = 4;
/** Paths of one reason for not examining. */
const MAX_PATHS = 10;
const OPEN_UNREAD = 10;

/** The findings by cause, worst first; what is beyond a screen is folded. */
export function findingParts(
  findings: readonly Finding[],
  ranks: { readonly open: number; readonly folded: number },
): readonly Part[] {
  if (findings.length === 0) return [];
  const causes = causesOf(findings);
  const open = causes.slice(0, OPEN_CAUSES);
  const folded = causes.slice(OPEN_CAUSES);
  const words = formatCount(findingsFrom(folded, 0), 'more finding');
  return [
    { before: ['### Findings', ''], lines: causeLines(open, ranks.open) },
    ...(folded.length === 0
      ? []
      : [
          {
            before: [`<details><summary>${words}</summary>`, ''],
            lines: causeLines(folded, ranks.folded),
            after: ['</details>', ''],
          },
        ]),
  ];
}

function causeLines(causes: readonly Cause[], rank: number): CuttableLines {
  return {
    count: causes.length,
    at: (index) =>
      causes
        .slice(index, index + 1)
        .map(causeBlock)
        .join(''),
    omitted: (from) => [
      omittedWords(findingsFrom(causes, from), 'finding'),
      '',
    ],
    rank,
  };
}

function findingsFrom(causes: readonly Cause[], from: number): number {
  return causes
    .slice(from)
    .reduce((sum, { findings }) => sum + findings.length, 0);
}

function causeBlock(cause: Cause): string {
  const { findings, check, severity, first } = cause;
  const quotes = distinct(
    findings.flatMap(({ loaderErrors }) => loaderErrors),
    MAX_QUOTES,
  );
  const quoted = [
    ...quotes.shown.map(markdownCode),
    ...(quotes.rest === 0
      ? []
      : [`${formatNumber(quotes.rest)} more in the JSON report`]),
  ].join(' or ');
  const sign = SEVERITY_SIGNS[severity];
  const head =
    findings.length === 1
      ? `**${sign} ${severity}** ${markdownCode(first.where.path)} (${check})`
      : `**${sign} ${formatCount(findings.length, severity)}** of one cause (${check})`;
  return [
    head,
    '',
    ...(findings.length === 1 ? [] : [`- **Where:** ${placeWords(cause)}`]),
    `- **What:** ${commonWords(cause, ({ text }) => text)}`,
    `- **Why it matters:** ${commonWords(cause, ({ why }) => why)}`,
    `- **What to do:** ${commonWords(cause, ({ fix }) => fix)}`,
    ...(quoted === '' ? [] : [`- **The loader says:** ${quoted}`]),
    '',
  ].join('\n');
}

function placeWords({ findings }: Cause): string {
  const { shown, rest } = distinct(
    findings.map(({ where }) => where.path),
    MAX_PLACES,
  );
  const more =
    rest === 0 ? '' : ` and ${formatNumber(rest)} more, all in the JSON report`;
  return shown.map(markdownCode).join(', ') + more;
}

/** The words of the first, and how many of the others say it differently. */
function commonWords(
  { findings, first }: Cause,
  wordsOf: (finding: Finding) => string,
): string {
  const words = wordsOf(first);
  const others = findings.filter((one) => wordsOf(one) !== words).length;
  const note =
    others === 0
      ? ''
      : ` (This is the first; ${formatNumber(others)} of the others ${others === 1 ? 'differs' : 'differ'} in words, see the JSON report.)`;
  return escapeSentence(words) + note;
}

/** What could not be read, open, since a verdict rests on it; the rest folded. */
export function skippedParts(
  skipped: readonly Skip[],
  ranks: { readonly open: number; readonly folded: number },
): readonly Part[] {
  const groups = skipGroupsOf(skipped);
  const isUnread = ({ cause }: SkipGroup) =>
    cause === 'io' || cause === 'limit';
  const unread = groups.filter(isUnread);
  const open = unread.slice(0, OPEN_UNREAD);
  const folded = [
    ...unread.slice(OPEN_UNREAD),
    ...groups.filter((group) => !isUnread(group)),
  ];
  const words = `Not examined: ${formatCount(skipsFrom(folded, 0), 'place')}`;
  return [
    ...(open.length === 0
      ? []
      : [
          {
            before: ['### Could not be read', ''],
            lines: skipLines(open, ranks.open),
            after: [''],
          },
        ]),
    ...(folded.length === 0
      ? []
      : [
          {
            before: [`<details><summary>${words}</summary>`, ''],
            lines: skipLines(folded, ranks.folded),
            after: ['', '</details>', ''],
          },
        ]),
  ];
}

function skipLines(groups: readonly SkipGroup[], rank: number): CuttableLines {
  return {
    count: groups.length,
    at: (index) =>
      groups
        .slice(index, index + 1)
        .map(skipLine)
        .join(''),
    omitted: (from) => ['', omittedWords(skipsFrom(groups, from), 'place')],
    rank,
  };
}

function skipsFrom(groups: readonly SkipGroup[], from: number): number {
  return groups.slice(from).reduce((sum, { paths }) => sum + paths.length, 0);
}

function skipLine({ paths, reason, cause }: SkipGroup): string {
  const shown = paths.slice(0, MAX_PATHS).map(markdownCode).join(', ');
  const rest = paths.length - MAX_PATHS;
  const more =
    rest > 0
      ? ` and ${formatCount(rest, 'more place')}, all in the JSON report`
      : '';
  return `- ${shown}${more}: ${escapeMarkdown(reason)} (${cause})`;
}
