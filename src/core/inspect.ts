import type { AnyCheck } from './define-check.ts';
import { answerRun, answersOf, resumesOf } from './answers.ts';
import { VALUES_MAX_BYTES } from './bytes/limits.ts';
import { namesOnly } from './bytes/reader.ts';
import { planValues } from './plan-values.ts';
import type { ValuesPlan } from './plan-values.ts';
import { LOADERS } from './loaders.ts';
import { compareText } from './layout/group-runs.ts';
import type {
  CheckpointSubject,
  Medium,
  RunSubject,
} from './layout/subjects.ts';
import { FetchAhead } from './fetch-ahead.ts';
import { newestLoadable, newestResumable } from './newest.ts';
import { textKeeper } from './report-texts.ts';
import type { Keep } from './report-texts.ts';
import { runChecks } from './run-checks.ts';
import type { Said, Turn } from './run-checks.ts';
import { summarise } from './summarise.ts';
import type { Draft } from './summarise.ts';
import { summariseRun } from './summarise-run.ts';
import type { RunDraft } from './summarise-run.ts';
import { survey } from './survey.ts';
import { sweepArchives } from './sweep.ts';
import type { Survey, Target } from './survey.ts';
import { NOTHING_DECLARED } from './types.ts';
import type {
  CheckpointSummary,
  Finding,
  InspectOptions,
  Report,
  RunSummary,
  Severity,
} from './types.ts';
import { headlineOf, requiredOf, verdictOf } from './verdict.ts';
import type { Outcome } from './verdict.ts';
import { uniqueSkips } from './unique-skips.ts';
import { VERSION } from './version.ts';

/** Grows shorter with each version that examines more. */
const SCOPE =
  '`loads` rests on files, formats, headers and configurations, and of adapters on the names and shapes of their tensors. The base model, and whether transformers matches every tensor of a model, were not examined. `trained` says that the values have an effect and are numbers, not that the training was a good one. `resumes` rests on the files of the training state, their directories and pickles; of the values in them only counts of steps were read.';

/** What is not asked of a user of `inspect` that has no say in it. */
const DEFAULTS = {
  depth: 'auto',
  maxBytes: VALUES_MAX_BYTES,
  declared: NOTHING_DECLARED,
} as const;

function withNamesOnly(target: Target): Target {
  return { ...target, sources: target.sources.map(namesOnly) };
}

/** What `inspect` is told. */
export interface InspectRequest {
  readonly targets: readonly Target[];
  /** What is left out is as it is by default. */
  readonly options: Pick<InspectOptions, 'expect' | 'require'> &
    Partial<InspectOptions>;
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
  const { targets, checks } = request;
  const options = { ...DEFAULTS, ...request.options };
  const surveyed = await survey(
    options.depth === 'files' ? targets.map(withNamesOnly) : targets,
  );
  const plan = await planValues(surveyed.runs, options);
  const unswept = await sweepArchives(surveyed, plan, options);
  const drafts: Drafts = { checkpoints: new Map(), runs: new Map() };
  const keep = textKeeper();
  const said = await runChecks(
    checks,
    surveyed,
    { options, plan, keep },
    turnOf(request, { surveyed, plan, options, drafts, keep }),
  );
  const outcome = {
    ...outcomeOf(
      { ...surveyed, skipped: [...surveyed.skipped, ...unswept] },
      said,
      drafts,
      options,
    ),
    beyondBudget: plan.beyondBudget,
  };
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
    runs: outcome.runs,
    checkpoints: outcome.checkpoints,
    findings: outcome.findings,
    skipped: outcome.skipped,
    checks: checks
      .map(({ meta: { id, question, title } }) => ({ id, question, title }))
      .sort((left, right) => compareText(left.id, right.id)),
  });
}

/** What is written down as the turn of each checkpoint and run ends. */
interface Drafts {
  readonly checkpoints: Map<CheckpointSubject, Draft>;
  readonly runs: Map<RunSubject, RunDraft>;
}

