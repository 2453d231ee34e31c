import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const COMMAND_FILES = ['OUTPUT', 'STEP_SUMMARY'];

/**
 * The environment in which a runner starts the action.
 *
 * @param {string} temp for the files that a runner reads when a step ends
 * @param {string} workspace
 * @param {Record<string, string>} given inputs; the others have their defaults
 */
export function actionEnvironment(temp, workspace, given) {
  const inputs = {
    expect: 'auto',
    require: 'all',
    'fail-on': 'error',
    inconclusive: 'fail',
    summary: 'true',
    annotations: 'true',
    depth: 'auto',
    'max-bytes': '4GiB',
    ...given,
  };
  /** @type {Record<string, string>} */
  const env = { GITHUB_WORKSPACE: workspace };
  for (const name of COMMAND_FILES) env[`GITHUB_${name}`] = join(temp, name);
  emptyCommandFiles(temp);
  for (const [name, value] of Object.entries(inputs))
    env[`INPUT_${name.toUpperCase()}`] = value;
  return env;
}

/**
 * A runner makes them anew for each step. Where one is written over that holds
 * something, ext4 puts it on the disk before it is closed, which takes a millisecond.
 *
 * @param {string} temp
 */
export function emptyCommandFiles(temp) {
  for (const name of COMMAND_FILES) writeFileSync(join(temp, name), '');
}
