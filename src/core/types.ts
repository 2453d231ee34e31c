/**
 * The vocabulary that every layer shares. Reports are data: frozen, versioned,
 * self-contained, without a clock, randomness or anything of the machine that
 * made them.
 */

import type { Ledger, LossSeries, ResumeAdvice } from './run-types.ts';

/** GitHub's three annotation levels. */
export type Severity = 'error' | 'warning' | 'notice';

/** `proven`: the bytes show it. `inferred`: an assumption is involved. */
export type Confidence = 'proven' | 'inferred';

/** What is asked of each checkpoint. */
export const CHECKPOINT_QUESTIONS = ['loads', 'trained', 'resumes'] as const;
export type CheckpointQuestion = (typeof CHECKPOINT_QUESTIONS)[number];

/** What is asked: of each checkpoint, and (`progress`) of each run. */
export type Question = CheckpointQuestion | 'progress';

export type AnswerValue =
  'yes' | 'no' | 'doubtful' | 'not checked' | 'not applicable';

/** `reason` is there for every value but `yes` and `no`. */
export interface Answer {
  readonly value: AnswerValue;
  readonly reason?: string;
}

export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** What each checkpoint has to be. */
export const EXPECTS = ['auto', 'adapter', 'model'] as const;
export type Expect = (typeof EXPECTS)[number];

/** Which checkpoints of a run must hold. */
export const REQUIRES = ['all', 'newest', 'any'] as const;
export type Require = (typeof REQUIRES)[number];

/** The least severity of a finding that fails the step. */
export const FAIL_ONS = ['error', 'warning', 'never'] as const;
export type FailOn = (typeof FAIL_ONS)[number];

/** What an inconclusive verdict does to the step. */
export const INCONCLUSIVES = ['fail', 'warn'] as const;
export type Inconclusive = (typeof INCONCLUSIVES)[number];

/**
 * How much of each file is looked at: names and sizes, headers, the values of all
 * tensors, or (`auto`) headers and the values of adapters.
 */
export const DEPTHS = ['auto', 'files', 'headers', 'values'] as const;
export type Depth = (typeof DEPTHS)[number];

/**
 * What the user says of the training. Only what is declared can fail a run on
 * `progress`; what is not is `null`, and inferred where it can be.
 */
export interface Declared {
  /** A checkpoint is due every so many optimizer steps. */
  readonly saveSteps: number | null;
  /** The steps that have to be there, ascending. */
  readonly expectedSteps: readonly number[] | null;
  /** So many checkpoints at least, in each run. */
  readonly minCheckpoints: number | null;
  /** Micro-batches an optimizer step, `gradient_accumulation_steps`. */
  readonly gradientAccumulationSteps: number | null;
  /** Processes that train together. */
  readonly worldSize: number | null;
}

export const NOTHING_DECLARED: Declared = {
  saveSteps: null,
  expectedSteps: null,
  minCheckpoints: null,
  gradientAccumulationSteps: null,
  worldSize: null,
};

/** Options that shape the report itself, and so the verdict. */
export interface InspectOptions {
  readonly expect: Expect;
  readonly require: Require;
  readonly depth: Depth;
  /** Bytes of weights whose values are read, the newest checkpoints first. */
  readonly maxBytes: number;
  readonly declared: Declared;
}

/** Options that only shape what the step does with the verdict. */
export interface ExitPolicy {
  readonly failOn: FailOn;
  readonly inconclusive: Inconclusive;
}

/** A value that JSON can hold; integers beyond 2^53 travel as strings. */
export type Json =
  string | number | boolean | null | readonly Json[] | JsonRecord;
export interface JsonRecord {
  readonly [key: string]: Json;
}

/**
 * Where something is. All paths are as the user gave them plus what lies below,
 * with `/`.
 */
export interface Location {
  readonly path: string;
  readonly run?: string;
  readonly checkpoint?: string;
  readonly tensor?: string;
}

