import { statSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The environment variables that name a file the step writes to. */
export const FILE_COMMANDS = [
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
] as const;
export type FileCommand = (typeof FILE_COMMANDS)[number];

/** CreateStepSummaryCommand.AttachmentSizeLimit of actions/runner. */
export const MAX_SUMMARY_BYTES = 1024 * 1024;

/** Fresh empty files for one step, below a folder; the paths by variable. */
export function createFiles(folder: string): Record<FileCommand, string> {
  const file = (name: FileCommand) => {
    const path = join(folder, name.toLowerCase());
    writeFileSync(path, '');
    return path;
  };
  return {
    GITHUB_OUTPUT: file('GITHUB_OUTPUT'),
    GITHUB_ENV: file('GITHUB_ENV'),
    GITHUB_PATH: file('GITHUB_PATH'),
    GITHUB_STATE: file('GITHUB_STATE'),
    GITHUB_STEP_SUMMARY: file('GITHUB_STEP_SUMMARY'),
  };
}

/**
 * `NAME=VALUE` and `NAME<<DELIMITER … DELIMITER` (EnvFileKeyValuePairs in
 * FileCommandManager.cs).
 *
 * @throws Error with the runner's words for what it refuses
 */
export function readPairs(path: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const lines = lineReader(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line.text === '') continue;
    const equals = line.text.indexOf('=');
    const heredoc = line.text.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.set(line.text.slice(0, equals), line.text.slice(equals + 1));
    } else if (heredoc >= 0) {
      const name = line.text.slice(0, heredoc);
      const delimiter = line.text.slice(heredoc + 2);
      if (name === '' || delimiter === '')
        throw new Error(
          `Invalid format '${line.text}'. Name must not be empty and delimiter must not be empty`,
        );
      pairs.set(name, readHeredoc(lines, delimiter));
    } else throw new Error(`Invalid format '${line.text}'`);
  }
  return pairs;
}

interface Line {
  readonly text: string;
  readonly newline: string;
}
type LineReader = ReturnType<typeof lineReader>;

function readHeredoc(lines: LineReader, delimiter: string): string {
  const value: Line[] = [];
  for (;;) {
    const line = lines.next();
    if (line === null)
      throw new Error(
        `Invalid value. Matching delimiter not found '${delimiter}'`,
      );
    if (line.text === delimiter) break;
    if (line.newline === '')
      throw new Error('Invalid value. EOF marker missing new line.');
    value.push(line);
  }
  // The line end before the delimiter is not of the value.
  return value
    .map(({ text, newline }, at) =>
      at < value.length - 1 ? text + newline : text,
    )
    .join('');
}

/** Lines end with LF; on Windows CRLF ends one too. */
function lineReader(text: string) {
  let at = 0;
  return {
    next(): Line | null {
      if (at >= text.length) return null;
      const start = at;
      const lf = text.indexOf('\n', at);
      at = lf < 0 ? text.length : lf + 1;
      if (lf < 0) return { text: text.slice(start), newline: '' };
      const isCrLf = process.platform === 'win32' && text[lf - 1] === '\r';
      const end = isCrLf && lf > start ? lf - 1 : lf;
      return { text: text.slice(start, end), newline: text.slice(end, lf + 1) };
    },
  };
}

/** The lines of GITHUB_PATH that are not empty. */
export function readPaths(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '');
}

/**
 * The job summary.
 *
 * @throws Error with the runner's words where the file is too large
 */
export function readSummary(path: string): string {
  const { size } = statSync(path);
  if (size > MAX_SUMMARY_BYTES)
    throw new Error(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${MAX_SUMMARY_BYTES / 1024}k, got ${Math.floor(size / 1024)}k.`,
    );
  return readFileSync(path, 'utf8');
}
