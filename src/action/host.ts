import * as core from '@actions/core';
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import type { Severity } from '../core/types.ts';
import { writeWhole } from '../platform/write-whole.ts';
import { findAnchor } from './anchor.ts';
import type { Anchor } from './anchor.ts';
import { appendOutput, writeSummary } from './file-command.ts';
import { logPrinter } from './log.ts';

/** The runner, as this action uses it. The only importer of `@actions/*`. */
export type Host = ReturnType<typeof runnerHost>;

/**
 * Inputs and workflow commands of `@actions/core`; what it writes by more than is needed
 * here is written by modules of this folder.
 */
export function runnerHost(env: NodeJS.ProcessEnv, cwd: string) {
  /** What relative paths are relative to. */
  const workspace = env['GITHUB_WORKSPACE'] ?? cwd;
  let anchor: Anchor | null | undefined;
  /** Looked for once there is something to place: most steps annotate nothing. */
  const place = (): Partial<Anchor> => {
    if (anchor === undefined) anchor = findAnchor(env, workspace);
    return { ...anchor };
  };
  const annotators = {
    error: core.error,
    warning: core.warning,
    notice: core.notice,
  } satisfies Record<Severity, unknown>;
  return {
    workspace,
    env,
    /** Keeps a secret out of the log from now on. */
    mask: (secret: string): void => {
      core.setSecret(secret);
    },
    input: (name: string): string => core.getInput(name),
    output: (name: string, value: string): void => {
      // Outside of a runner there is nobody to read it.
      const file = env['GITHUB_OUTPUT'] ?? '';
      if (file !== '') appendOutput(file, name, value);
    },
    /** Prints text that is escaped already. */
    print: logPrinter(),
    annotate: (severity: Severity, title: string, message: string): void => {
      annotators[severity](message, { title, ...place() });
    },
    summary: (markdown: string): void => {
      const file = env['GITHUB_STEP_SUMMARY'] ?? '';
      if (file !== '') writeSummary(file, markdown);
    },
    writeFile: async (path: string, text: string): Promise<void> => {
      await fs.promises.mkdir(dirname(path), { recursive: true });
      await writeWhole(path, text);
    },
    /** Fails the step, with the reason as an error annotation: `core.setFailed`, placed. */
    fail: (message: string): void => {
      process.exitCode = core.ExitCode.Failure;
      core.error(message, place());
    },
  };
}
