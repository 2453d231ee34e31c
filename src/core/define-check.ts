import type { FileValues } from './values/read-values.ts';
import type {
  CheckpointSubject,
  JudgedRunSubject,
  RunSubject,
  TargetSubject,
  WeightsFileSubject,
} from './layout/subjects.ts';
import type {
  Confidence,
  InspectOptions,
  JsonRecord,
  Location,
  Question,
  Severity,
} from './types.ts';

/** What a check looks at. The engine walks; a check picks its altitude. */
export interface Subjects {
  /** One weights file that a loader would read. */
  readonly weights: WeightsFileSubject;
  readonly checkpoint: CheckpointSubject;
  readonly run: RunSubject;
  /** A run after its checkpoints, with what was found of each. */
  readonly judged: JudgedRunSubject;
  /** What the user named: a path, a glob. */
  readonly target: TargetSubject;
}
export type Altitude = keyof Subjects;

/**
 * One way in which a check can speak. `text` says what, with numbers; the rest
 * overrides the check's own `severity`, `confidence`, `why` and `fix`.
 */
export interface Message<D> {
  readonly text: (data: D) => string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly why?: string;
  readonly fix?: string | ((data: D) => string);
  /** Answers the question with `no` though it is not an error (`Finding.settles`). */
  readonly settles?: true;
  /** Another cause that it may have in files that came through an upload. */
  readonly inUpload?: string;
  /** What the real loader says, in the spelling of each version range. */
  readonly loaderErrors?: (data: D) => readonly string[];
}

/** For a message that needs no data: without a type the others lose theirs. */
export type NoData = Readonly<Record<string, never>>;

/** Messages by name; `D` holds the data of each. */
export type Messages<D> = { readonly [K in keyof D]: Message<D[K]> };

/** Where a finding is, when it is not the subject itself. */
export type Where = Partial<Location>;

/**
 * What the numbers in a weights file show; `null` where they are not read, or where it
 * cannot be told which tensors there are.
 */
export type ValuesOf = (file: WeightsFileSubject) => Promise<FileValues | null>;

export interface CheckContext<S, D> {
  readonly subject: S;
  readonly options: InspectOptions;
  readonly valuesOf: ValuesOf;
  /**
   * Reports a finding. `overrides.severity` is for severities that depend on the
   * neighbourhood, e.g. a missing file that the siblings have.
   */
  readonly report: <K extends keyof D & string>(
    message: K,
    data: D[K],
    where?: Where,
    overrides?: { readonly severity?: Severity },
  ) => void;
}

export interface CheckMeta {
  /** `<subject>-<defect>` in kebab-case. Ids are API: never reused. */
  readonly id: string;
  readonly question: Question;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** The version that first had it. */
  readonly since: string;
}

export interface Check<A extends Altitude, D> {
  readonly altitude: A;
  readonly meta: CheckMeta;
  readonly messages: Messages<D>;
  // A method, so that checks of any data fit into one list.
  run(ctx: CheckContext<Subjects[A], D>): void | Promise<void>;
}

/** A check whose messages are not known one by one. */
interface CheckOf<A extends Altitude> {
  readonly altitude: A;
  readonly meta: CheckMeta;
  readonly messages: Readonly<Record<string, Message<never>>>;
  run(ctx: ContextOf<Subjects[A]>): void | Promise<void>;
}

/** What the engine gives to a check that it does not know. */
interface ContextOf<S> {
  readonly subject: S;
  readonly options: InspectOptions;
  readonly valuesOf: ValuesOf;
  readonly report: (
    message: string,
    data: JsonRecord,
    where?: Where,
    overrides?: { readonly severity?: Severity },
  ) => void;
}

/** A check of one altitude, as the engine holds it; of any by default. */
export type AnyCheck<A extends Altitude = Altitude> = {
  [One in A]: CheckOf<One>;
}[A];

/** Carries the types from `messages` to `run`; does nothing else. */
export function defineCheck<
  A extends Altitude,
  D extends Readonly<Record<string, JsonRecord>>,
>(check: Check<A, D>): Check<A, D> {
  return check;
}
