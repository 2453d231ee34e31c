import { SourceError } from '../../core/bytes/reader.ts';

/**
 * Holds that the run is on a server whose artifacts can be read: github.com, `*.ghe.com`
 * or `*.localhost`. GitHub Enterprise Server keeps artifacts in the form of before
 * upload-artifact v4, which neither service here can read.
 *
 * Source: `isGhes` of @actions/artifact 6.2.1, `lib/internal/shared/config.js`.
 *
 * @throws SourceError `GHES`
 */
export function assertReadableServer(env: NodeJS.ProcessEnv): void {
  const server = settingOf(env, 'GITHUB_SERVER_URL', 'https://github.com');
  const host = URL.canParse(server) ? new URL(server).hostname : server;
  if (host === 'github.com' || /\.(?:ghe\.com|localhost)$/.test(host)) return;
  throw new SourceError(
    'GHES',
    'Artifacts cannot be read on GitHub Enterprise Server: it has no artifacts of upload-artifact v4 and later. Download them first with actions/download-artifact@v3 and give the folder as `path`.',
  );
}

/** Where the REST API is: another place than api.github.com for `*.ghe.com`. */
export function apiUrlOf(env: NodeJS.ProcessEnv): string {
  return settingOf(env, 'GITHUB_API_URL', 'https://api.github.com');
}

/** A variable of the environment; an empty one is as none. */
export function settingOf(
  env: NodeJS.ProcessEnv,
  name: string,
  fallback: string,
): string {
  const value = env[name] ?? '';
  return value === '' ? fallback : value;
}
