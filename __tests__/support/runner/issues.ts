import { isAbsolute, sep } from 'node:path';
import { property } from './command.ts';
import type { Command } from './command.ts';

export type Severity = 'error' | 'warning' | 'notice';

/** An annotation as the runner reports it to the server. */
export interface Issue {
  readonly severity: Severity;
  readonly message: string;
  /** `null` where the command named none, or where it is the runner's own. */
  readonly title: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  /** Set where the file lies below the workspace by an absolute path. */
  readonly repository: string | null;
}

/** IssueCommandExtension of ActionCommandManager.cs. */
export function issueOf(
  severity: Severity,
  command: Command,
  context: { readonly workspace: string; readonly repository: string },
): Issue {
  const file = property(command, 'file') ?? '';
  const relative = relativeTo(context.workspace, file);
  const isBelow = relative !== file;
  return {
    severity,
    message: command.data,
    title: property(command, 'title') ?? null,
    file: (isBelow && relative !== '' ? relative : file) || null,
    ...linesOf(command),
    repository:
      isBelow && context.repository !== '' ? context.repository : null,
  };
}

export function ownIssue(severity: Severity, message: string): Issue {
  return {
    severity,
    message,
    title: null,
    file: null,
    line: null,
    endLine: null,
    repository: null,
  };
}

/** IOUtil.MakeRelative, with `/`: a path that does not lie below stays as it is. */
function relativeTo(folder: string, file: string): string {
  if (!isAbsolute(file) || !file.startsWith(folder)) return file;
  if (file === folder) return '';
  const rest = file.slice(folder.length);
  if (folder.endsWith(sep)) return rest.replaceAll(sep, '/');
  return rest.startsWith(sep) ? rest.slice(1).replaceAll(sep, '/') : file;
}

/** ValidateLinesAndColumns: an end alone is the line; an end before it takes both away. */
function linesOf(command: Command) {
  const line = integer(property(command, 'line'));
  const endLine = integer(property(command, 'endLine'));
  if (line !== null && endLine !== null && endLine < line)
    return { line: null, endLine };
  return { line: line ?? endLine, endLine };
}

function integer(text: string | undefined): number | null {
  return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text)
    ? Number(text)
    : null;
}
