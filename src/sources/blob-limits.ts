/** Sockets of one blob: as many as GitHub's own client of these stores uses at once. */
export const BLOB_SOCKETS = 8;

/** How long a store may be silent. */
export interface BlobTimeouts {
  /** From the begin of a request until a connection stands. */
  readonly connectMs: number;
  /** Until the answer begins, and from one piece of it to the next. */
  readonly stallMs: number;
}

/**
 * A connection takes under a second wherever there is one. GitHub's own client, too,
 * gives up a download after half a minute without a byte.
 */
export const BLOB_TIMEOUTS: BlobTimeouts = {
  connectMs: 10_000,
  stallMs: 30_000,
};

/**
 * Why a request may be made again: `fault`, the store failed or fell silent; `throttle`,
 * it asks to wait; `refusal`, it takes the signed URL no more.
 */
export type SetbackKind = 'fault' | 'throttle' | 'refusal';

/** Setbacks that one range may meet before a byte comes of it. */
export const RANGE_SETBACKS: Readonly<Record<SetbackKind, number>> = {
  // With the waits below some ten seconds: a store that is being restarted is back.
  fault: 3,
  // Each waits for as long as the store asks.
  throttle: 5,
  // A fresh URL that is refused twice did not expire.
  refusal: 2,
};

/** Setbacks of one blob in all: bytes may come between them, and still no end. */
export const BLOB_SETBACKS: Readonly<Record<SetbackKind, number>> = {
  // At 30 s of silence each: half an hour.
  fault: 60,
  // At the longest wait each: another half.
  throttle: 30,
  // URLs live for one to ten minutes: two hours of the shortest.
  refusal: 120,
};

/** The first wait after a fault; each further one is twice as long. */
export const BACKOFF_FIRST_MS = 1000;

/** Longer than that nobody waits for one range, whatever the store asks. */
export const RETRY_AFTER_MAX_MS = 60_000;

/** Of an error's code: the longest of Azure has 43 characters. */
export const STORE_CODE_MAX_CHARACTERS = 200;

/** As strong entity tags are sent back: those of stores have some 20 characters. */
export const ETAG_MAX_CHARACTERS = 1024;
