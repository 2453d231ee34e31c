/**
 * Caps of what is read of trainer_state.json, each with its reason; the others are in
 * limits.ts.
 */

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * A trainer_state.json of 64 MiB holds some 350,000 entries as a Trainer writes them: a
 * log at every step of a long run.
 */
export const TRAINER_STATE_MAX_BYTES = 64 * MIB;

/** Entries of its log that are read; each takes some 200 bytes of memory. */
export const TRAINER_STATE_MAX_ENTRIES = 360_000;

/** Up to this it is read at once: some 300 log entries. */
export const TRAINER_STATE_WHOLE_BYTES = 64 * KIB;

/**
 * Of a larger one, what is read of its beginning and of its end where that is enough: all
 * fields but the log take some 1.5 KiB.
 */
export const TRAINER_STATE_EDGE_BYTES = 16 * KIB;

/** Pieces in which the whole of it is read. */
export const TRAINER_STATE_CHUNK_BYTES = 256 * KIB;

/**
 * What the states of a source's checkpoints may take of memory: the beginnings of a
 * thousand logs, of some 80 entries each. What was read first of more is read again.
 */
export const TRAINER_STATES_HELD_MAX_BYTES = 24 * MIB;

/** Names of fields that a TrainerState does not know, of which a finding is made. */
export const TRAINER_STATE_MAX_UNKNOWN = 20;
