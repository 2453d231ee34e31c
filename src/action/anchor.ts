import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { escapeTerminal } from '../core/render/escape.ts';
import { findUsesLine } from './workflow-line.ts';

/** Where in the repository an annotation stands. */
export interface Anchor {
  /** Relative to the repository, as the runner hands it on. */
  readonly file: string;
  /** From 1; absent where it cannot be told. */
  readonly startLine?: number;
}

/** No workflow that people write comes near; a larger file is not read. */
const MAX_WORKFLOW_BYTES = 1024 * 1024;

/**
 * The place of this step in its workflow: checkpoints are in no diff, but the
 * workflow that has them checked is a file of the repository. `null` where the
 * workflow is of another repository.
 *
 * @param workspace where the repository may be checked out
 */
export function findAnchor(
  env: NodeJS.ProcessEnv,
  workspace: string,
): Anchor | null {
  const workflowRepository = env['GITHUB_REPOSITORY'] ?? '';
  const file = workflowFile(
    env['GITHUB_WORKFLOW_REF'] ?? '',
    workflowRepository,
  );
  if (file === null) return null;
  const text = readWorkflow(workspace, file);
  if (text === null) return { file };
  const startLine = findUsesLine(text, {
    repository: env['GITHUB_ACTION_REPOSITORY'] ?? '',
    workflowRepository,
    stepId: env['GITHUB_ACTION'] ?? '',
  });
  return startLine === null ? { file } : { file, startLine };
}

/** From `owner/name/.github/workflows/x.yml@ref`, where the repository is the run's. */
function workflowFile(ref: string, repository: string): string | null {
  const prefix = `${repository}/`;
  if (repository === '' || !ref.startsWith(prefix)) return null;
  const [, file] =
    /^(\.github\/workflows\/[^/]+?\.ya?ml)@/.exec(ref.slice(prefix.length)) ??
    [];
  const isPlain = file !== undefined && escapeTerminal(file, Infinity) === file;
  return isPlain ? file : null;
}

/**
 * The workflow's text, or `null`: not checked out here, no regular file, outside of
 * the workspace, too large, or not to be read. None of that concerns checkpoints;
 * the annotations then only lack their line.
 */
function readWorkflow(workspace: string, file: string): string | null {
  try {
    const path = join(workspace, file);
    const stat = lstatSync(path);
    if (!stat.isFile() || stat.size > MAX_WORKFLOW_BYTES) return null;
    const root = realpathSync(workspace);
    // A folder on the way may be a link out.
    if (!realpathSync(path).startsWith(root + sep)) return null;
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
