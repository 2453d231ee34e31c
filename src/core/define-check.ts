import type {
  CheckpointSubject,
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
  /** What the user named: a path, a glob. */
  readonly target: TargetSubject;
}
export type Altitude = keyof Subjects;

/**
 * One way in which a check can speak. `text` says what, with numbers; the rest
 * overrides the check's own `severity`, `confidence`, `why` and `fix`.
 */
export interface Message<D extends JsonRecord> {
  readonly text: (data: D) => string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly why?: string;
  readonly fix?: string | ((data: D) => string);
  /** What the real loader says, in the spelling of each version range. */
  readonly loaderErrors?: (data: D) => readonly string[];
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- messages of one check take different data; each is typed at its own definition
export type Messages = Readonly<Record<string, Message<any>>>;

type DataOf<M> = M extends Message<infer D> ? D : never;

/** Where a finding is, when it is not the subject itself. */
export type Where = Partial<Location>;

export interface CheckContext<S, M extends Messages> {
  readonly subject: S;
  readonly options: InspectOptions;
  /**
   * Reports a finding. `overrides.severity` is for severities that depend on the
   * neighbourhood, e.g. a missing file that the siblings have.
   */
  report<K extends keyof M & string>(
    message: K,
    data: DataOf<M[K]>,
    where?: Where,
    overrides?: { readonly severity?: Severity },
  ): void;
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

export interface Check<A extends Altitude, M extends Messages> {
  readonly altitude: A;
  readonly meta: CheckMeta;
  readonly messages: M;
  run(ctx: CheckContext<Subjects[A], M>): void | Promise<void>;
}

/** A check of any altitude, as the engine holds it. */
export type AnyCheck = {
  [A in Altitude]: Check<A, Messages>;
}[Altitude];

/** Carries the types from `messages` to `run`; does nothing else. */
export function defineCheck<A extends Altitude, const M extends Messages>(
  check: Check<A, M>,
): Check<A, M> {
  return check;
}
