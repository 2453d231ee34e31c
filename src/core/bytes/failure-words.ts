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