/** One thing that a check found. `data` holds the numbers behind `text`. */
export interface Finding {
  readonly check: string;
  readonly message: string;
  readonly question: Question;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly where: Location;
  readonly data: JsonRecord;
  /** What was found, with numbers. */
  readonly text: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  /** The loader's own words, one entry a version, so that they can be searched for. */
  readonly loaderErrors: readonly string[];
  /** Stable across runs of the tool for the same finding at the same place. */
  readonly fingerprint: string;
  /**
   * Set where it proves the answer `no` without being an error: nothing depends on
   * an older checkpoint that a resume passes over.
   */
  readonly settles?: true;
}

/**
 * Why something was not examined.
 *
 * - `io`: reading or listing failed; makes the verdict inconclusive.
 * - `unsupported`: this version does not read such content.
 * - `link`: a link that is not followed.
 * - `special`: neither a file nor a folder.
 * - `limit`: a budget of this tool was reached.
 * - `depth`: the user wanted names and sizes alone.
 * - `ignored`: a folder that is passed over unless it is named.
 * - `leftover`: what an interrupted save left; not a checkpoint.
 * - `alias`: a link to a checkpoint that is examined under its own name.
 * - `damaged`: its content is not what the archive promises, which a finding says.
 * - `unreachable`: it lies too deep in a file that is compressed in the archive.
 */
export type SkipCause =
  | 'io'
  | 'unsupported'
  | 'link'
  | 'special'
  | 'limit'
  | 'depth'
  | 'ignored'
  | 'leftover'
  | 'alias'
  | 'damaged'
  | 'unreachable';

/** Something that was not examined. It never counts as a `yes`. */
export interface Skip {
  readonly where: Location;
  readonly cause: SkipCause;
  readonly reason: string;
}

/** What a checkpoint holds. `shards`: FSDP, DCP or ZeRO pieces only. */
export type Holding = 'adapter' | 'model' | 'shards' | 'unknown' | 'nothing';

/** One row of the table. */
export interface CheckpointSummary {
  readonly run: string;
  readonly path: string;
  /** `null`: the output root, or a name that carries no step below 2 ** 53. */
  readonly step: number | null;
  readonly holds: Holding;
  /** Who writes such a folder, e.g. `PEFT` or `DeepSpeed ZeRO`. */
  readonly producer: string;
  /** As in adapter_config.json; `null` where it is not an adapter or not known. */
  readonly peftType: string | null;
  /** Bytes of the weights files; `null` where none was identified. */
  readonly weightsBytes: number | null;
  /** `null` where they could not be counted. */
  readonly tensors: number | null;
  /** Whether the verdict depends on it (`require`). */
  readonly required: boolean;
  readonly answers: Readonly<Record<CheckpointQuestion, Answer>>;
}

export interface RunSummary {
  readonly path: string;
  readonly checkpoints: number;
  /** The newest checkpoint that `loads`; the folder to deploy. */
  readonly newestLoadable: string | null;
  /** The newest checkpoint that `resumes`; the folder to resume from. */
  readonly newestResumable: string | null;
  /** `null` where it is not known who would resume. */
  readonly resume: ResumeAdvice | null;
  /** One a training: a folder that is used again holds the steps of several. */
  readonly ledgers: readonly Ledger[];
  /** `null` where no loss was logged. */
  readonly series: LossSeries | null;
  readonly answers: { readonly progress: Answer };
}

/** The part of a check that a reader of the report needs. */
export interface CheckInfo {
  readonly id: string;
  readonly question: Question;
  readonly title: string;
}

export interface Report {
  readonly schema: 1;
  readonly tool: {
    readonly name: 'checkpoint-gate';
    readonly version: string;
    /** The loaders, by version, that the answers stand for. */
    readonly loaders: Readonly<Record<string, string>>;
  };
  readonly options: InspectOptions;
  readonly verdict: Verdict;
  /** The verdict in one line, with what was not checked. */
  readonly headline: string;
  /** What a `yes` of this version rests on, and what it does not say. */
  readonly scope: string;
  readonly examined: {
    readonly targets: readonly string[];
    readonly files: number;
    readonly folders: number;
  };
  readonly runs: readonly RunSummary[];
  /** In the order of runs, then steps; the output root last. */
  readonly checkpoints: readonly CheckpointSummary[];
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skip[];
  /** Every check that ran, found or not. */
  readonly checks: readonly CheckInfo[];
}
