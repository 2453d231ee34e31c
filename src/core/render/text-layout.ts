/** Between columns. */
const GAP = '  ';

export interface TableOptions {
  /** Numbers of the columns that hold numbers. */
  readonly rightAligned: readonly number[];
  /** Columns to leave out, one after another, while the table is too wide. */
  readonly droppable: readonly number[];
  readonly width: number;
}

/**
 * Pads cells to columns. Columns with no text below their heading are left out.
 *
 * @param rows the heading first; all of one length
 */
export function alignRows(
  rows: readonly (readonly string[])[],
  { rightAligned, droppable, width }: TableOptions,
): string[] {
  const [head = [], ...body] = rows;
  let kept = head.flatMap((_, column) =>
    body.some((row) => row[column] !== '') ? [column] : [],
  );
  const widths = head.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const widthOf = (column: number) => widths[column] ?? 0;
  const total = () =>
    kept.reduce((sum, column) => sum + widthOf(column) + GAP.length, 0);
  for (const column of droppable)
    if (total() - GAP.length > width)
      kept = kept.filter((one) => one !== column);
  return rows.map((row) =>
    kept
      .map((column) => {
        const cell = row[column] ?? '';
        return rightAligned.includes(column)
          ? cell.padStart(widthOf(column))
          : cell.padEnd(widthOf(column));
      })
      .join(GAP)
      .trimEnd(),
  );
}

/** What stands before the first line, and before each line after it. */
export interface Indent {
  readonly first: string;
  readonly rest: string;
}

const NO_INDENT: Indent = { first: '', rest: '' };

/**
 * Breaks a text at spaces into lines of at most `width` columns, the indent
 * included; a longer word keeps its line for itself.
 */
export function wrap(
  text: string,
  width: number,
  indent: Indent = NO_INDENT,
): string[] {
  const lines: string[] = [];
  let line = indent.first;
  let isEmpty = true;
  for (const word of text.split(/ +/)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent.rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
