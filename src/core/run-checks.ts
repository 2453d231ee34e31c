import { unreadOf } from './bytes/failure-words.ts';
import { SourceError } from './bytes/reader.ts';
import type { Altitude, AnyCheck, Subjects, Where } from './define-check.ts';
import { byAltitude } from './by-altitude.ts';
import type { ByAltitude } from './by-altitude.ts';
import { letGo, letGoOfStates } from './layout/let-go.ts';
import { readSoundWhole } from './layout/newest-state.ts';
import { makeFinding, withNewestAdvice } from './make-finding.ts';
import { orNull } from './or-null.ts';
import type { ValuesPlan } from './plan-values.ts';
import { isStepTooLarge, weightsOf } from './layout/subjects.ts';
import type {
  CheckpointSubject,
  JudgedCheckpoint,
  JudgedRunSubject,
  RunSubject,
  WeightsFileSubject,
} from './layout/subjects.ts';
import type { Keep } from './report-texts.ts';
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
  /** Told what was said of its state when that was looked at once more. */
  readonly reconsider: (
    judged: JudgedCheckpoint,
    said: Said,
  ) => Promise<JudgedCheckpoint>;
  /** Told of a run when all of it was looked at. */
  readonly concludeRun: (judged: JudgedRunSubject) => Promise<void>;
}

interface Pass extends Said {
  readonly checks: ByAltitude;
  readonly options: InspectOptions;
  readonly plan: ValuesPlan;
  readonly keep: Keep;
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
  given: Pick<Pass, 'options' | 'plan' | 'keep'>,
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
    const owns = new Map<CheckpointSubject, Pass>();
    for (const checkpoint of run.checkpoints) {
      await turn.onStart(checkpoint.path);
      const own = passOf(pass, checkpoint, newest);
      const weights = await checkCheckpoint(own, checkpoint);
      owns.set(checkpoint, own);
      const said = withFindings(own, ofRun.get(checkpoint.path));
      judged.push(await turn.conclude(checkpoint, weights, said));
      letGo(checkpoint, weights);
    }
    const last = await lookAgain({ run, judged }, owns, (again, own) =>
      turn.reconsider(
        again,
        withFindings(own, ofRun.get(again.checkpoint.path)),
      ),
    );
    for (const own of owns.values()) {
      for (const finding of own.findings) pass.findings.push(finding);
      for (const skip of own.skipped) pass.skipped.push(skip);
    }
    await runAll(ofAll, 'judged', last, at);
    await turn.concludeRun(last);
    letGoOfStates(run);
  }
  return pass;
}

function withFindings(
  { findings, skipped, ofState }: Said,
  more: readonly Finding[] = [],
): Said {
  return { findings: [...more, ...findings], skipped, ofState };
}

/**
 * Asks once more whether training can go on from an older checkpoint, where it would go on
 * from weights that turned out not to be sound: those are read after the older had its
 * turn, in which its state was not read whole.
 */
async function lookAgain(
  judged: JudgedRunSubject,
  owns: Map<CheckpointSubject, Pass>,
  reconsider: (again: JudgedCheckpoint, own: Pass) => Promise<JudgedCheckpoint>,
): Promise<JudgedRunSubject> {
  const more = (await orNull(() => readSoundWhole(judged))) ?? [];
  const concluded = new Map<JudgedCheckpoint, JudgedCheckpoint>();
  for (const again of more) {
    const { checkpoint } = again;
    const before = owns.get(checkpoint);
    if (before === undefined) continue;
    const own = withoutState(before);
    const { path, run } = checkpoint;
    const at = { path, run, checkpoint: path };
    await runAll(own, 'checkpoint', checkpoint, at);
    owns.set(checkpoint, own);
    concluded.set(again, await reconsider(again, own));
    letGo(checkpoint, []);
  }
  return {
    ...judged,
    judged: judged.judged.map((one) => concluded.get(one) ?? one),
  };
}

/** To ask the checks of `resumes` anew, and no others. */
function withoutState(before: Pass): Pass {
  const checks = before.checks.checkpoint.filter(
    ({ meta }) => meta.question === 'resumes',
  );
  const asked = new Set(checks.map(({ meta }) => meta.id));
  return {
    ...before,
    checks: { ...before.checks, checkpoint: checks },
    findings: before.findings.filter(({ check }) => !asked.has(check)),
    skipped: before.skipped.filter((skip) => !before.ofState.has(skip)),
    ofState: new Set(),
  };
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
    await orSkip(pass, at, () => check.run(context), isOfState);
  }
}

async function orSkip<T>(
  pass: Said,
  where: Location,
  action: () => T | Promise<T>,
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
      keep: pass.keep,
      ...overrides,
    });
    pass.findings.push(pass.isOvertaken ? withNewestAdvice(found) : found);
  };
}
