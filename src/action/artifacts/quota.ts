import { SourceError } from '../../core/bytes/reader.ts';
import type { Wait } from './artifact.ts';

/** A minute more of a step is worth it; an hour of a runner is not. */
export const MAX_WAIT_SECONDS = 60;

/** The part of an answer's headers that counts. */
export type Headers = Readonly<Record<string, string | number | undefined>>;

/** How many requests the REST API still takes, as its answers say. */
export interface Quota {
  /** Looks at the headers of an answer. */
  note(headers: Headers): void;
  /**
   * Waits for the next hour's requests where that is near.
   *
   * @throws SourceError `THROTTLED` where it is not
   */
  reserve(): Promise<void>;
}

/**
 * The requests of an hour: 1,000 for the `GITHUB_TOKEN` of a repository, by all its jobs.
 * Asking on at zero would only be refused, and is held against the token.
 *
 * Source: docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api.
 */
export function createQuota(wait: Wait): Quota {
  let isSpent = false;
  let resetsAt = 0;
  return {
    note: (headers) => {
      isSpent = String(headers['x-ratelimit-remaining']) === '0';
      resetsAt = secondsOf(headers['x-ratelimit-reset']) * 1000;
    },
    reserve: async () => {
      if (!isSpent) return;
      const seconds = Math.ceil((resetsAt - Date.now()) / 1000);
      if (seconds > MAX_WAIT_SECONDS) throw throttled(resetsAt);
      isSpent = false;
      // One second more: the clocks of both sides differ.
      if (seconds >= 0) await wait((seconds + 1) * 1000);
    },
  };
}

/** The point in time that a refusal by a limit names, in milliseconds; `null` for none. */
export function resetOf(headers: Headers): number | null {
  const after = secondsOf(headers['retry-after']);
  if (after > 0) return Date.now() + after * 1000;
  const reset = secondsOf(headers['x-ratelimit-reset']);
  return reset > 0 ? reset * 1000 : null;
}

function secondsOf(value: string | number | undefined): number {
  // Ten digits last until 2286.
  return /^\d{1,10}$/.test(String(value)) ? Number(value) : 0;
}

/** @param resetsAt when requests are taken again, in milliseconds, where that is known */
export function throttled(resetsAt: number | null): SourceError {
  const when =
    resetsAt === null
      ? 'later'
      : `after ${new Date(resetsAt).toISOString().replace(/\.\d+/, '')}`;
  return new SourceError(
    'THROTTLED',
    `GitHub's REST API takes no more requests of this token for now, so artifacts could not be read. All jobs of a repository share 1,000 requests an hour; naming the artifacts with \`artifact\` saves one for each other. Start the job again ${when}.`,
  );
}
