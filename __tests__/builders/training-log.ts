import { adapterFiles } from './checkpoint.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a Trainer logs at one step; `step` is the place among the entries by default. */
export type Logged = Fields & {
  readonly step?: unknown;
  readonly loss?: unknown;
};

/** As Python's json module writes numbers that JSON has no word for. */
function bare(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value)
    ? `bare ${value}`
    : value;
}

/** The trainer_state.json of a step, with what was logged up to it. */
export function stateOf(entries: readonly Logged[], fields: Fields = {}) {
  const log_history = entries.map((entry, at) => ({ step: at + 1, ...entry }));
  return JSON.stringify(
    { global_step: entries.length, log_history, ...fields },
    bare,
  ).replace(/"bare ([\w-]+)"/g, '$1');
}

/** An adapter at `checkpoint-N`, N being the number of entries, and its state. */
export function loggedStep(
  entries: readonly Logged[],
  more: Readonly<Record<string, string>> = {},
): Record<string, Uint8Array | string> {
  const folder = `checkpoint-${entries.length}`;
  const own = Object.entries({
    'trainer_state.json': stateOf(entries),
    ...more,
  });
  return {
    ...adapterFiles(folder),
    ...Object.fromEntries(
      own.map(([name, text]) => [`${folder}/${name}`, text]),
    ),
  };
}

/** So many entries alike. */
export function times(count: number, entry: Logged): Logged[] {
  return Array.from({ length: count }, () => entry);
}

/** Entries of a healthy training, whose loss falls. */
export function falling(count: number): Logged[] {
  return Array.from({ length: count }, (_entry, at) => ({
    loss: 2.123456789 / (at + 1),
    grad_norm: 0.5 + at / 7,
    learning_rate: 0.001 / (at + 1),
  }));
}
