import type { WriteStream } from 'node:tty';

/** Redrawing more often would cost more than it tells. */
const REDRAW_MS = 100;

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
    const shown = text === null ? '' : text.slice(0, stream.columns - 1);
    // Carriage return, then erase to the end of the line (ECMA-48 EL).
    stream.write(`\r\u001B[K${shown}`);
  };
}
