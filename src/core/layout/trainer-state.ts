import { asArray, asObject, asString } from '../formats/json/access.ts';
import type { JsonDefect, JsonNode } from '../formats/json/types.ts';
import { defective, parsed } from '../formats/parsed.ts';
import type { Defect, Parsed } from '../formats/parsed.ts';
import type { FileFacts } from './file-facts.ts';
import { memoise } from './memoise.ts';
import type { Memo } from './memoise.ts';
import type { TooLarge } from './read-json.ts';

/**
 * One entry of `log_history`. Numbers are `null` where they were not logged; NaN and
 * Infinity stay what they are.
 */
export interface LogEntry {
  readonly step: number | null;
  readonly epoch: number | null;
  readonly loss: number | null;
  readonly gradNorm: number | null;
  readonly learningRate: number | null;
  /** Whether it logs what a reward goes into, as GRPO and RLOO do, whose loss may be 0. */
  readonly hasReward: boolean;
  /** TRL: the share of groups whose rewards are all alike. */
  readonly rewardZeroStd: number | null;
  /** Differs wherever the text of the entry does. */
  readonly digest: string;
}

/** Part of `log_history`, in its order. */
export interface LogHistory {
  /** From its first entry on. */
  readonly entries: readonly LogEntry[];
  /** Its last entry; `null` where there is none. */
  readonly last: LogEntry | null;
  /** Whether `entries` are all. */
  readonly isWhole: boolean;
}

/**
 * What transformers' `TrainerState` (trainer_callback.py) saved. A field is `null`
 * where its version wrote none.
 */
export interface TrainerState {
  /** Optimizer steps. */
  readonly globalStep: number | null;
  readonly maxSteps: number | null;
  readonly epoch: number | null;
  readonly numTrainEpochs: number | null;
  /** As configured, and so also where the strategy does not save by steps. */
  readonly saveSteps: number | null;
  readonly loggingSteps: number | null;
  readonly evalSteps: number | null;
  /** Of one device. */
  readonly trainBatchSize: number | null;
  /** A path of the machine that trained. */
  readonly bestModelCheckpoint: string | null;
  readonly bestGlobalStep: number | null;
  /** Whether training was told to stop: `should_training_stop` of its control. */
  readonly hasEnded: boolean | null;
  readonly log: LogHistory;
}

/** Why Python would not load it, or what is beyond this tool. */
export type TrainerStateDefect = JsonDefect | TooLarge | Defect<'not-object'>;

/** Both reject with a SourceError when the bytes cannot be had. */
export interface TrainerStateFacts {
  readonly file: FileFacts;
  /** Of a large file the beginning and the end alone. */
  readonly brief: Memo<Parsed<TrainerState, TrainerStateDefect>>;
  /** All of it. */
  readonly whole: Memo<Parsed<TrainerState, TrainerStateDefect>>;
}

/** The state in a file, or `null` where there is no file. */
export function trainerStateFacts(
  file: FileFacts | null,
): TrainerStateFacts | null {
  if (file === null) return null;
  const whole = memoise(() => readWhole(file));
  return { file, brief: whole, whole };
}

async function readWhole(
  file: FileFacts,
): Promise<Parsed<TrainerState, TrainerStateDefect>> {
  const json = await file.json();
  if (!json.ok) return json;
  const fields = asObject(json.value);
  if (fields === null) return defective({ code: 'not-object' });
  const entries = (asArray(fields.get('log_history')) ?? []).map(logEntry);
  return parsed({
    ...stateFields(fields),
    log: { entries, last: entries.at(-1) ?? null, isWhole: true },
  });
}

function stateFields(
  fields: ReadonlyMap<string, JsonNode>,
): Omit<TrainerState, 'log'> {
  const number = (name: string) => numberIn(fields.get(name));
  return {
    globalStep: number('global_step'),
    maxSteps: number('max_steps'),
    epoch: number('epoch'),
    numTrainEpochs: number('num_train_epochs'),
    saveSteps: number('save_steps'),
    loggingSteps: number('logging_steps'),
    evalSteps: number('eval_steps'),
    trainBatchSize: number('train_batch_size'),
    bestModelCheckpoint: asString(fields.get('best_model_checkpoint')),
    bestGlobalStep: number('best_global_step'),
    hasEnded: hasEnded(fields.get('stateful_callbacks')),
  };
}

function hasEnded(callbacks: JsonNode | undefined): boolean | null {
  const control = asObject(asObject(callbacks)?.get('TrainerControl'));
  const flag = asObject(control?.get('args'))?.get('should_training_stop');
  return flag?.kind === 'boolean' ? flag.value : null;
}

function logEntry(node: JsonNode): LogEntry {
  const fields = asObject(node) ?? new Map<string, JsonNode>();
  const number = (name: string) => numberIn(fields.get(name));
  const hasReward = [...fields.keys()].some((name) => OF_REWARDS.test(name));
  return {
    step: number('step'),
    epoch: number('epoch'),
    loss: number('loss'),
    gradNorm: number('grad_norm'),
    learningRate: number('learning_rate'),
    hasReward,
    rewardZeroStd: number('frac_reward_zero_std'),
    digest: JSON.stringify(node),
  };
}

/** As TRL's GRPO, RLOO, online DPO and PPO trainers name what they log. */
const OF_REWARDS = /^(?:reward|kl$|completions\/|objective\/)/;

/** transformers 5 writes numbers as texts in some logs; what is no number is `null`. */
function numberIn(node: JsonNode | undefined): number | null {
  if (node?.kind !== 'number' && node?.kind !== 'string') return null;
  const text = node.kind === 'number' ? node.lexeme : node.value.trim();
  if (/^nan$/i.test(text)) return NaN;
  const [, sign, isInfinite] = /^([-+]?)(inf(?:inity)?)$/i.exec(text) ?? [];
  if (isInfinite !== undefined) return sign === '-' ? -Infinity : Infinity;
  const number = text === '' ? NaN : Number(text);
  return Number.isNaN(number) ? null : number;
}
