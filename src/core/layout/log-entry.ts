import type { JsonNode } from '../formats/json/types.ts';
import { TextHash } from '../formats/text-hash.ts';

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
  /** Differs, but for a chance of 2^-53, where the entry does in more than white space. */
  readonly digest: number;
}

/** Whether a log and the digests of another say the same as far as both go. */
export function beginsAlike(
  log: readonly LogEntry[],
  digests: Float64Array,
): boolean {
  const shared = log.slice(0, digests.length);
  return shared.every(({ digest }, at) => digest === digests[at]);
}

/** The digests of a log, in its order. */
export function digestsOf(log: readonly LogEntry[]): Float64Array {
  return Float64Array.from(log, ({ digest }) => digest);
}

/** As TRL's GRPO, RLOO, online DPO and PPO trainers name what they log. */
const OF_REWARDS = /^(?:reward|kl$|completions\/|objective\/)/;

/** What an entry of `log_history` says, whatever stands there; of a repeated key the last. */
export function logEntry(node: JsonNode): LogEntry {
  let step: JsonNode | undefined;
  let epoch: JsonNode | undefined;
  let loss: JsonNode | undefined;
  let gradNorm: JsonNode | undefined;
  let learningRate: JsonNode | undefined;
  let rewardZeroStd: JsonNode | undefined;
  let hasReward = false;
  // No map of its fields: there are 100,000 entries and more.
  for (const { key, node: value } of node.kind === 'object'
    ? node.entries
    : []) {
    if (key === 'step') step = value;
    else if (key === 'epoch') epoch = value;
    else if (key === 'loss') loss = value;
    else if (key === 'grad_norm') gradNorm = value;
    else if (key === 'learning_rate') learningRate = value;
    else if (key === 'frac_reward_zero_std') rewardZeroStd = value;
    else if (OF_REWARDS.test(key)) hasReward = true;
  }
  return {
    step: numberIn(step),
    epoch: numberIn(epoch),
    loss: numberIn(loss),
    gradNorm: numberIn(gradNorm),
    learningRate: numberIn(learningRate),
    hasReward,
    rewardZeroStd: numberIn(rewardZeroStd),
    digest: digestOf(node),
  };
}

/** transformers 5 writes numbers as texts in some logs; what is no number is `null`. */
export function numberIn(node: JsonNode | undefined): number | null {
  if (node?.kind !== 'number' && node?.kind !== 'string') return null;
  const text = node.kind === 'number' ? node.lexeme : node.value.trim();
  const number = text === '' ? NaN : Number(text);
  return Number.isNaN(number) ? wordNumber(text) : number;
}

/** NaN and the infinities as Python's `float` reads them, in any case. */
function wordNumber(text: string): number | null {
  if (/^nan$/i.test(text)) return NaN;
  const [, sign, isInfinite] = /^([-+]?)(inf(?:inity)?)$/i.exec(text) ?? [];
  if (isInfinite === undefined) return null;
  return sign === '-' ? -Infinity : Infinity;
}

/** Of a text that says all of the node. */
function digestOf(node: JsonNode): number {
  const hash = new TextHash();
  mixNode(hash, node);
  return hash.number();
}

function mixNode(hash: TextHash, node: JsonNode): void {
  switch (node.kind) {
    case 'object':
      hash.text('{');
      for (const { key, node: value } of node.entries) {
        hash.text(key);
        mixNode(hash, value);
      }
      return hash.text('}');
    case 'array':
      hash.text('[');
      for (const item of node.items) mixNode(hash, item);
      return hash.text(']');
    case 'number':
      return hash.text(node.lexeme);
    case 'string':
      hash.code(0x22);
      return hash.text(node.value);
    case 'boolean':
      return hash.text(node.value ? 'true' : 'false');
    case 'null':
      return hash.text('null');
  }
}
