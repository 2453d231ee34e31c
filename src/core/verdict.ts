import type { CheckpointSubject, RunSubject } from './layout/subjects.ts';
import { formatCount } from './wording.ts';
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
 * `newest`: those of the highest step, and where no name carries a step, all.
 * `any`: those without an error whose `loads` is answered; if there is none, all.
 */
export function requiredOf(
  run: RunSubject,
  require: Require,
  answersOf: (checkpoint: CheckpointSubject) => Answers,
): ReadonlySet<CheckpointSubject> {
  const all = run.checkpoints;
  if (require === 'newest') {
    const newest = Math.max(...all.map(({ step }) => step ?? -Infinity));
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

/** The verdict and what was not checked, e.g. `pass; trained of 3 checkpoints not checked`. */
export function headlineOf(verdict: Verdict, outcome: Outcome): string {
  const open = CHECKPOINT_QUESTIONS.flatMap((question) => {
    const count = outcome.checkpoints.filter(
      ({ answers }) => answers[question].value === 'not checked',
    ).length;
    return count === 0
      ? []
      : [`${question} of ${formatCount(count, 'checkpoint')} not checked`];
  });
  const unread = outcome.skipped.filter(
    ({ cause }) => cause === 'io' || cause === 'limit',
  ).length;
  const skips =
    unread === 0 ? [] : [`${formatCount(unread, 'place')} could not be read`];
  return [verdict, ...skips, ...open].join('; ');
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
