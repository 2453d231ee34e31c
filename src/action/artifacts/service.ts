import { setTimeout } from 'node:timers/promises';
import { SourceError } from '../../core/bytes/reader.ts';
import type { ArtifactService, Mask, Wait } from './artifact.ts';
import type { Run } from './rest-service.ts';
import { assertReadableServer } from './server.ts';

/** Whose artifacts are wanted, and what may be used for it. */
export interface Wanted {
  readonly env: NodeJS.ProcessEnv;
  /** The input `run-id`; `''` for this run. */
  readonly runId: string;
  /** The input `repository`; `''` for this one. */
  readonly repository: string;
  /** The input `github-token`; needed for another run only. */
  readonly token: string;
  readonly mask: Mask;
  readonly wait?: Wait;
}

/**
 * Finds the service that has the artifacts: that of this run needs no token of the user,
 * and can read no other run. Only the one that is needed is loaded.
 *
 * @throws SourceError: `GHES`, `NO_RUNTIME` outside of an action, `NO_TOKEN`, and
 * `BAD_INPUT` for inputs that name no run, which is wrong use and not a verdict
 */
export async function artifactService(
  wanted: Wanted,
): Promise<ArtifactService> {
  const { env, token, mask } = wanted;
  const wait: Wait =
    wanted.wait ?? ((milliseconds) => setTimeout(milliseconds));
  const run = otherRun(wanted);
  assertReadableServer(env);
  if (run === null) {
    const { resultsService } = await import('./results-service.ts');
    return resultsService({ env, mask, wait });
  }
  if (token === '')
    throw new SourceError(
      'NO_TOKEN',
      `The artifacts of another run (${run.id} of ${run.owner}/${run.repository}) can only be read with a token. Give \`github-token: \${{ github.token }}\`, and the job \`permissions: actions: read\`; for another repository, a token that may read that one.`,
    );
  mask(token);
  const { restService } = await import('./rest-service.ts');
  return restService(run, { env, token, mask, wait });
}

/** The run that the inputs name, `null` for this very one. */
function otherRun({ env, runId, repository }: Wanted): Run | null {
  const own = {
    id: env['GITHUB_RUN_ID'] ?? '',
    repository: env['GITHUB_REPOSITORY'] ?? '',
  };
  if (runId !== '' && !/^[1-9]\d{0,14}$/.test(runId))
    throw badInput('run-id', 'the number of a workflow run', runId);
  const [, owner, name] =
    /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(
      repository === '' ? own.repository : repository,
    ) ?? [];
  const isNamed = owner !== undefined && name !== undefined && !isDots(name);
  if (repository !== '' && !isNamed)
    throw badInput('repository', 'owner/name', repository);
  // GitHub does not mind the case of owners and repositories.
  const isOwn =
    repository === '' ||
    repository.toLowerCase() === own.repository.toLowerCase();
  if (isOwn && (runId === '' || runId === own.id)) return null;
  if (runId === '')
    throw badInput('run-id', `a workflow run of ${repository}`, runId);
  if (!isNamed)
    throw badInput('repository', 'owner/name of the run', repository);
  return { id: runId, owner, repository: name };
}

function isDots(name: string): boolean {
  return name === '.' || name === '..';
}

function badInput(name: string, expected: string, given: string): SourceError {
  const got = given === '' ? 'nothing' : `'${given}'`;
  return new SourceError(
    'BAD_INPUT',
    `Expected input '${name}' to be ${expected}, got ${got}.`,
  );
}
