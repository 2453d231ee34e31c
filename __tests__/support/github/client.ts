import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FakeGitHub } from './types.ts';

const SCRIPT = fileURLToPath(new URL('client-child.mjs', import.meta.url));

type Method =
  | 'uploadArtifact'
  | 'listArtifacts'
  | 'getArtifact'
  | 'downloadArtifact'
  | 'deleteArtifact';

/** A method of `DefaultArtifactClient` and its arguments. */
export type Call = readonly [Method, ...args: readonly unknown[]];

/** What the process is sent. */
export interface Calls {
  readonly calls: readonly Call[];
  readonly atOnce: number;
}

/** What it returned, or the message of what it threw. */
export interface CallResult {
  readonly value?: unknown;
  readonly error?: string;
}

/**
 * Calls the published `@actions/artifact` against the fake, in a process of its
 * own: one call after another, or several at once.
 */
export function callClient(
  github: FakeGitHub,
  calls: readonly Call[],
  atOnce = 1,
): Promise<readonly CallResult[]> {
  const child = fork(SCRIPT, {
    // Nothing of the tests' own environment, nor Jest's flags of Node.
    execArgv: [],
    env: {
      PATH: process.env['PATH'] ?? '',
      ...(process.platform === 'win32'
        ? { SystemRoot: process.env['SystemRoot'] ?? '' }
        : {}),
      GITHUB_WORKSPACE: tmpdir(),
      ...github.env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    errors += bytes.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('message', (results) => resolve(checked(results)));
    child.on('close', (code) => {
      reject(
        new Error(`the client ended with ${code ?? 'a signal'}: ${errors}`),
      );
    });
    child.send({ calls, atOnce } satisfies Calls);
  });
}

/** Messages between processes have no type. */
function checked(results: unknown): readonly CallResult[] {
  if (!Array.isArray(results)) throw new Error('the client sent no results');
  return results.map((result: unknown): CallResult => {
    if (typeof result !== 'object' || result === null)
      throw new Error('the client sent no result');
    const error = 'error' in result ? result.error : undefined;
    return typeof error === 'string'
      ? { error }
      : { value: 'value' in result ? result.value : undefined };
  });
}
