import type { WriteStream } from 'node:tty';

/** Redrawing more often would cost more than it tells. */
const REDRAW_MS = 100;
const DEFAULT_COLUMNS = 80;

/**
 * One line on a terminal that is written over and over and cleared at the end;
 * nothing where the stream is no terminal.
 */
export function statusLine(
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>,
  now: () => number = () => performance.now(),
): (text: string | null) => void {
  if (!stream.isTTY) return () => undefined;
  let drawnAt = -Infinity;
  return (text) => {
    if (text !== null && now() - drawnAt < REDRAW_MS) return;
    if (text === null && drawnAt === -Infinity) return;
    drawnAt = now();
    // Some terminals do not say how wide they are.
    const width = stream.columns > 0 ? stream.columns : DEFAULT_COLUMNS;
    const shown = text === null ? '' : text.slice(0, width - 1);
    // Carriage return, then erase to the end of the line (ECMA-48 EL).
    stream.write(`\r\u001B[K${shown}`);
  };
}
