import * as core from '@actions/core';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Severity } from '../core/types.ts';
import { writeWhole } from '../platform/write-whole.ts';
import { findAnchor } from './anchor.ts';

/** The runner, as this action uses it. The only importer of `@actions/*`. */
export type Host = Awaited<ReturnType<typeof runnerHost>>;

/** Workflow commands and file commands of `@actions/core`. */
export async function runnerHost(env: NodeJS.ProcessEnv, cwd: string) {
  /** What relative paths are relative to. */
  const workspace = env['GITHUB_WORKSPACE'] ?? cwd;
  const anchor = await findAnchor(env, workspace);
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
      core.setOutput(name, value);
    },
    /** Prints text that is escaped already. */
    print: (text: string): void => {
      core.info(text);
    },
    annotate: (severity: Severity, title: string, message: string): void => {
      annotators[severity](message, { title, ...anchor });
    },
    summary: async (markdown: string): Promise<void> => {
      // Outside of a runner there is no summary to write to.
      if (env['GITHUB_STEP_SUMMARY'])
        await core.summary.addRaw(markdown).write({ overwrite: true });
    },
    writeFile: async (path: string, text: string): Promise<void> => {
      await mkdir(dirname(path), { recursive: true });
      await writeWhole(path, text);
    },
    /** Fails the step, with the reason as an error annotation: `core.setFailed`, placed. */
    fail: (message: string): void => {
      process.exitCode = core.ExitCode.Failure;
      core.error(message, { ...anchor });
    },
  };
}
