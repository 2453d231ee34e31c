import type {
  Answer,
  Finding,
  Report,
  RunSummary,
  Severity,
  Skip,
  Verdict,
} from '../types.ts';
import { formatCount, formatNumber } from '../wording.ts';
import { escapeMarkdown, escapeSentence, markdownCode } from './escape.ts';
import { fitParts } from './markdown-budget.ts';
import type { Part } from './markdown-budget.ts';
import { rowsOf } from './rows.ts';
import type { Row } from './rows.ts';

export interface MarkdownOptions {
  /** UTF-8 bytes at most; the runner drops a summary above 1 MiB whole. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 900_000;
/** Findings that are not folded away. */
const OPEN_FINDINGS = 10;

const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  pass: '✅',
  fail: '❌',
  inconclusive: '❔',
};
const SEVERITY_SIGNS: Readonly<Record<Severity, string>> = {
  error: '❌',
  warning: '⚠️',
  notice: 'ℹ️',
};

/**
 * The job summary in GitHub's Markdown: verdict, a table with a row a checkpoint,
 * the findings worst first, what was not examined. Kept within `maxBytes` by
 * leaving out the last rows, findings and skips, and saying how many.
 */
export function renderMarkdown(
  report: Report,
  { maxBytes = MAX_BYTES }: MarkdownOptions = {},
): string {
  return fitParts(
    [
      { lines: headLines(report) },
      ...report.runs.map((run) => runPart(report, run)),
      { lines: reasonLines(report) },
      ...findingParts(report.findings),
      skippedPart(report.skipped),
      { lines: footerLines(report) },
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

function runPart(report: Report, run: RunSummary): Part {
  const rows = rowsOf(report, run.path);
  // A single finished model has no step: an empty column would say nothing.
  const columns = COLUMNS.filter(
    ({ cell, isOptional }) =>
      !isOptional || rows.some((row) => cell(row) !== ''),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return {
    before: [
      `### ${markdownCode(run.path)}`,
      '',
      line(columns.map(({ head }) => head)),
      line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ],
    lines: rows.map((row) => line(columns.map(({ cell }) => cell(row)))),
    after: ['', ...newestLines(run)],
    omitted: (count) => ['', omittedWords(count, 'row')],
  };
}

interface Column {
  readonly head: string;
  readonly cell: (row: Row) => string;
  readonly isNumber?: boolean;
  readonly isOptional?: boolean;
}

const COLUMNS: readonly Column[] = [
  { head: 'Checkpoint', cell: ({ name }) => markdownCode(name) },
  { head: 'Step', cell: ({ step }) => step, isNumber: true, isOptional: true },
  { head: 'Kind', cell: ({ kind }) => escapeMarkdown(kind) },
  {
    head: 'Weights',
    cell: ({ size }) => size,
    isNumber: true,
    isOptional: true,
  },
  {
    head: 'Tensors',
    cell: ({ tensors }) => tensors,
    isNumber: true,
    isOptional: true,
  },
  { head: 'Loads', cell: ({ loads }) => answerWords(loads) },
  { head: 'Trained', cell: ({ trained }) => answerWords(trained) },
  { head: 'Resumes', cell: ({ resumes }) => answerWords(resumes) },
  { head: 'First finding', cell: firstFindingWords, isOptional: true },
];

const MAX_FINDING_IN_CELL = 120;

function firstFindingWords({ firstFinding, required }: Row): string {
  if (firstFinding === null) return required ? '' : 'not required';
  const { severity, text } = firstFinding;
  const short = shorten(text);
  const note = required ? '' : ' (not required)';
  return `${SEVERITY_SIGNS[severity]} ${escapeMarkdown(short)}${note}`;
}

/** Cut between words, where there is a place to. */
function shorten(text: string): string {
  if (text.length <= MAX_FINDING_IN_CELL) return text;
  const cut = text.slice(0, MAX_FINDING_IN_CELL);
  const space = cut.lastIndexOf(' ');
  return `${space > 0 ? cut.slice(0, space) : cut} …`;
}

function answerWords({ value }: Answer): string {
  return value === 'no' ? '**no**' : value;
}

function newestLines({
  newestLoadable,
  newestResumable,
}: RunSummary): string[] {
  const line = (words: string, path: string | null) =>
    path === null ? [] : [`${words}: ${markdownCode(path)}`, ''];
  return [
    ...line('Newest that loads', newestLoadable),
    ...line('Newest that resumes', newestResumable),
  ];
}

function reasonLines({ checkpoints, scope }: Report): string[] {
  const reasons = new Map<string, Set<string>>();
  for (const { answers } of checkpoints)
    for (const [question, { value, reason }] of Object.entries(answers))
      if (reason !== undefined && value !== 'doubtful') {
        const words = `${value}: ${reason}`;
        reasons.set(words, (reasons.get(words) ?? new Set()).add(question));
      }
  const lines = [...reasons].map(
    ([words, questions]) =>
      `- ${[...questions].join(', ')} ${escapeMarkdown(words)}`,
  );
  return checkpoints.length === 0
    ? []
    : [...lines, `- ${escapeSentence(scope)}`, ''];
}

function findingParts(findings: readonly Finding[]): Part[] {
  if (findings.length === 0) return [];
  const open = findings.slice(0, OPEN_FINDINGS).map(findingBlock);
  const folded = findings.slice(OPEN_FINDINGS).map(findingBlock);
  const words = formatCount(folded.length, 'more finding');
  return [
    {
      before: ['### Findings', ''],
      lines: open,
      omitted: (count) => [omittedWords(count, 'finding'), ''],
    },
    ...(folded.length === 0
      ? []
      : [
          {
            before: [`<details><summary>${words}</summary>`, ''],
            lines: folded,
            omitted: (count: number) => [omittedWords(count, 'finding'), ''],
            after: ['</details>', ''],
          },
        ]),
  ];
}

function findingBlock(finding: Finding): string {
  const { severity, check, where, text, why, fix, loaderErrors } = finding;
  const errors = loaderErrors.map(markdownCode).join(' or ');
  return [
    `**${SEVERITY_SIGNS[severity]} ${severity}** ${markdownCode(where.path)} (${check})`,
    '',
    `- **What:** ${escapeSentence(text)}`,
    `- **Why it matters:** ${escapeSentence(why)}`,
    `- **What to do:** ${escapeSentence(fix)}`,
    ...(errors === '' ? [] : [`- **The loader says:** ${errors}`]),
    '',
  ].join('\n');
}

function skippedPart(skipped: readonly Skip[]): Part {
  if (skipped.length === 0) return { lines: [] };
  return {
    before: [
      `<details><summary>Not examined: ${formatCount(skipped.length, 'place')}</summary>`,
      '',
    ],
    lines: skipped.map(
      ({ where, cause, reason }) =>
        `- ${markdownCode(where.path)}: ${escapeMarkdown(reason)} (${cause})`,
    ),
    omitted: (count) => [omittedWords(count, 'place')],
    after: ['', '</details>', ''],
  };
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

function omittedWords(count: number, noun: string): string {
  return `… and ${formatNumber(count)} more ${noun}${count === 1 ? '' : 's'}, left out here for length; the JSON report has all.`;
}
