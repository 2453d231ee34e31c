import { isStepTooLarge } from './layout/subjects.ts';
import type { CheckpointSubject, RunSubject } from './layout/subjects.ts';
import { formatCount, formatNumber, joinWords } from './wording.ts';
import type {
  Answer,
  CheckpointQuestion,
  CheckpointSummary,
  ExitPolicy,
  FailOn,
  Finding,
  Report,
  Require,
  RunSummary,
  Skip,
  Verdict,
} from './types.ts';
import { CHECKPOINT_QUESTIONS } from './types.ts';

type Answers = Readonly<Record<CheckpointQuestion, Answer>>;

/**
 * The checkpoints of a run that the verdict depends on.
 *
 * `newest`: those of the highest step, the last whose step is too large to be told from
 * others where there is one, and where no name carries a step, all.
 * `any`: those without an error whose `loads` is answered; if there is none, all.
 */
export function requiredOf(
  run: RunSubject,
  require: Require,
  answersOf: (checkpoint: CheckpointSubject) => Answers,
): ReadonlySet<CheckpointSubject> {
  const all = run.checkpoints;
  if (require === 'newest') {
    const newest = all.reduce(
      (max, { step }) => Math.max(max, step ?? -Infinity),
      -Infinity,
    );
    const largest = all.findLast(isStepTooLarge);
    if (largest !== undefined) return new Set([largest]);
    return new Set(
      newest === -Infinity ? all : all.filter(({ step }) => step === newest),
    );
  }
  if (require === 'any') {
    const good = all.filter((one) => isGood(answersOf(one)));
    return new Set(good.length > 0 ? good : all);
  }
  return new Set(all);
}

function isGood(answers: Answers): boolean {
  const loads = answers.loads.value;
  return (
    (loads === 'yes' || loads === 'doubtful') &&
    CHECKPOINT_QUESTIONS.every((question) => answers[question].value !== 'no')
  );
}

/** Everything that the verdict depends on. */
export interface Outcome {
  readonly runs: readonly RunSummary[];
  readonly checkpoints: readonly CheckpointSummary[];
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skip[];
  /** Checkpoints whose values `maxBytes` left no room for. */
  readonly beyondBudget: number;
}

/**
 * **fail**: an error on a run or on a required checkpoint. **inconclusive**: any
 * I/O error or list cut short; a required checkpoint whose `loads` is not
 * checked; no question answered at all. **pass**: the rest.
 */
export function verdictOf(outcome: Outcome): Verdict {
  const { runs, checkpoints, findings, skipped } = outcome;
  const counts = countsFor(checkpoints);
  if (findings.some((one) => one.severity === 'error' && counts(one)))
    return 'fail';
  if (skipped.some(({ cause }) => cause === 'io' || cause === 'limit'))
    return 'inconclusive';
  const isOpen = ({ required, answers }: CheckpointSummary) =>
    required && answers.loads.value === 'not checked';
  if (checkpoints.some(isOpen)) return 'inconclusive';
  const answered = [
    ...checkpoints.flatMap(({ answers }) => Object.values(answers)),
    ...runs.map(({ answers }) => answers.progress),
  ].some(isAnswered);
  return answered ? 'pass' : 'inconclusive';
}

function isAnswered({ value }: Answer): boolean {
  return value === 'yes' || value === 'no' || value === 'doubtful';
}

/**
 * The verdict, what it rests on and what was not checked, e.g. `fail; 2 errors on
 * 1 of 4 checkpoints; trained and resumes of 4 checkpoints not checked`.
 */
export function headlineOf(verdict: Verdict, outcome: Outcome): string {
  return [
    verdict,
    ...errorWords(outcome),
    ...unreadWords(outcome.skipped),
    ...budgetWords(outcome),
    ...openWords(outcome.checkpoints),
    ...shardWords(verdict, outcome.checkpoints),
    ...emptyWords(verdict, outcome.checkpoints),
  ].join('; ');
}

function errorWords({ findings, checkpoints }: Outcome): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  const words = formatCount(errors.length, 'error');
  const paths = new Set(errors.map(({ where }) => where.checkpoint));
  const broken = checkpoints.filter(({ path }) => paths.has(path)).length;
  return broken === 0
    ? [words]
    : [
        `${words} on ${formatNumber(broken)} of ${formatCount(checkpoints.length, 'checkpoint')}`,
      ];
}

function unreadWords(skipped: readonly Skip[]): string[] {
  const unread = skipped.filter(
    ({ cause }) => cause === 'io' || cause === 'limit',
  ).length;
  return unread === 0
    ? []
    : [`${formatCount(unread, 'place')} could not be read`];
}

function budgetWords({ beyondBudget }: Outcome): string[] {
  return beyondBudget === 0
    ? []
    : [
        `values of ${formatCount(beyondBudget, 'checkpoint')} not read (max-bytes)`,
      ];
}

/** Without these words the verdict would have no reason in the line. */
function shardWords(
  verdict: Verdict,
  checkpoints: readonly CheckpointSummary[],
): string[] {
  const shards = checkpoints.filter(({ holds }) => holds === 'shards').length;
  return verdict === 'inconclusive' && shards > 0
    ? [
        `${formatCount(shards, 'checkpoint')} of shards alone, which are not read`,
      ]
    : [];
}

/** Without these words the verdict would have no reason in the line. */
function emptyWords(
  verdict: Verdict,
  checkpoints: readonly CheckpointSummary[],
): string[] {
  return verdict === 'inconclusive' && checkpoints.length === 0
    ? ['no checkpoint was examined']
    : [];
}

/** Questions that are open for equally many checkpoints share their words. */
function openWords(checkpoints: readonly CheckpointSummary[]): string[] {
  const byCount = new Map<number, CheckpointQuestion[]>();
  for (const question of CHECKPOINT_QUESTIONS) {
    const count = checkpoints.filter(
      ({ answers }) => answers[question].value === 'not checked',
    ).length;
    if (count > 0)
      byCount.set(count, [...(byCount.get(count) ?? []), question]);
  }
  return [...byCount].map(
    ([count, questions]) =>
      `${joinWords(questions)} of ${formatCount(count, 'checkpoint')} not checked`,
  );
}

/**
 * The exit code of the command line: 0 pass, 1 fail, 3 inconclusive. `failOn`
 * decides about findings; it never changes the verdict.
 */
export function exitCodeOf(report: Report, failOn: FailOn): 0 | 1 | 3 {
  if (failsOnFindings(report, failOn)) return 1;
  return report.verdict === 'inconclusive' ? 3 : 0;
}

/** Whether the action's step fails. `failOn: never` lets everything through. */
export function isStepFailing(report: Report, policy: ExitPolicy): boolean {
  if (failsOnFindings(report, policy.failOn)) return true;
  return (
    report.verdict === 'inconclusive' &&
    policy.inconclusive === 'fail' &&
    policy.failOn !== 'never'
  );
}

function failsOnFindings(report: Report, failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  if (report.verdict === 'fail') return true;
  const counts = countsFor(report.checkpoints);
  return (
    failOn === 'warning' &&
    report.findings.some((one) => one.severity === 'warning' && counts(one))
  );
}

/** Whether a finding is on a run or on a required checkpoint. */
function countsFor(
  checkpoints: readonly CheckpointSummary[],
): (finding: Finding) => boolean {
  const optional = new Set(
    checkpoints.filter(({ required }) => !required).map(({ path }) => path),
  );
  return ({ where }) =>
    where.checkpoint === undefined || !optional.has(where.checkpoint);
}
