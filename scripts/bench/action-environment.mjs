import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
  for (const name of ['OUTPUT', 'STEP_SUMMARY']) {
    env[`GITHUB_${name}`] = join(temp, name);
    writeFileSync(join(temp, name), '');
  }
  for (const [name, value] of Object.entries(inputs))
    env[`INPUT_${name.toUpperCase()}`] = value;
  return env;
}
