import { TRAINER_STATE_MAX_UNKNOWN } from '../bytes/trainer-state-limits.ts';
import { asObject, asString } from '../formats/json/access.ts';
import type { JsonNode } from '../formats/json/types.ts';
import { copyOf } from '../wording.ts';
import { numberIn } from './log-entry.ts';
import { doubtfulFields, refusedFields } from './trainer-state-refused.ts';
import type { ReadState } from './trainer-state.ts';

const CALLBACKS = 'stateful_callbacks';

/** The fields of TrainerState, in transformers 4.57 and in 5.18 alike. */
const KNOWN: ReadonlySet<string> = new Set([
  'best_global_step',
  'best_metric',
  'best_model_checkpoint',
  'epoch',
  'eval_steps',
  'global_step',
  'is_hyper_param_search',
  'is_local_process_zero',
  'is_world_process_zero',
  'log_history',
  'logging_steps',
  'max_steps',
  'num_input_tokens_seen',
  'num_train_epochs',
  'save_steps',
  CALLBACKS,
  'total_flos',
  'train_batch_size',
  'trial_name',
  'trial_params',
]);

/**
 * Takes the members of a trainer_state.json but the items of its log: of those that are
 * looked at the value, of those that a TrainerState does not know the name.
 */
export class StateMembers {
  readonly #nodes = new Map<string, JsonNode>();
  readonly #unknown = new Set<string>();
  #hasMoreUnknown = false;
  #hasEnded: boolean | null = null;

  /** @param node `null` for a `log_history` that is a list */
  take(key: string, node: JsonNode | null): void {
    if (node === null) this.#nodes.delete(key);
    else if (KNOWN.has(key)) this.#nodes.set(key, withoutContent(node));
    else if (this.#unknown.size < TRAINER_STATE_MAX_UNKNOWN)
      this.#unknown.add(copyOf(key));
    else if (!this.#unknown.has(key)) this.#hasMoreUnknown = true;
    if (key === CALLBACKS) this.#hasEnded = hasEnded(node);
  }

  /** What they say, of a key that comes again the last. */
  fields(): Omit<ReadState, 'log'> {
    const node = (name: string) => this.#nodes.get(name);
    const number = (name: string) => numberIn(node(name));
    const step = node('global_step');
    const best = asString(node('best_model_checkpoint'));
    return {
      // Python takes True for 1.
      globalStep:
        step?.kind === 'boolean' ? Number(step.value) : numberIn(step),
      maxSteps: number('max_steps'),
      epoch: number('epoch'),
      numTrainEpochs: number('num_train_epochs'),
      saveSteps: number('save_steps'),
      loggingSteps: number('logging_steps'),
      evalSteps: number('eval_steps'),
      trainBatchSize: number('train_batch_size'),
      bestModelCheckpoint: best === null ? null : copyOf(best),
      bestGlobalStep: number('best_global_step'),
      hasEnded: this.#hasEnded,
      hasStep: this.#nodes.has('global_step'),
      unknown: [...this.#unknown],
      hasMoreUnknown: this.#hasMoreUnknown,
      refused: refusedFields(this.#nodes),
      doubts: doubtfulFields(this.#nodes),
    };
  }
}

/** Of lists and objects only whether they are empty: 20 of them may be 80 MB. */
function withoutContent(node: JsonNode): JsonNode {
  if (node.kind === 'object') return { kind: 'object', entries: [] };
  if (node.kind !== 'array') return node;
  const items = node.items.length === 0 ? [] : [{ kind: 'null' } as const];
  return { kind: 'array', items };
}

function hasEnded(callbacks: JsonNode | null): boolean | null {
  const control = asObject(asObject(callbacks)?.get('TrainerControl'));
  const flag = asObject(control?.get('args'))?.get('should_training_stop');
  return flag?.kind === 'boolean' ? flag.value : null;
}
