import fc from 'fast-check';
import { asArray, asObject } from '../../src/core/formats/json/access.ts';
import { parseJson } from '../../src/core/formats/json/parse.ts';
import { headerRecall } from '../../src/core/formats/safetensors/recall.ts';
import { fileFacts } from '../../src/core/layout/file-facts.ts';
import { logEntry } from '../../src/core/layout/log-entry.ts';
import type { LogEntry } from '../../src/core/layout/log-entry.ts';
import { shelfOf } from '../../src/core/layout/shelf.ts';
import { StateMembers } from '../../src/core/layout/trainer-state-fields.ts';
import { trainerStatesOn } from '../../src/core/layout/trainer-state.ts';
import type { TrainerStateFacts } from '../../src/core/layout/trainer-state.ts';
import { countingSource } from './counting-source.ts';
import { memorySource } from './memory-source.ts';

const PATH = 'trainer_state.json';

/** The facts of a file of this content, and how many of its bytes were read. */
export function factsOf(
  content: string | Uint8Array,
  shelf = shelfOf(1 << 24),
) {
  const { source, counts } = countingSource(
    memorySource('run', { [PATH]: content }),
  );
  const bytes =
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const file = fileFacts(
    source,
    { path: PATH, kind: 'file', sizeBytes: bytes.length },
    { recall: headerRecall(), shelf: shelfOf(1), documents: shelfOf(1) },
  );
  const facts = trainerStatesOn(shelf)(file);
  if (facts === null) throw new Error('there is a file');
  return { facts, bytes, read: () => counts.get(PATH)?.bytes ?? 0 };
}

/** The state by way of a tree of the whole document. */
export function byTree(bytes: Uint8Array) {
  const json = parseJson(bytes, 'python');
  if (!json.ok) return json;
  const fields = asObject(json.value);
  if (fields === null) return 'no object';
  const members = new StateMembers();
  for (const [key, node] of fields)
    members.take(
      key,
      key === 'log_history' && node.kind === 'array' ? null : node,
    );
  const entries = (asArray(fields.get('log_history')) ?? []).map(logEntry);
  return {
    ok: true,
    value: {
      ...members.fields(),
      log: { entries, last: entries.at(-1) ?? null, isWhole: true },
    },
  };
}

/** The state as it is read, with the same words for what is no object. */
export async function byPieces(facts: TrainerStateFacts) {
  const whole = await facts.whole();
  if (!whole.ok)
    return whole.defect.code === 'not-object' ? 'no object' : whole;
  const { log, ...fields } = whole.value;
  const entries = log.entries.map(spelledOut);
  const last = log.last === null ? null : spelledOut(log.last);
  return { ok: true, value: { ...fields, log: { ...log, entries, last } } };
}

/** All that an entry says, as members of its own: equal to another as those are. */
export function spelledOut(entry: LogEntry): LogEntry {
  const { step, epoch, loss, gradNorm, learningRate } = entry;
  const { hasReward, rewardZeroStd, digest } = entry;
  const more = { hasReward, rewardZeroStd, digest };
  return { step, epoch, loss, gradNorm, learningRate, ...more };
}

/** Log entries and fields of a state, as they may and may not be. */
const json = fc.jsonValue({ maxDepth: 3 });
const numbers = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom('nan', 'inf', '-Infinity', ' 3 ', '', 'x', null, true),
);
export const anyEntry = fc.oneof(
  fc.record(
    {
      step: numbers,
      loss: numbers,
      grad_norm: numbers,
      learning_rate: numbers,
      epoch: numbers,
      rewards: json,
      frac_reward_zero_std: numbers,
      'é"\\': json,
    },
    { requiredKeys: [] },
  ),
  json,
);
export const anyFields = fc.record(
  {
    global_step: fc.oneof(numbers, json),
    max_steps: numbers,
    epoch: numbers,
    best_model_checkpoint: fc.oneof(fc.string(), json),
    stateful_callbacks: fc.oneof(
      json,
      fc.constant({ TrainerControl: { args: { should_training_stop: true } } }),
    ),
    trial_name: fc.constantFrom(
      '\n  ],\n  "global_step": 9',
      '"global_step": 7',
    ),
    trial_params: json,
    other: json,
    save_steps: numbers,
  },
  { requiredKeys: [] },
);
/** NaN and the infinities as the bare words that Python writes. */
export const written = (value: unknown, indent?: number) =>
  JSON.stringify(
    value,
    (_key, one: unknown) =>
      typeof one === 'number' && !Number.isFinite(one) ? `@${one}@` : one,
    indent,
  ).replace(/"@(NaN|-?Infinity)@"/g, '$1');
