import { adapterFiles, modelFiles } from './checkpoint.ts';
import {
  ADAPTER_SHAPES,
  optimizerFile,
  rngFile,
  scalerFile,
  schedulerFile,
  trainingArgsFile,
} from './state.ts';

/** What a test changes of a checkpoint that a Trainer saved. */
export interface TrainerSave {
  readonly step?: number;
  /** By default an adapter. */
  readonly isModel?: boolean;
  readonly hasScaler?: boolean;
  /** Processes that trained: from two on each keeps its own random states. */
  readonly processes?: number;
  /** Fields of trainer_state.json in place of those of a whole run of 10 steps. */
  readonly state?: Readonly<Record<string, unknown>>;
  /** Files in place of those written, by name; `null`: left out. */
  readonly files?: Readonly<Record<string, Uint8Array | string | null>>;
}

/** A whole checkpoint of transformers' Trainer, as 5.18 saves it, below a folder. */
export function trainerSave(
  folder: string,
  {
    step = 2,
    isModel = false,
    hasScaler = false,
    processes = 1,
    state = {},
    files = {},
  }: TrainerSave = {},
): Record<string, Uint8Array | string> {
  const weights = isModel ? modelFiles() : adapterFiles();
  const shapes = isModel ? [[8, 4]] : ADAPTER_SHAPES;
  const ranks = Array.from({ length: processes }, (_, rank) => rank);
  const all: Record<string, Uint8Array | string | null> = {
    ...weights,
    'training_args.bin': trainingArgsFile(),
    'optimizer.pt': optimizerFile({ shapes, step }),
    'scheduler.pt': schedulerFile(step),
    ...(hasScaler ? { 'scaler.pt': scalerFile() } : {}),
    ...(processes === 1
      ? { 'rng_state.pth': rngFile() }
      : Object.fromEntries(
          ranks.map((rank) => [`rng_state_${rank}.pth`, rngFile()]),
        )),
    'trainer_state.json': trainerStateJson(step, state),
    ...files,
  };
  const below = folder === '' ? '' : `${folder}/`;
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, content]) =>
      content === null ? [] : [[`${below}${name}`, content]],
    ),
  );
}

/** trainer_state.json of a run of 10 steps that logs and saves each second one. */
export function trainerStateJson(
  step: number,
  changed: Readonly<Record<string, unknown>> = {},
): string {
  const log_history = Array.from({ length: Math.floor(step / 2) }, (_, at) => ({
    epoch: (2 * (at + 1)) / 10,
    grad_norm: 1.5,
    learning_rate: 0.001 * (1 - (2 * (at + 1) - 1) / 10),
    loss: 2 - at / 10,
    step: 2 * (at + 1),
  }));
  const state = {
    best_global_step: null,
    best_metric: null,
    best_model_checkpoint: null,
    epoch: step / 10,
    eval_steps: 500,
    global_step: step,
    is_hyper_param_search: false,
    is_local_process_zero: true,
    is_world_process_zero: true,
    log_history,
    logging_steps: 2,
    max_steps: 10,
    num_input_tokens_seen: 0,
    num_train_epochs: 1,
    save_steps: 2,
    stateful_callbacks: {
      TrainerControl: {
        args: {
          should_epoch_stop: false,
          should_evaluate: false,
          should_log: false,
          should_save: true,
          should_training_stop: step >= 10,
        },
        attributes: {},
      },
    },
    total_flos: 0,
    train_batch_size: 1,
    trial_name: null,
    trial_params: null,
    ...changed,
  };
  return JSON.stringify(state, null, 2);
}
