import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './child.ts';
import type { Child, Delays } from './child.ts';
import type { Command } from './command.ts';
import {
  createFiles,
  readPairs,
  readPaths,
  readSummary,
} from './file-commands.ts';
import type { FileCommand } from './file-commands.ts';
import type { Issue } from './issues.ts';
import { node24 } from './node24.ts';
import { mask, stepLog } from './step-log.ts';
import type { StepLog } from './step-log.ts';

export type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped';

/** What is left of one stage of a step: pre, main or post. */
export interface StageResult {
  readonly outcome: Outcome;
  /** `null` where nothing was started. */
  readonly exitCode: number | null;
  readonly outputs: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  /** From GITHUB_ENV and GITHUB_PATH, for the steps after. */
  readonly exported: ReadonlyMap<string, string>;
  readonly paths: readonly string[];
  /** At most ten of each severity, messages cut. */
  readonly annotations: readonly Issue[];
  /** The others, which only the log has. */
  readonly unseen: readonly Issue[];
  /** Commands obeyed, in order. */
  readonly commands: readonly Command[];
  /** Lines that look like commands and are of no registered one. */
  readonly unknownCommands: readonly string[];
  /** What the log shows, masked. */
  readonly log: readonly string[];
  /** `''` where there is none, or where the runner refused it. */
  readonly summary: string;
  /** The largest resident set, where it was asked for and the system tells (Linux). */
  readonly peakMemoryBytes: number | null;
}

/** What one stage is run with. */
export interface StageOptions {
  readonly script: string;
  readonly folder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  readonly masks: Set<string>;
  readonly delays: Delays;
  readonly isMeasured: boolean;
  readonly prepare: (log: StepLog) => Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  readonly output: number | null;
  readonly onStart: (child: Child) => void;
  readonly isCancelled: () => boolean;
}

/** Runs one script as the runner runs it, and reads what it leaves. */
export async function runStage(options: StageOptions): Promise<StageResult> {
  const { folder, workspace, env, masks } = options;
  mkdirSync(folder, { recursive: true });
  const files = createFiles(folder);
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  const log = stepLog({ workspace, repository, masks });
  const inputs = options.prepare(log);
  const peak = join(folder, 'peak');
  const child = startChild({
    file: node24(),
    args: [...(options.isMeasured ? [measure(peak)] : []), options.script],
    cwd: workspace,
    env: { ...env, ...inputs, ...files },
    delays: options.delays,
    output: options.output,
    onLine: (line) => {
      log.read(line);
      options.onLine(line);
    },
  });
  options.onStart(child);
  const exitCode = await child.exited;
  // Processed whatever came of the script (`finally` in ActionRunner.cs).
  const left = readFiles(files, log, masks);
  const { hasFailedCommand, outputs, state, ...said } = log.said;
  return {
    ...said,
    ...left,
    outputs: new Map([...outputs, ...left.outputs]),
    state: new Map([...state, ...left.state]),
    outcome: options.isCancelled()
      ? 'cancelled'
      : exitCode === 0 && !hasFailedCommand
        ? 'success'
        : 'failure',
    exitCode,
    peakMemoryBytes: options.isMeasured ? readPeak(peak) : null,
  };
}

function readFiles(
  files: Readonly<Record<FileCommand, string>>,
  log: StepLog,
  masks: ReadonlySet<string>,
) {
  const attempt = <T>(
    name: FileCommand,
    read: (path: string) => T,
    none: T,
  ) => {
    // A file that is gone is as good as an empty one.
    if (!existsSync(files[name])) return none;
    try {
      return read(files[name]);
    } catch (error) {
      const context = name.replace('GITHUB_', '').toLowerCase();
      log.failed(`file command '${context}'`, error);
      return none;
    }
  };
  const none = new Map<string, string>();
  const exported = attempt('GITHUB_ENV', readPairs, none);
  for (const name of exported.keys())
    if (name.toUpperCase() === 'NODE_OPTIONS') {
      log.say(
        'error',
        `Can't store ${name} output parameter using '$GITHUB_ENV' command.`,
      );
      exported.delete(name);
    }
  return {
    outputs: attempt('GITHUB_OUTPUT', readPairs, none),
    state: attempt('GITHUB_STATE', readPairs, none),
    exported,
    paths: attempt('GITHUB_PATH', readPaths, []),
    summary: mask(summaryOf(files.GITHUB_STEP_SUMMARY, log), masks),
  };
}

/** A summary that is refused is an error annotation, and no failure of the step. */
function summaryOf(path: string, log: StepLog): string {
  if (!existsSync(path)) return '';
  try {
    return readSummary(path);
  } catch (error) {
    log.say('error', error instanceof Error ? error.message : String(error));
    return '';
  }
}

/**
 * Notes the peak at the exit. Not `resourceUsage().maxRSS`, in which Linux counts
 * the memory of the process that forked: VmHWM starts anew with the program.
 */
function measure(into: string): string {
  const script = `import { readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => {
  if (process.platform === 'linux')
    writeFileSync(${JSON.stringify(into)}, readFileSync('/proc/self/status'));
});`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}

function readPeak(path: string): number | null {
  // None elsewhere, nor of a process that was killed.
  if (!existsSync(path)) return null;
  const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(path, 'utf8')) ?? [];
  return kib === undefined ? null : Number(kib) * 1024;
}

/** What a stage that is not run leaves. */
export const SKIPPED: StageResult = {
  outcome: 'skipped',
  exitCode: null,
  outputs: new Map(),
  state: new Map(),
  exported: new Map(),
  paths: [],
  annotations: [],
  unseen: [],
  commands: [],
  unknownCommands: [],
  log: [],
  summary: '',
  peakMemoryBytes: null,
};
