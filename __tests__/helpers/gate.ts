import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, toPath } from '../../scripts/check-catalogue.mjs';
import { runAction } from '../support/runner/index.ts';
import type { JobOptions, StepResult } from '../support/runner/index.ts';

/** The folder of action.yml and dist: the action as a workflow gets it. */
export const ACTION = toPath(ROOT);

export type Files = Readonly<Record<string, Uint8Array | string>>;

/** A folder to be a job's workspace; a name that ends in `/` is an empty folder. */
export function temporaryWorkspace(files: Files) {
  const workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  const write = (more: Files): void => {
    for (const [name, content] of Object.entries(more)) {
      const path = join(workspace, name);
      if (name.endsWith('/')) mkdirSync(path, { recursive: true });
      else {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      }
    }
  };
  write(files);
  const clear = () => rmSync(workspace, { recursive: true, force: true });
  return { workspace, write, clear };
}

/** Runs the committed bundle of the action as the runner does. */
export function runGate(
  inputs: Readonly<Record<string, string>>,
  options: JobOptions,
): Promise<StepResult> {
  return runAction({ ...options, action: ACTION, inputs });
}

/** The severity, title and place of each annotation. */
export function briefly({ annotations }: StepResult): string[] {
  return annotations.map(
    ({ severity, title, message, line }) =>
      `${severity}${line === null ? '' : ` at ${line}`}: ${title ?? message}`,
  );
}
