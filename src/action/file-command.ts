import { accessSync, appendFileSync, constants, writeFileSync } from 'node:fs';

/** The line after a value. */
const END = 'end-of-output';

/**
 * Appends an output to the file that the runner reads them from, as `core.setOutput`
 * does. That ends a value with a random UUID, for which node:crypto takes 5 ms of every
 * start; a line that is not in the value ends it as surely.
 *
 * @throws the error of node:fs
 */
export function appendOutput(file: string, name: string, value: string): void {
  // What is longer than the value is not in it.
  const end = value.includes(END) ? END.padEnd(value.length + 1, '-') : END;
  // The runner made the file: where it is gone, none is made in its place.
  accessSync(file, constants.W_OK);
  appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
}

/**
 * Writes the job summary anew, as `core.summary` does.
 *
 * @throws the error of node:fs
 */
export function writeSummary(file: string, markdown: string): void {
  accessSync(file, constants.W_OK);
  writeFileSync(file, markdown);
}
