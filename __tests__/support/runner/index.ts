import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNNER_DELAYS } from './child.ts';
import type { Child, Delays } from './child.ts';
import { jobEnvironment, withPaths } from './environment.ts';
import { inputVariables, isTrue, readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { killOrphans } from './orphans.ts';
import { runStage, SKIPPED } from './stage.ts';
import type { StageOptions, StageResult } from './stage.ts';
import type { StepLog } from './step-log.ts';

/** One step of a job: an action, and what its workflow gives it. */
export interface Step {
  /** The folder of its action.yml. */
  readonly action: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly if?: string;
  /** Values for `${{ … }}` in the defaults of action.yml. */
  readonly expressions?: Readonly<Record<string, string>>;
}

export interface JobOptions {
  readonly workspace: string;
  /** Over what the runner sets: GITHUB_REPOSITORY, ACTIONS_RESULTS_URL and so on. */
  readonly env?: Readonly<Record<string, string>>;
  readonly delays?: Partial<Delays>;
  readonly isMeasured?: boolean;
  /** Sees every line as the process wrote it; the moment to cancel. */
  readonly onLine?: (line: string) => void;
  /** What the steps print to in place of the runner's pipe: it reads none of it then. */
  readonly output?: number;
}

/** What main left, and with it what pre and post did; `null` where there is none. */
export interface StepResult extends StageResult {
  readonly pre: StageResult | null;
  readonly post: StageResult | null;
}

export interface Job {
  /** Settles when the last post is through and the job's orphans are killed. */
  readonly done: Promise<readonly StepResult[]>;
  /** What the button does: the running stage gets its signals, the rest is skipped but for `always()`. */
  readonly cancel: () => Promise<void>;
}

/** Runs one action as the only step of a job. */
export async function runAction(
  options: Step & JobOptions,
): Promise<StepResult> {
  const [result] = await startJob([options], options).done;
  if (result === undefined) throw new Error('a job of one step has one result');
  return result;
}

/** All pre scripts, then all main, then the post scripts from the last to the first. */
export function startJob(steps: readonly Step[], options: JobOptions): Job {
  const temp = mkdtempSync(join(tmpdir(), 'runner-'));
  const trackingId = `github_${randomUUID()}`;
  const job = jobState(temp, trackingId, options);
  const run = async () => {
    try {
      const running = steps.map((step, at) => oneStep(job, step, at));
      for (const step of running) await step.pre();
      for (const step of running) await step.main();
      for (const step of running.toReversed()) await step.post();
      return running.map((step) => step.result());
    } finally {
      await killOrphans(trackingId);
      rmSync(temp, { recursive: true, force: true });
    }
  };
  return { done: run(), cancel: job.cancel };
}

type JobState = ReturnType<typeof jobState>;

function jobState(temp: string, trackingId: string, options: JobOptions) {
  const { workspace } = options;
  const env = {
    ...jobEnvironment(temp, workspace, trackingId),
    ...options.env,
  };
  const status = { hasFailed: false, isCancelled: false };
  let child: Child | null = null;
  return {
    temp,
    options,
    env,
    status,
    masks: new Set<string>(),
    exported: new Map<string, string>(),
    paths: [] as string[],
    onStart: (started: Child) => {
      child = started;
    },
    cancel: async () => {
      status.isCancelled = true;
      await child?.cancel();
    },
  };
}

function oneStep(job: JobState, step: Step, at: number) {
  const manifest = readManifest(step.action);
  const state = new Map<string, string>();
  const results = new Map<string, StageResult>();
  const run = async (stage: 'pre' | 'main' | 'post', condition: string) => {
    const script = manifest[stage];
    if (script === null) return;
    const isRun = isTrue(condition, job.status);
    const result = isRun
      ? await runStage(
          stageOptions(job, step, manifest, state, { stage, script, at }),
        )
      : SKIPPED;
    results.set(stage, result);
    for (const [key, value] of result.state) state.set(key, value);
    // Variables of the runner's own contexts are set over what a step exports.
    for (const [key, value] of result.exported)
      if (!/^(?:GITHUB|RUNNER)_/i.test(key)) job.exported.set(key, value);
    job.paths.push(...result.paths);
    if (result.outcome === 'failure') job.status.hasFailed = true;
  };
  return {
    pre: () => run('pre', manifest.preIf),
    main: () => run('main', step.if ?? 'success()'),
    post: async () => {
      // Registered when pre or main starts, so that it comes whatever they do.
      const hasStarted = [...results.values()].some((one) => one !== SKIPPED);
      if (hasStarted) await run('post', manifest.postIf);
    },
    result: (): StepResult => ({
      ...(results.get('main') ?? SKIPPED),
      pre: results.get('pre') ?? null,
      post: results.get('post') ?? null,
    }),
  };
}

function stageOptions(
  job: JobState,
  step: Step,
  manifest: Manifest,
  state: ReadonlyMap<string, string>,
  of: { readonly stage: string; readonly script: string; readonly at: number },
): StageOptions {
  const states = new Map<string, string>();
  for (const [key, value] of state) states.set(`STATE_${key}`, value);
  const wasCancelled = job.status.isCancelled;
  return {
    script: join(step.action, of.script),
    folder: join(job.temp, `${of.at}-${of.stage}`),
    workspace: job.options.workspace,
    env: withPaths(
      {
        ...job.env,
        ...Object.fromEntries(job.exported),
        ...step.env,
        ...Object.fromEntries(states),
      },
      job.paths,
    ),
    masks: job.masks,
    delays: { ...RUNNER_DELAYS, ...job.options.delays },
    isMeasured: job.options.isMeasured ?? false,
    prepare: (log: StepLog) =>
      inputVariables(
        manifest,
        step.inputs ?? {},
        step.expressions ?? {},
        log.say,
      ),
    onLine: job.options.onLine ?? (() => undefined),
    output: job.options.output ?? null,
    onStart: job.onStart,
    // A post that runs after the cancel is not itself cancelled.
    isCancelled: () => job.status.isCancelled && !wasCancelled,
  };
}
