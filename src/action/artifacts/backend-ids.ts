import { SourceError } from '../../core/bytes/reader.ts';
import { fieldsOf } from './fields.ts';

/** By which names the results service knows a run and one of its jobs. */
export interface BackendIds {
  readonly run: string;
  readonly job: string;
}

/** Tokens have some 2,000 characters. */
const MAX_TOKEN_CHARACTERS = 64 * 1024;

/**
 * The run and the job that a runtime token stands for: its claim `scp` is a list with
 * blanks, of which one item is `Actions.Results:<run>:<job>`. The signature is not
 * looked at: the service does that.
 *
 * Source: `getBackendIdsFromToken` of @actions/artifact 6.2.1, `lib/internal/shared/util.js`.
 *
 * @throws SourceError that does not hold the token
 */
export function readBackendIds(token: string): BackendIds {
  for (const scope of scopesOf(token)) {
    const [, run, job] =
      /^Actions\.Results:([\w-]+):([\w-]+)$/.exec(scope) ?? [];
    if (run !== undefined && job !== undefined) return { run, job };
  }
  throw new SourceError(
    'NO_RUNTIME',
    'The token that the runner gave this step (ACTIONS_RUNTIME_TOKEN) does not name its run, so its artifacts cannot be asked for. Give `run-id` and `github-token`, or use `path` after actions/download-artifact.',
  );
}

function scopesOf(token: string): readonly string[] {
  if (token.length > MAX_TOKEN_CHARACTERS) return [];
  const [, payload = ''] = token.split('.');
  try {
    const text = Buffer.from(payload, 'base64url').toString('utf8');
    const scopes = fieldsOf(JSON.parse(text), 'the token').get('scp');
    return typeof scopes === 'string' ? scopes.split(' ') : [];
  } catch {
    // Neither JSON nor an object; the words of that error would quote the token.
    return [];
  }
}
