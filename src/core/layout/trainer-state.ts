import { TRAINER_STATE_WHOLE_BYTES } from '../bytes/trainer-state-limits.ts';
import type { JsonDefect } from '../formats/json/types.ts';
import { parsed } from '../formats/parsed.ts';
import type { Defect, Parsed } from '../formats/parsed.ts';
import type { FileFacts } from './file-facts.ts';
import type { LogEntry } from './log-entry.ts';
import { logRecall } from './log-recall.ts';
import type { Memo } from './memoise.ts';
import type { TooLarge } from './read-json.ts';
import type { Shelf } from './shelf.ts';
import { readStateEdges } from './trainer-state-brief.ts';
import { readWholeState } from './trainer-state-whole.ts';

export type { LogEntry };

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
  /** What stands there: `a text`; `null` for nothing. */
  readonly found: string | null;
  readonly loaderError: string;
}

/** A field at which a Trainer may end: it depends on how it is told to go on. */
export interface DoubtfulField {
  readonly field: string;
  readonly found: string;
}

/** A state with what a Trainer makes of its fields. */
export interface ReadState extends TrainerState {
  /** Whether `global_step` is there; without it a Trainer takes 0. */
  readonly hasStep: boolean;
  /** Fields that TrainerState does not know, the first TRAINER_STATE_MAX_UNKNOWN. */
  readonly unknown: readonly string[];
  /** Whether there are more of them than that. */
  readonly hasMoreUnknown: boolean;
  readonly refused: readonly RefusedField[];
  readonly doubts: readonly DoubtfulField[];
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

type Read = Parsed<ReadState, TrainerStateDefect>;

/** Of an entry of the log in memory, with its place in lists. */
const ENTRY_BYTES = 120;
/** Of all the rest. */
const REST_BYTES = 1024;

/** Gives the state in a file, or `null` where there is no file. */
export type StateIn = (file: FileFacts | null) => TrainerStateFacts | null;

/**
 * One for the states of a source,
 * whose logs begin alike.
 *
 * @param shelf keeps what was read
 */
export function trainerStatesOn(shelf: Shelf): StateIn {
  const recall = logRecall();
  /** Says what it takes of memory. */
  const held =
    (takes: (size: number) => void) =>
    (read: Read): Read => {
      if (!read.ok) return read;
      takes(sizeOf(read.value));
      const { log } = read.value;
      const entries = recall(log.entries);
      return parsed({ ...read.value, log: { ...log, entries } });
    };
  return (file) => {
    if (file === null) return null;
    const whole = shelf((takes) => {
      // Some more than it turns out to take: what is to go goes before it is read.
      takes(file.sizeBytes);
      return file.read(readWholeState).then(held(takes));
    });
    if (file.sizeBytes <= TRAINER_STATE_WHOLE_BYTES)
      return { file, brief: whole, whole };
    const edges = shelf(async (takes) => {
      const read = await file.read(readStateEdges);
      return read === null ? null : held(takes)(parsed(read));
    });
    const brief = Object.assign(async () => (await edges()) ?? whole(), {
      forget: () => {
        edges.forget();
      },
    });
    return { file, brief, whole };
  };
}

function sizeOf({ log, bestModelCheckpoint, unknown }: ReadState): number {
  const texts = [bestModelCheckpoint ?? '', ...unknown];
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return REST_BYTES + log.entries.length * ENTRY_BYTES + 2 * characters;
}
