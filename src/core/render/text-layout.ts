import { displayWidth, shortenMiddle } from './shorten.ts';

/** Between columns. */
const GAP = '  ';

export interface TextColumn {
  readonly head: string;
  readonly isNumber?: boolean;
  /** Left out while the table is too wide, the least first. */
  readonly dropRank?: number;
  /** After that, cut in the middle down to this width, from the first column on. */
  readonly minWidth?: number;
}

/**
 * Pads cells to columns, the heading first. Columns with no text below their
 * heading are left out.
 */
export function alignRows(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const fitted = fitColumns(columns, rows, width);
  return [columns.map(({ head }) => head), ...rows].map((row) =>
    fitted
      .map(({ at, width: most, isNumber }) => {
        const cell = shortenMiddle(row[at] ?? '', most);
        const pad = ' '.repeat(Math.max(0, most - displayWidth(cell)));
        return isNumber ? pad + cell : cell + pad;
      })
      .join(GAP)
      .trimEnd(),
  );
}

interface FittedColumn extends TextColumn {
  readonly at: number;
  readonly width: number;
}

function fitColumns(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly FittedColumn[] {
  const filled = columns.flatMap((column, at) => {
    const widths = rows.map((row) => displayWidth(row[at] ?? ''));
    const widest = widths.reduce((most, one) => Math.max(most, one), 0);
    const own = Math.max(widest, displayWidth(column.head));
    return widest === 0 ? [] : [{ ...column, at, width: own }];
  });
  const kept = dropColumns(filled, width);
  let excess = totalWidth(kept) - width;
  return kept.map((column) => {
    const give = column.width - (column.minWidth ?? column.width);
    const less = Math.max(0, Math.min(give, excess));
    excess -= less;
    return { ...column, width: column.width - less };
  });
}

function dropColumns(
  columns: readonly FittedColumn[],
  width: number,
): readonly FittedColumn[] {
  const ranks = columns.flatMap(({ dropRank = null }) =>
    dropRank === null ? [] : [dropRank],
  );
  let kept = columns;
  for (const rank of ranks.sort((left, right) => left - right))
    if (totalWidth(kept) > width)
      kept = kept.filter(({ dropRank }) => dropRank !== rank);
  return kept;
}

function totalWidth(columns: readonly FittedColumn[]): number {
  return columns.reduce(
    (sum, column) => sum + column.width + GAP.length,
    -GAP.length,
  );
}

/** What stands before the first line, and before each line after it. */
export interface Indent {
  readonly first: string;
  readonly rest: string;
}

const NO_INDENT: Indent = { first: '', rest: '' };

/** Spaces, and a word: code between backticks is never broken. */
const WORD = /( *)((?:`[^`]*`|[^ ])+)/g;

/**
 * Breaks a text at spaces into lines of at most `width` columns, the indent
 * included; a longer word keeps its line for itself. What stands between backticks
 * is one word, whatever spaces it has, and can be copied.
 */
export function wrap(
  text: string,
  width: number,
  indent: Indent = NO_INDENT,
): string[] {
  const lines: string[] = [];
  let line = indent.first;
  let used = displayWidth(line);
  let isEmpty = true;
  for (const [, gap = '', word = ''] of text.matchAll(WORD)) {
    const more = displayWidth(word);
    if (!isEmpty && used + gap.length + more > width) {
      lines.push(line);
      line = indent.rest;
      used = displayWidth(line);
      isEmpty = true;
    }
    line += isEmpty ? word : gap + word;
    used += isEmpty ? more : gap.length + more;
    isEmpty = false;
  }
  return [...lines, line];
}
