/** Between columns. */
const GAP = '  ';

/**
 * Pads cells to columns. Columns with no text below their heading are left out.
 *
 * @param rows the heading first; all of one length
 * @param rightAligned numbers of the columns that hold numbers
 */
export function alignRows(
  rows: readonly (readonly string[])[],
  rightAligned: readonly number[],
): string[] {
  const [head = [], ...body] = rows;
  const kept = head.flatMap((_, column) =>
    body.some((row) => row[column] !== '') ? [column] : [],
  );
  const widths = new Map(
    kept.map((column) => [
      column,
      Math.max(...rows.map((row) => (row[column] ?? '').length)),
    ]),
  );
  return rows.map((row) =>
    kept
      .map((column) => {
        const cell = row[column] ?? '';
        const width = widths.get(column) ?? 0;
        return rightAligned.includes(column)
          ? cell.padStart(width)
          : cell.padEnd(width);
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
