/**
 * What a report says of a run beyond its checkpoints: part of the vocabulary in
 * `types.ts`.
 */

/** Where training can go on from, and how to say so to the framework. */
export interface ResumeAdvice {
  /** Who resumes, e.g. `transformers Trainer`. */
  readonly framework: string;
  /** The checkpoint to resume from; `null` where there is none. */
  readonly from: string | null;
  /** What the user passes, as it is typed; `null` where there is nothing to pass. */
  readonly pass: string | null;
  /**
   * Checkpoints that the framework would take instead when it looks for the newest by
   * itself, newest first, though training cannot go on from them, or would from weights
   * that are not sound.
   */
  readonly blockedBy: readonly string[];
  /** A command of a POSIX shell that moves each of those out of the way. */
  readonly moveAway: readonly string[];
}

/** Steps from `first` to `last`, both included, `every` so many; `every` is 0 for one. */
export interface StepRange {
  readonly first: number;
  readonly last: number;
  readonly every: number;
}

/** How often a run saves, and how that is known. */
export interface Cadence {
  readonly every: number;
  readonly source: 'declared' | 'state' | 'inferred';
}

/** Which steps of one training are there, and why others are not. */
export interface Ledger {
  readonly cadence: Cadence | null;
  /** The last step that training is known to have reached. */
  readonly reached: number | null;
  readonly present: readonly StepRange[];
  /** Of those present, what cannot be used: training cannot go on from them. */
  readonly broken: readonly StepRange[];
  /** Deleted by the limit that the run kept to. */
  readonly rotated: readonly StepRange[];
  /** Due, passed, and not there. */
  readonly missing: readonly StepRange[];
  /** The assumption that `rotated` and `missing` rest on; `null` where there is none. */
  readonly assumption: string | null;
}

/** A number as it was logged: those that JSON has no word for are texts. */
export type LoggedNumber = number | 'NaN' | 'Infinity' | '-Infinity';

export interface LossPoint {
  readonly step: number;
  readonly loss: LoggedNumber | null;
}

/** The losses that the newest checkpoint's state logged, thinned. */
export interface LossSeries {
  /** Whose state it is. */
  readonly checkpoint: string;
  /** Points that were logged; `points` holds at most 2,000 of them. */
  readonly logged: number;
  readonly points: readonly LossPoint[];
}
