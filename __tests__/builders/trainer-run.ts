import { adapterFiles } from './checkpoint.ts';

/** What a run of a Trainer is told by; all else is as by default. */
export interface TrainerRun {
  readonly steps: readonly number[];
  readonly saveSteps?: number;
  readonly maxSteps?: number;
  readonly stepsPerEpoch?: number;
  /** Logged at every step `logEvery`; differs from training to training. */
  readonly loss?: number;
  readonly logEvery?: number;
  /** By step, what the state took for the best so far. */
  readonly best?: (step: number) => number | null;
  /** Fields that replace those of the state. */
  readonly state?: (step: number) => Readonly<Record<string, unknown>>;
}

/** The text of the trainer_state.json that such a run writes at a step. */
export function trainerState(step: number, run: TrainerRun): string {
  const { saveSteps = 10, maxSteps = 1000, stepsPerEpoch = 64 } = run;
  const { loss = 2, logEvery = 5, best = () => null } = run;
  const logged = Array.from(
    { length: Math.floor(step / logEvery) },
    (_, at) => ({
      epoch: ((at + 1) * logEvery) / stepsPerEpoch,
      learning_rate: 0.001,
      loss: loss / (at + 1),
      step: (at + 1) * logEvery,
    }),
  );
  const bestStep = best(step);
  return JSON.stringify({
    best_global_step: bestStep,
    best_model_checkpoint:
      bestStep === null ? null : `/home/me/out/checkpoint-${bestStep}`,
    epoch: step / stepsPerEpoch,
    eval_steps: 500,
    global_step: step,
    log_history: logged,
    logging_steps: logEvery,
    max_steps: maxSteps,
    num_train_epochs: 1,
    save_steps: saveSteps,
    ...run.state?.(step),
  });
}

/** The checkpoint folders of such a run: an adapter and a state each. */
export function trainerRun(
  run: TrainerRun,
): Record<string, Uint8Array | string> {
  return Object.assign(
    {},
    ...run.steps.map((step) => ({
      ...adapterFiles(`checkpoint-${step}`),
      [`checkpoint-${step}/trainer_state.json`]: trainerState(step, run),
    })),
  ) as Record<string, Uint8Array | string>;
}

/** Checkpoint folders without a state, as a loop of one's own leaves them. */
export function plainRun(
  steps: readonly number[],
): Record<string, Uint8Array | string> {
  return Object.assign(
    {},
    ...steps.map((step) => adapterFiles(`checkpoint-${step}`)),
  ) as Record<string, Uint8Array | string>;
}
