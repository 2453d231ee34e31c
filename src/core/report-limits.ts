/** Caps on what a report holds, each with its reason. */

/**
 * Spans in each list of a ledger. A training that saves evenly has one or two; as many
 * as this have a gap at every other step, which nobody reads one by one, and the table
 * of the checkpoints names each step that is there.
 */
export const LEDGER_SPANS_MAX = 1000;
