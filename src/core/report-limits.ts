/**
 * How much of what may be without end a report holds. What is read is capped in
 * `bytes/limits.ts`.
 */

/** Points of one series: more than a chart of any width shows. */
export const SERIES_MAX_POINTS = 2000;

/**
 * Points of all series of a report: at 50 bytes each 2 MB, which is what the rows of
 * its 5,000 checkpoints take at most. Up to 20 runs have all of theirs.
 */
export const SERIES_TOTAL_POINTS = 40_000;
