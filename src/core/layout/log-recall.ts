import type { LogEntry } from './log-entry.ts';

/** Of a log whose beginning alone is read, or one that is read at once. */
const RECALLED_ENTRIES = 512;

/** Gives the entries of a log, those that were read before as they were then. */
export type LogRecall = (entries: readonly LogEntry[]) => readonly LogEntry[];

/**
 * Remembers the beginning of the log that was read last. The log of each checkpoint of a
 * run begins as the one before it: a thousand of them keep it once, which is 20 MB less.
 */
export function logRecall(): LogRecall {
  let before: readonly LogEntry[] = [];
  return (entries) => {
    const shared = entries.map((entry, at) => {
      const known = before[at];
      return known?.digest === entry.digest ? known : entry;
    });
    before = shared.slice(0, RECALLED_ENTRIES);
    return shared;
  };
}
