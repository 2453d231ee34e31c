import type { AnyCheck } from './define-check.ts';
import { answerRun, answersOf } from './answers.ts';
import { LOADERS } from './loaders.ts';
import { compareText } from './layout/group-runs.ts';
import type { CheckpointSubject, RunSubject } from './layout/subjects.ts';
import { runChecks } from './run-checks.ts';
import type { Said } from './run-checks.ts';
import { summarise } from './summarise.ts';
import { survey } from './survey.ts';
import type { Survey, Target } from './survey.ts';
import type {
  CheckpointSummary,
  Finding,
  InspectOptions,
  Report,
  RunSummary,
  Severity,
  Skip,
} from './types.ts';
import { headlineOf, requiredOf, verdictOf } from './verdict.ts';
import type { Outcome } from './verdict.ts';
import { VERSION } from './version.ts';

/** Grows shorter with each version that examines more. */
const SCOPE =
  '`loads` rests on files, formats, headers and configurations. Whether PEFT or transformers match every tensor by name, and the values of tensors, were not examined.';

/** What `inspect` is told. */
export interface InspectRequest {
  readonly targets: readonly Target[];
  readonly options: InspectOptions;
  readonly checks: readonly AnyCheck[];
  /** Told the path of each checkpoint as its turn comes. */
  readonly onCheckpoint?: (path: string) => void;
}

/**
 * Examines the targets and freezes one report. I/O errors become skips in it.
 *
 * @throws whatever is a fault of this tool itself
 */
export async function inspect(request: InspectRequest): Promise<Report> {
  const { targets, options, checks } = request;
  const surveyed = await survey(targets);
  const said = await runChecks(
    checks,
    surveyed,
    options,
    request.onCheckpoint ?? (() => undefined),
  );
  const outcome = await outcomeOf(surveyed, said, options);
  const verdict = verdictOf(outcome);
  return deepFreeze({
    schema: 1,
    tool: { name: 'checkpoint-gate', version: VERSION, loaders: LOADERS },
    options,
    verdict,
    headline: headlineOf(verdict, outcome),
    scope: SCOPE,
    examined: {
      targets: targets.map(({ named }) => named),
      files: surveyed.files,
      folders: surveyed.folders,
    },
    ...outcome,
    checks: checks
      .map(({ meta: { id, question, title } }) => ({ id, question, title }))
      .sort((left, right) => compareText(left.id, right.id)),
  });
}

async function outcomeOf(
  surveyed: Survey,
  said: Said,
  options: InspectOptions,
): Promise<Outcome> {
  const skipped = uniqueSkips([...surveyed.skipped, ...said.skipped]);
  const found = {
    byCheckpoint: groupBy(said.findings, ({ where }) => where.checkpoint),
    skips: groupBy(skipped, ({ where }) => where.checkpoint),
  };
  const byRun = groupBy(said.findings, ({ where }) => where.run);
  const runs: RunSummary[] = [];
  const checkpoints: CheckpointSummary[] = [];
  for (const run of surveyed.runs) {
    const rows = await rowsOf(run, found, options);
    for (const row of rows) checkpoints.push(row);
    runs.push(runSummary(run, rows, byRun.get(run.path) ?? []));
  }
  const findings = sortFindings(said.findings, checkpoints);
  return { runs, checkpoints, findings, skipped };
}

/** What was found and skipped, by the path of the checkpoint. */
interface FoundByPath {
  readonly byCheckpoint: ReadonlyMap<string, readonly Finding[]>;
  readonly skips: ReadonlyMap<string, readonly Skip[]>;
}

/** One pass: of thousands of checkpoints each must not look through all findings. */
function groupBy<T>(
  all: readonly T[],
  keyOf: (one: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

async function rowsOf(
  run: RunSubject,
  { byCheckpoint, skips }: FoundByPath,
  options: InspectOptions,
): Promise<CheckpointSummary[]> {
  const answers = new Map<CheckpointSubject, CheckpointSummary['answers']>();
  for (const one of run.checkpoints) {
    const own = byCheckpoint.get(one.path) ?? [];
    answers.set(one, await answersOf(one, own, skips.get(one.path)?.[0]));
  }
  const answersFor = (one: CheckpointSubject) => {
    const found = answers.get(one);
    if (found === undefined) throw new Error(`no answers for ${one.path}`);
    return found;
  };
  const required = requiredOf(run, options.require, answersFor);
  const rows: CheckpointSummary[] = [];
  for (const one of run.checkpoints)
    rows.push(await summarise(one, answersFor(one), required.has(one)));
  return rows;
}

function runSummary(
  run: RunSubject,
  rows: readonly CheckpointSummary[],
  findings: readonly Finding[],
): RunSummary {
  return {
    path: run.path,
    checkpoints: rows.length,
    newestLoadable: newestWith(rows, 'loads'),
    newestResumable: newestWith(rows, 'resumes'),
    answers: { progress: answerRun(findings) },
  };
}

/** By highest step; what carries no step counts only where nothing does. */
function newestWith(
  rows: readonly CheckpointSummary[],
  question: 'loads' | 'resumes',
): string | null {
  const good = rows.filter(({ answers }) =>
    ['yes', 'doubtful'].includes(answers[question].value),
  );
  const newest = good.findLast(({ step }) => step !== null) ?? good.at(-1);
  return newest?.path ?? null;
}

const RANK: Readonly<Record<Severity, number>> = {
  error: 0,
  warning: 1,
  notice: 2,
};

/** Worst first; then in the order of the table, what is of no checkpoint before it. */
function sortFindings(
  findings: readonly Finding[],
  checkpoints: readonly CheckpointSummary[],
): readonly Finding[] {
  const order = new Map(checkpoints.map(({ path }, at) => [path, at]));
  const place = ({ where }: Finding) => order.get(where.checkpoint ?? '') ?? -1;
  return [...findings].sort(
    (left, right) =>
      RANK[left.severity] - RANK[right.severity] ||
      place(left) - place(right) ||
      compareText(left.where.path, right.where.path) ||
      compareText(left.check, right.check) ||
      compareText(left.message, right.message) ||
      compareText(left.text, right.text),
  );
}

/** Ten checks that fail to read one file are one thing not examined. */
function uniqueSkips(skips: readonly Skip[]): readonly Skip[] {
  const unique = new Map(
    skips.map((skip) => [
      JSON.stringify([skip.where.path, skip.cause, skip.reason]),
      skip,
    ]),
  );
  return [...unique.values()].sort(
    (left, right) =>
      compareText(left.where.path, right.where.path) ||
      compareText(left.cause, right.cause) ||
      compareText(left.reason, right.reason),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
