/**
 * How much is asked of a medium that is far away before it is needed. What is read at
 * all is capped in `limits.ts`.
 */

const KIB = 1024;

/** First bytes of weights that are fetched where nothing is known of their header yet. */
export const AHEAD_HEADER_BYTES = 128 * KIB;

/** Beyond the header of the weights before it, so that a longer number still fits. */
export const AHEAD_HEADER_SLACK_BYTES = KIB;

/** Of a torch file: its pickle is at its start, its directory at its end. */
export const AHEAD_TORCH_END_BYTES = 64 * KIB;

/** The pickle of Adam's state takes 229 bytes a parameter; a LoRA of a 7B model has 448. */
export const AHEAD_STATE_BYTES = 112 * KIB;

/** Its directory takes 170 bytes a parameter: of the 128 of a small LoRA 22 KB. */
export const AHEAD_STATE_END_BYTES = 32 * KIB;

/** A configuration beyond this is read by itself. */
export const AHEAD_WHOLE_MAX_BYTES = 64 * KIB;

/** Checkpoints whose files are fetched together: keeps some 1 MB in memory. */
export const AHEAD_CHECKPOINTS = 16;

/**
 * Up to so many bytes in all, the training's state of every checkpoint of a run is read
 * over a network: that of smoke trainings comes with what is read anyway. Beyond it, of
 * one checkpoint alone: each file takes a request or two, and a run may have hundreds.
 */
export const STATES_TRANSFERRED_BYTES = 512 * KIB;
