import { CHECKS } from '../core/checks/index.ts';
import { inspect } from '../core/inspect.ts';
import { escapeTerminal } from '../core/render/escape.ts';
import { renderJson } from '../core/render/json.ts';
import { renderMarkdown } from '../core/render/markdown.ts';
import { renderText } from '../core/render/text.ts';
import type { Report } from '../core/types.ts';
import { exitCodeOf } from '../core/verdict.ts';
import { VERSION } from '../core/version.ts';
import { messageOf } from '../platform/error-message.ts';
import { resolveTarget } from '../sources/resolve-target.ts';
import { readCommand, USAGE, UsageError } from './options.ts';
import type { Command } from './options.ts';

/** What the command line needs of the world. */
export interface Terminal {
  readonly cwd: string;
  /** Whether standard output shows colour. */
  readonly hasColour: boolean;
  /** Columns of standard output. */
  readonly width: number;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Replaces the one status line; `null` clears it. Does nothing off a terminal. */
  readonly status: (text: string | null) => void;
  readonly writeFile: (path: string, text: string) => Promise<void>;
}

/** 0 pass, 1 fail, 2 wrong usage or internal error, 3 inconclusive. */
export type ExitCode = 0 | 1 | 2 | 3;

type Inspection = Extract<Command, { kind: 'inspect' }>;

/** Runs the command line; never throws. */
export async function runCli(
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    const command = readCommand(args);
    if (command.kind === 'inspect') return await runInspect(command, terminal);
    terminal.out(command.kind === 'help' ? USAGE : `${VERSION}\n`);
    return 0;
  } catch (error) {
    terminal.status(null);
    terminal.err(explain(error));
    return 2;
  }
}

async function runInspect(
  command: Inspection,
  terminal: Terminal,
): Promise<ExitCode> {
  terminal.status('listing files');
  const targets = [];
  for (const path of command.paths)
    targets.push(await resolveTarget(path, terminal.cwd));
  const report = await inspect({
    targets,
    options: command.options,
    checks: CHECKS,
    onCheckpoint: (path) => {
      terminal.status(`inspecting ${escapeTerminal(path)}`);
    },
  });
  for (const { sources } of targets)
    for (const source of sources) await source.close?.();
  terminal.status(null);
  await write(command, terminal, render(command, terminal, report));
  return exitCodeOf(report, command.failOn);
}

function render(
  { format, output }: Inspection,
  { hasColour, width }: Terminal,
  report: Report,
): string {
  switch (format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'text':
      return renderText(report, {
        color: hasColour && output === null,
        width,
      });
  }
}

async function write(
  { output }: Inspection,
  terminal: Terminal,
  text: string,
): Promise<void> {
  if (output === null) return terminal.out(text);
  try {
    await terminal.writeFile(output, text);
  } catch (error) {
    throw new OutputError(`Could not write ${output}: ${messageOf(error)}`);
  }
}

/** The report could not be written where it was to go. */
class OutputError extends Error {}

function explain(error: unknown): string {
  if (error instanceof UsageError)
    return `${escapeTerminal(error.message)}\n\n${USAGE}`;
  if (error instanceof OutputError) return `${escapeTerminal(error.message)}\n`;
  const isObject = typeof error === 'object' && error !== null;
  const stack = isObject && 'stack' in error ? String(error.stack) : '';
  const trace = stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .map((line) => `  ${escapeTerminal(line.trim())}\n`)
    .join('');
  return `Internal error: ${escapeTerminal(messageOf(error))}\n${trace}`;
}
