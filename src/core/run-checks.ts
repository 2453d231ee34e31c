import { unreadOf } from './bytes/failure-words.ts';
import { SourceError } from './bytes/reader.ts';
import type { Altitude, AnyCheck, Subjects, Where } from './define-check.ts';
import { letGo, letGoOfStates } from './layout/let-go.ts';
import { makeFinding, withNewestAdvice } from './make-finding.ts';
import type { ValuesPlan } from './plan-values.ts';
import { isStepTooLarge, weightsOf } from './layout/subjects.ts';
import type {
  CheckpointSubject,
  JudgedCheckpoint,
  JudgedRunSubject,
  RunSubject,
  WeightsFileSubject,
} from './layout/subjects.ts';
import type { Survey } from './survey.ts';
import type {
  Finding,
  InspectOptions,
  JsonRecord,
  Location,
  Severity,
  Skip,
} from './types.ts';

/** What the checks of one pass said, and what they could not look at. */
export interface Said {
  readonly findings: Finding[];
  readonly skipped: Skip[];
  /** Of those, what concerns the training's state alone: weights load without it. */
  readonly ofState: Set<Skip>;
}

/** What happens around the checks of each checkpoint. */
export interface Turn {
  readonly onStart: (path: string) => Promise<void>;
  /** Told what was said of it while its files are still at hand. */
  readonly conclude: (
    checkpoint: CheckpointSubject,
    weights: readonly WeightsFileSubject[],
    said: Said,
  ) => Promise<JudgedCheckpoint>;
  /** Told of a run when all of it was looked at. */
  readonly concludeRun: (judged: JudgedRunSubject) => Promise<void>;
}

interface Pass extends Said {
  readonly checks: ByAltitude;
  readonly options: InspectOptions;
  readonly plan: ValuesPlan;
  /** Whether the checkpoint at hand has a newer one beside it. */
  readonly isOvertaken: boolean;
  /** Whether what is at hand came through an upload. */
  readonly isUpload: boolean;
}

/**
 * Runs every check over every subject of its altitude. An I/O error ends the one
 * check on the one subject and becomes a skip; any other error is ours and is
 * thrown.
 */
export async function runChecks(
  checks: readonly AnyCheck[],
  surveyed: Survey,
  given: Pick<Pass, 'options' | 'plan'>,
  turn: Turn,
): Promise<Said> {
  const pass: Pass = {
    checks: byAltitude(checks),
    ...given,
    isOvertaken: false,
    isUpload: false,
    findings: [],
    skipped: [],
    ofState: new Set(),
  };
  for (const target of surveyed.targets)
    await runAll({ ...pass, isUpload: target.isUpload }, 'target', target, {
      path: target.named,
    });
  for (const run of surveyed.runs) {
    const before = pass.findings.length;
    const ofAll = {
      ...pass,
      isUpload: run.checkpoints.some(({ medium }) => medium.isUpload === true),
    };
    const at = { path: run.path, run: run.path };
    await runAll(ofAll, 'run', run, at);
    const ofRun = byCheckpoint(pass.findings.slice(before));
    const newest = newestStep(run);
    const judged: JudgedCheckpoint[] = [];
    for (const checkpoint of run.checkpoints) {
      await turn.onStart(checkpoint.path);
      const own = passOf(pass, checkpoint, newest);
      const weights = await checkCheckpoint(own, checkpoint);
      const concluded = await turn.conclude(checkpoint, weights, {
        findings: [...(ofRun.get(checkpoint.path) ?? []), ...own.findings],
        skipped: own.skipped,
        ofState: own.ofState,
      });
      judged.push(concluded);
      letGo(checkpoint, weights);
      for (const finding of own.findings) pass.findings.push(finding);
      for (const skip of own.skipped) pass.skipped.push(skip);
    }
    await runAll(ofAll, 'judged', { run, judged }, at);
    await turn.concludeRun({ run, judged });
    letGoOfStates(run);
  }
  return pass;
}

/** What the checks of a run said of its checkpoints. */
function byCheckpoint(
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { checkpoint } = finding.where;
    if (checkpoint === undefined) continue;
    const group = groups.get(checkpoint) ?? [];
    group.push(finding);
    groups.set(checkpoint, group);
  }
  return groups;
}

function newestStep({ checkpoints }: RunSubject): number {
  if (checkpoints.some(isStepTooLarge)) return Infinity;
  return checkpoints.reduce((max, { step }) => Math.max(max, step ?? -1), -1);
}

function passOf(
  outer: Pass,
  { step, medium }: CheckpointSubject,
  newest: number,
): Pass {
  return {
    ...outer,
    isOvertaken: step !== null && step < newest,
    isUpload: medium.isUpload === true,
    findings: [],
    skipped: [],
    ofState: new Set(),
  };
}

/** Returns the weights files that it looked at. */
async function checkCheckpoint(
  pass: Pass,
  checkpoint: CheckpointSubject,
): Promise<readonly WeightsFileSubject[]> {
  const { run, path } = checkpoint;
  const at = { path, run, checkpoint: path };
  await runAll(pass, 'checkpoint', checkpoint, at);
  const files = await orSkip(pass, at, () => weightsOf(checkpoint));
  for (const subject of files ?? [])
    await runAll(pass, 'weights', subject, { ...at, path: subject.file.path });
  return files ?? [];
}

async function runAll<A extends Altitude>(
  pass: Pass,
  altitude: A,
  subject: Subjects[A],
  at: Location,
): Promise<void> {
  const { options, plan } = pass;
  for (const check of pass.checks[altitude]) {
    const report = reporter(pass, check, at);
    const context = { subject, options, report, valuesOf: plan.valuesOf };
    const isOfState = check.meta.question === 'resumes';
    await orSkip(pass, at, async () => check.run(context), isOfState);
  }
}

type ByAltitude = { readonly [A in Altitude]: AnyCheck<A>[] };

/** Sorted so that the compiler can pair each check with its subjects. */
function byAltitude(checks: readonly AnyCheck[]): ByAltitude {
  const sorted: ByAltitude = {
    weights: [],
    checkpoint: [],
    run: [],
    judged: [],
    target: [],
  };
  for (const check of checks)
    switch (check.altitude) {
      case 'weights':
        sorted.weights.push(check);
        break;
      case 'checkpoint':
        sorted.checkpoint.push(check);
        break;
      case 'run':
        sorted.run.push(check);
        break;
      case 'judged':
        sorted.judged.push(check);
        break;
      case 'target':
        sorted.target.push(check);
        break;
    }
  return sorted;
}

async function orSkip<T>(
  pass: Said,
  where: Location,
  action: () => Promise<T>,
  isOfState = false,
): Promise<T | null> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const skip = { where, ...unreadOf(error) };
    pass.skipped.push(skip);
    if (isOfState) pass.ofState.add(skip);
    return null;
  }
}

function reporter(
  pass: Pass,
  check: Pick<AnyCheck, 'meta' | 'messages'>,
  at: Location,
) {
  return (
    name: string,
    data: JsonRecord,
    where: Where = {},
    overrides: { readonly severity?: Severity } = {},
  ): void => {
    const message = check.messages[name];
    if (message === undefined)
      throw new Error(`${check.meta.id} has no message '${name}'`);
    const found = makeFinding(check, name, message, data, {
      where: { ...at, ...where },
      isUpload: pass.isUpload,
      ...overrides,
    });
    pass.findings.push(pass.isOvertaken ? withNewestAdvice(found) : found);
  };
}
