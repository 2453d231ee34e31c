/** A log entry as a Trainer writes one at every step. */
export function logged(step: number): Record<string, unknown> {
  return {
    epoch: step / 100,
    grad_norm: 0.16276855766773224 + step,
    learning_rate: 0.0001 / (step + 1),
    loss: 4.153538703918457 - step / 1e6,
    step,
  };
}

/** Log entries of the steps 1 to `count`. */
export function loggedSteps(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, at) => logged(at + 1));
}

/** The fields of a TrainerState of transformers 5.18 at a step, each of which was logged. */
export function stateFields(
  step: number,
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    best_global_step: null,
    best_metric: null,
    best_model_checkpoint: null,
    epoch: step / 100,
    eval_steps: 500,
    global_step: step,
    is_hyper_param_search: false,
    is_local_process_zero: true,
    is_world_process_zero: true,
    log_history: loggedSteps(step),
    logging_steps: 1,
    max_steps: 1000,
    num_input_tokens_seen: 0,
    num_train_epochs: 3,
    save_steps: 10,
    stateful_callbacks: {
      TrainerControl: {
        args: { should_save: true, should_training_stop: false },
        attributes: {},
      },
    },
    total_flos: 123456789012.5,
    train_batch_size: 8,
    trial_name: null,
    trial_params: null,
    ...fields,
  };
}

/**
 * A trainer_state.json as `TrainerState.save_to_json` writes it: keys in their order,
 * with an indentation of two.
 */
export function trainerState(
  step: number,
  fields: Readonly<Record<string, unknown>> = {},
): string {
  const all = stateFields(step, fields);
  const sorted = Object.fromEntries(
    Object.keys(all)
      .sort()
      .map((key) => [key, all[key]]),
  );
  return `${JSON.stringify(sorted, null, 2)}\n`;
}
