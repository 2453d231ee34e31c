import { writeSync } from 'node:fs';

const STDOUT = 1;

/**
 * Prints lines to the log of the step. Directly, since what `process.stdout` is made of takes
 * 3 ms to load; whatever a pipe that is full does not take goes that way after all.
 */
export function logPrinter(): (text: string) => void {
  let isDirect = true;
  return (text) => {
    let rest: Uint8Array = Buffer.from(`${text}\n`);
    try {
      while (isDirect && rest.length > 0)
        rest = rest.subarray(writeSync(STDOUT, rest));
    } catch (error) {
      if (!isFull(error)) throw error;
      // What comes later would overtake what waits.
      isDirect = false;
    }
    if (rest.length > 0) process.stdout.write(rest);
  };
}

/** By shape: errors of node: modules may be of another realm. */
function isFull(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'EAGAIN'
  );
}
