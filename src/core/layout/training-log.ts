import { SourceError } from '../bytes/reader.ts';
import { memoise } from './memoise.ts';
import type { Memo } from './memoise.ts';
import { oncePer } from '../formats/once-per.ts';
import type { CheckpointSubject } from './subjects.ts';
import type { LogEntry } from './trainer-state.ts';

/** What the loop logged of training at a step; `null` for what it did not log there. */
export type LogPoint = LogEntry & { readonly step: number };

/** What one training logged up to its newest state. */
export interface TrainingLog {
  /** Whose state it is. */
  readonly checkpoint: CheckpointSubject;
  /** The file that tells it, as the report names it. */
  readonly path: string;
  /** In the order of the log; evaluations and the summary at the end are none. */
  readonly points: readonly LogPoint[];
  /** Whether rewards are logged: the loss of GRPO and RLOO may be 0. */
  readonly hasReward: boolean;
}

interface NewestLog {
  readonly checkpoint: Memo<CheckpointSubject | null>;
  readonly log: Memo<TrainingLog | null>;
}

const newestOf = oncePer((ofRun: readonly CheckpointSubject[]): NewestLog => {
  const checkpoint = memoise(() => findNewestState(ofRun));
  const log = memoise(async () => {
    const newest = await checkpoint();
    return newest === null ? null : readLog(newest);
  });
  return { checkpoint, log };
});

/**
 * The log of a run where this checkpoint holds its newest state; `null` in all
 * others, so that it is judged once a run.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readOwnLog(
  subject: CheckpointSubject,
): Promise<TrainingLog | null> {
  const newest = newestOf(subject.ofRun);
  return (await newest.checkpoint()) === subject ? newest.log() : null;
}

/**
 * The log of a run's newest state; `null` where there is none that can be read whole.
 *
 * @throws SourceError when the bytes cannot be had
 */
export function readNewestLog(
  ofRun: readonly CheckpointSubject[],
): Promise<TrainingLog | null> {
  return newestOf(ofRun).log();
}

/** Lets go of the log of a run, of which there may be thousands. */
export function forgetNewestLog(ofRun: readonly CheckpointSubject[]): void {
  newestOf(ofRun).log.forget();
}

/**
 * The checkpoint with the newest state that can be read. One whose bytes cannot be
 * had counts as readable: in its own turn the error is met again, and said of it.
 */
async function findNewestState(
  ofRun: readonly CheckpointSubject[],
): Promise<CheckpointSubject | null> {
  for (const one of await candidatesOf(ofRun)) {
    if (one.trainerState === null) continue;
    const isReadable = await orFailed(
      one.trainerState.whole().then(({ ok }) => ok),
    );
    if (isReadable !== false) return one;
  }
  return null;
}

/**
 * Newest first. The output root comes behind the step folders, whose log it repeats,
 * unless its state is of a later step than theirs (`Trainer.save_state`).
 */
async function candidatesOf(
  ofRun: readonly CheckpointSubject[],
): Promise<readonly CheckpointSubject[]> {
  const known = ofRun.filter(
    ({ trainerState, isInitial }) => trainerState !== null && !isInitial,
  );
  const steps = known.filter(({ step }) => step !== null).toReversed();
  const stepless = known.filter(({ step }) => step === null);
  const root = stepless.find(({ isRunRoot }) => isRunRoot);
  const [newest] = steps;
  const isLater =
    newest !== undefined &&
    root !== undefined &&
    (await stepReached(root)) > (newest.step ?? 0);
  return isLater
    ? [root, ...steps, ...stepless.filter((one) => one !== root)]
    : [...steps, ...stepless];
}

async function stepReached({ trainerState }: CheckpointSubject) {
  if (trainerState === null) return -1;
  const brief = await orFailed(trainerState.brief());
  // What cannot be had is perhaps the newest, and so is asked for again.
  if (brief === null) return Infinity;
  return brief.ok ? (brief.value.globalStep ?? -1) : -1;
}

/** `null` where the bytes cannot be had. */
async function orFailed<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return null;
  }
}

async function readLog(
  checkpoint: CheckpointSubject,
): Promise<TrainingLog | null> {
  const { trainerState } = checkpoint;
  const state = await trainerState?.whole();
  if (trainerState === null || !state?.ok) return null;
  const { globalStep, log } = state.value;
  // The end of the log counts most, and what it shows throughout needs all of it.
  if (!log.isWhole) return null;
  const isKnown = globalStep !== null && Number.isFinite(globalStep);
  const last = isKnown ? globalStep : Infinity;
  const entries = log.entries.filter(({ step }) => (step ?? 0) <= last);
  return {
    checkpoint,
    path: trainerState.file.path,
    points: entries.filter(isPoint),
    hasReward: entries.some(({ hasReward }) => hasReward),
  };
}

function isPoint(entry: LogEntry): entry is LogPoint {
  const { step, loss, gradNorm, learningRate } = entry;
  const isOfTraining =
    loss !== null || gradNorm !== null || learningRate !== null;
  // Trainer logs the step with everything.
  return step !== null && Number.isFinite(step) && isOfTraining;
}
