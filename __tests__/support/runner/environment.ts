import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The environment of a job, built from nothing: whatever runs the tests, a
 * runner included, shows through in PATH alone.
 */
export function jobEnvironment(
  temp: string,
  workspace: string,
  trackingId: string,
): Record<string, string> {
  const event = join(temp, 'event.json');
  writeFileSync(event, '{}');
  return {
    PATH: process.env['PATH'] ?? '',
    // Without it no Windows program starts.
    ...(process.platform === 'win32'
      ? { SystemRoot: process.env['SystemRoot'] ?? '' }
      : {}),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    // Empty for an action of the workflow's own repository.
    GITHUB_ACTION_REPOSITORY: '',
    GITHUB_ACTION_REF: '',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: event,
    GITHUB_JOB: 'job',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_WORKFLOW: 'CI',
    GITHUB_WORKFLOW_REF:
      'octo-org/octo-repo/.github/workflows/ci.yml@refs/heads/main',
    GITHUB_WORKSPACE: workspace,
    RUNNER_OS: process.platform === 'win32' ? 'Windows' : 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TRACKING_ID: trackingId,
  };
}

/** The environment with the folders of GITHUB_PATH in front of the others. */
export function withPaths(
  env: Readonly<Record<string, string>>,
  paths: readonly string[],
): Record<string, string> {
  const all = [...paths.toReversed(), env['PATH'] ?? ''];
  return { ...env, PATH: all.join(delimiter) };
}
