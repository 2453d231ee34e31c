/**
 * How much of what may be without end a report holds. What is read is capped in
 * `bytes/limits.ts`.
 */

/** Points of one series: more than a chart of any width shows. */
export const SERIES_MAX_POINTS = 2000;

/**
 * Points of all series of a report: at 90 bytes each less than 4 MB, half of what the
 * rows of its 5,000 checkpoints take at most. Up to 20 runs have all of theirs.
 */
export const SERIES_TOTAL_POINTS = 40_000;

/**
 * Spans in each list of a ledger. A training that saves evenly has one or two; as many
 * as this have a gap at every other step, which nobody reads one by one, and the table
 * of the checkpoints names each step that is there.
 */
export const LEDGER_SPANS_MAX = 1000;

/** A text that a file holds, in a report: what renderers cut at is more. */
export const REPORT_TEXT_MAX_CHARACTERS = 16_000;

/**
 * Characters of texts from files in a report, in all. Beyond that each is kept up to
 * REPORT_TEXT_SHORT_CHARACTERS: there may be 5,000 checkpoints with a name of 24 million.
 */
export const REPORT_TEXTS_CHARACTERS = 4_000_000;
export const REPORT_TEXT_SHORT_CHARACTERS = 500;