function turnOf(
  { onCheckpoint }: InspectRequest,
  given: {
    readonly surveyed: Survey;
    readonly plan: ValuesPlan;
    readonly options: InspectOptions;
    readonly drafts: Drafts;
    readonly keep: Keep;
  },
): Turn {
  const { surveyed, plan, options, drafts, keep } = given;
  const ahead = new FetchAhead(surveyed.runs);
  let last: Medium | null = null;
  return {
    onStart: async (path) => {
      onCheckpoint?.(path);
      await ahead.before();
    },
    conclude: async (one, weights, own) => {
      // Each keeps some megabytes for the next read, and there may be hundreds.
      if (last !== one.medium) last?.letGo?.();
      last = one.medium;
      await ahead.learn(one, weights);
      const draft = await draftOf(one, own, { plan, keep });
      drafts.checkpoints.set(one, draft);
      return { checkpoint: one, answers: draft.answers };
    },
    reconsider: async ({ checkpoint, answers: before }, own) => {
      const [stateSkip] = uniqueSkips(own.skipped);
      const { loads } = before;
      const asked = { stateSkip, loads };
      const resumes = await resumesOf(checkpoint, own.findings, asked);
      const answers = { ...before, resumes };
      const draft = drafts.checkpoints.get(checkpoint);
      if (draft !== undefined)
        drafts.checkpoints.set(checkpoint, { ...draft, answers });
      return { checkpoint, answers };
    },
    concludeRun: async (judged) => {
      const { length } = surveyed.runs;
      drafts.runs.set(judged.run, await summariseRun(judged, options, length));
    },
  };
}

async function draftOf(
  checkpoint: CheckpointSubject,
  { findings, skipped, ofState }: Said,
  { plan, keep }: { readonly plan: ValuesPlan; readonly keep: Keep },
): Promise<Draft> {
  const [skip] = uniqueSkips(skipped.filter((one) => !ofState.has(one)));
  const [stateSkip] = uniqueSkips(skipped);
  const values = plan.gapOf(checkpoint);
  const answers = await answersOf(checkpoint, findings, {
    skip,
    stateSkip,
    values,
  });
  return summarise(checkpoint, answers, keep);
}

function outcomeOf(
  surveyed: Survey,
  said: Said,
  drafts: Drafts,
  options: InspectOptions,
): Omit<Outcome, 'beyondBudget'> {
  const ofRun = findingsByRun(said.findings);
  const runs: RunSummary[] = [];
  const checkpoints: CheckpointSummary[] = [];
  for (const run of surveyed.runs) {
    const rows = rowsOf(run, drafts.checkpoints, options);
    for (const row of rows) checkpoints.push(row);
    const draft = drafts.runs.get(run);
    if (draft === undefined) throw new Error(`no summary of ${run.path}`);
    const { progress, ...more } = draft;
    const findings = ofRun.get(run.path) ?? [];
    runs.push({
      path: run.path,
      checkpoints: rows.length,
      newestLoadable: newestLoadable(run, rows),
      newestResumable: newestResumable(rows),
      ...more,
      answers: { progress: answerRun(findings, progress) },
    });
  }
  return {
    runs,
    checkpoints,
    findings: sortFindings(said.findings, checkpoints),
    skipped: uniqueSkips([...surveyed.skipped, ...said.skipped]),
  };
}

/** So that a thousand runs do not each go through the findings of all. */
function findingsByRun(
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  const byRun = new Map<string, Finding[]>();
  for (const finding of findings) {
    const run = finding.where.run ?? '';
    const own = byRun.get(run) ?? [];
    own.push(finding);
    byRun.set(run, own);
  }
  return byRun;
}

function rowsOf(
  run: RunSubject,
  drafts: ReadonlyMap<CheckpointSubject, Draft>,
  options: InspectOptions,
): readonly CheckpointSummary[] {
  const draftOf = (one: CheckpointSubject) => {
    const draft = drafts.get(one);
    if (draft === undefined) throw new Error(`no answers for ${one.path}`);
    return draft;
  };
  const required = requiredOf(
    run,
    options.require,
    (one) => draftOf(one).answers,
  );
  return run.checkpoints.map((one) => {
    const { answers, ...row } = draftOf(one);
    return { ...row, required: required.has(one), answers };
  });
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

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
