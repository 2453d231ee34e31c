import { DamagedError, NAMES_ONLY, NOT_REACHABLE } from './reader.ts';
import type { SourceError } from './reader.ts';

/** What a file or folder needs at least to be read by others than its owner. */
const OPEN_MODES = { file: '644', folder: '755' } as const;

/**
 * Why reading failed, for the report: the system's code and words, and for refused
 * permission the mode, the owner, this process, and the `chmod` that mends it.
 */
export function failureWords(
  { code, message, permission }: SourceError,
  kind: keyof typeof OPEN_MODES = 'file',
): string {
  if (permission === null) return `${code}: ${message}`;
  const { mode, owner, reader } = permission;
  return `${code}: ${message}; its mode is ${formatMode(mode)}, its owner ${owner}, this process runs as ${reader}; run \`chmod ${OPEN_MODES[kind]}\` on it as its owner, or this check as the user who trained`;
}

/** Permission bits as `ls` and `chmod` write them: `0600`. */
export function formatMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Why something was not read, as a skip says it. */
export interface Unread {
  readonly cause:
    'io' | 'depth' | 'link' | 'special' | 'damaged' | 'unreachable';
  readonly reason: string;
}

/** What ended a read; `lead` begins the sentence where the medium failed. */
export function unreadOf(
  error: SourceError,
  lead = 'it could not be read',
): Unread {
  const { message: reason } = error;
  if (error instanceof DamagedError)
    return { cause: 'damaged', reason: `it is damaged: ${reason}` };
  switch (error.code) {
    case NAMES_ONLY:
      return { cause: 'depth', reason };
    case 'LINK':
      return { cause: 'link', reason };
    case 'NOT_A_FILE':
      return { cause: 'special', reason };
    case NOT_REACHABLE:
      return { cause: 'unreachable', reason };
    default:
      return { cause: 'io', reason: `${lead} (${failureWords(error)})` };
  }
}
