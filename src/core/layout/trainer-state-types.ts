import type { JsonDefect } from '../formats/json/types.ts';
import type { Defect, Parsed } from '../formats/parsed.ts';
import type { FileFacts } from './file-facts.ts';
import type { LogEntry } from './log-entry.ts';
import type { Memo } from './memoise.ts';
import type { TooLarge } from './read-json.ts';

/** Part of `log_history`, in its order. */
export interface LogHistory {
  /** From its first entry on. */
  readonly entries: readonly LogEntry[];
  /** Its last entry; `null` where there is none. */
  readonly last: LogEntry | null;
  /** Whether `entries` are all. */
  readonly isWhole: boolean;
}

/**
 * What transformers' `TrainerState` (trainer_callback.py) saved. A field is `null`
 * where its version wrote none.
 */
export interface TrainerState {
  /** Optimizer steps. */
  readonly globalStep: number | null;
  readonly maxSteps: number | null;
  readonly epoch: number | null;
  readonly numTrainEpochs: number | null;
  /** As configured, and so also where the strategy does not save by steps. */
  readonly saveSteps: number | null;
  readonly loggingSteps: number | null;
  readonly evalSteps: number | null;
  /** Of one device. */
  readonly trainBatchSize: number | null;
  /** A path of the machine that trained. */
  readonly bestModelCheckpoint: string | null;
  readonly bestGlobalStep: number | null;
  /** Whether training was told to stop: `should_training_stop` of its control. */
  readonly hasEnded: boolean | null;
  readonly log: LogHistory;
}

/** A field of which a Trainer makes nothing, and how the Trainer says so. */
export interface RefusedField {
  readonly field: string;
  /** What stands there: `a text`. */
  readonly found: string;
  readonly loaderError: string;
}

/** A state with what a Trainer makes of its fields. */
export interface ReadState extends TrainerState {
  /** Whether `global_step` is there; without it a Trainer takes 0. */
  readonly hasStep: boolean;
  /** Fields that TrainerState does not know, the first TRAINER_STATE_MAX_UNKNOWN. */
  readonly unknown: readonly string[];
  readonly refused: readonly RefusedField[];
}

/** Why Python would not load it, or what is beyond this tool. */
export type TrainerStateDefect =
  | JsonDefect
  | TooLarge
  /** `type`: what Python calls it. */
  | (Defect<'not-object'> & { readonly type: string });

/** Both reject with a SourceError when the bytes cannot be had. */
export interface TrainerStateFacts {
  readonly file: FileFacts;
  /**
   * Of a large file the beginning and the end alone, where they lie as a Trainer writes
   * them: all fields, and of the log its first entries and its last.
   */
  readonly brief: Memo<Parsed<ReadState, TrainerStateDefect>>;
  /** All of it. */
  readonly whole: Memo<Parsed<ReadState, TrainerStateDefect>>;
}
