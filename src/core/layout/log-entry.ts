import type { JsonNode } from '../formats/json/types.ts';

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
  readonly digest: string;
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

/** 53 bits of two multiplicative hashes (cyrb53) over a text that says all of the node. */
function digestOf(node: JsonNode): string {
  const hash = { high: 0xdeadbeef, low: 0x41c6ce57 };
  mixNode(hash, node);
  const { high, low } = hash;
  const mixedHigh =
    Math.imul(high ^ (high >>> 16), 2246822507) ^
    Math.imul(low ^ (low >>> 13), 3266489909);
  const mixedLow =
    Math.imul(low ^ (low >>> 16), 2246822507) ^
    Math.imul(high ^ (high >>> 13), 3266489909);
  const upper = 0x1fffff & mixedLow;
  return (4_294_967_296 * upper + (mixedHigh >>> 0)).toString(36);
}

interface Hash {
  high: number;
  low: number;
}

function mixNode(hash: Hash, node: JsonNode): void {
  switch (node.kind) {
    case 'object':
      mixText(hash, '{');
      for (const { key, node: value } of node.entries) {
        mixText(hash, key);
        mixNode(hash, value);
      }
      return mixText(hash, '}');
    case 'array':
      mixText(hash, '[');
      for (const item of node.items) mixNode(hash, item);
      return mixText(hash, ']');
    case 'number':
      return mixText(hash, node.lexeme);
    case 'string':
      mix(hash, 0x22);
      return mixText(hash, node.value);
    case 'boolean':
      return mixText(hash, node.value ? 'true' : 'false');
    case 'null':
      return mixText(hash, 'null');
  }
}

/** With its length before it, so that two texts are not taken for one. */
function mixText(hash: Hash, text: string): void {
  mix(hash, text.length);
  for (let at = 0; at < text.length; at++) mix(hash, text.charCodeAt(at));
}

function mix(hash: Hash, code: number): void {
  hash.high = Math.imul(hash.high ^ code, 2654435761);
  hash.low = Math.imul(hash.low ^ code, 1597334677);
}
