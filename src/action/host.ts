import * as core from '@actions/core';
import { writeFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Severity } from '../core/types.ts';

/** The runner, as this action uses it. The only importer of `@actions/*`. */
export interface Host {
  /** What relative paths are relative to. */
  readonly workspace: string;
  readonly input: (name: string) => string;
  readonly output: (name: string, value: string) => void;
  /** Prints text that is escaped already. */
  readonly print: (text: string) => void;
  readonly annotate: (
    severity: Severity,
    title: string,
    message: string,
  ) => void;
  readonly summary: (markdown: string) => Promise<void>;
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** Fails the step, with the reason as an error annotation. */
  readonly fail: (message: string) => void;
}

/** The real runner: workflow commands and file commands of `@actions/core`. */
export function runnerHost(env: NodeJS.ProcessEnv, cwd: string): Host {
  const annotators = {
    error: core.error,
    warning: core.warning,
    notice: core.notice,
  } satisfies Record<Severity, unknown>;
  return {
    workspace: env['GITHUB_WORKSPACE'] ?? cwd,
    input: (name) => core.getInput(name),
    output: core.setOutput,
    print: core.info,
    annotate: (severity, title, message) => {
      annotators[severity](message, { title });
    },
    summary: async (markdown) => {
      // Outside of a runner there is no summary to write to.
      if (env['GITHUB_STEP_SUMMARY'])
        await core.summary.addRaw(markdown).write({ overwrite: true });
    },
    writeFile: async (path, text) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    },
    fail: core.setFailed,
  };
}
