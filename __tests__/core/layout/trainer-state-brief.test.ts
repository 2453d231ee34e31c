import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  TRAINER_STATE_EDGE_BYTES,
  TRAINER_STATE_WHOLE_BYTES,
} from '../../../src/core/bytes/trainer-state-limits.ts';
import {
  loggedSteps,
  stateFields,
  trainerState,
} from '../../builders/trainer-state.ts';
import {
  anyEntry,
  anyFields,
  byPieces,
  byTree,
  factsOf,
  spelledOut,
  written,
} from '../../helpers/trainer-state.ts';

type Read = Awaited<ReturnType<ReturnType<typeof factsOf>['facts']['whole']>>;

/** What of a state its edges hold: of the log as many entries as in `like`. */
function inEdges(read: Read, like = read) {
  if (!read.ok || !like.ok) return read;
  const { log, ...fields } = read.value;
  const entries = log.entries
    .slice(0, like.value.log.entries.length)
    .map(spelledOut);
  const last = log.last === null ? null : spelledOut(log.last);
  return { ...fields, entries, last };
}

describe('of a large state', () => {
  const large = trainerState(1000);

  test('no more than its beginning and its end is read', async () => {
    expect(large.length).toBeGreaterThan(TRAINER_STATE_WHOLE_BYTES);
    const { facts, read } = factsOf(large);
    const brief = await facts.brief();
    if (!brief.ok) throw new Error(brief.defect.code);
    expect(read()).toBe(2 * TRAINER_STATE_EDGE_BYTES);
    const { globalStep, maxSteps, log } = brief.value;
    expect({ globalStep, maxSteps }).toEqual({
      globalStep: 1000,
      maxSteps: 1000,
    });
    expect(log.isWhole).toBe(false);
    expect(log.entries.length).toBeGreaterThan(50);
    expect(log.last?.step).toBe(1000);
    const whole = await facts.whole();
    if (!whole.ok) throw new Error(whole.defect.code);
    expect(whole.value.log.entries).toHaveLength(1000);
    expect(log.entries).toEqual(
      whole.value.log.entries.slice(0, log.entries.length),
    );
  });

  const log_history = loggedSteps(1000);
  const last = loggedSteps(999);
  test.each([
    ['on one line', JSON.stringify(stateFields(1000))],
    ['with an indentation of four', JSON.stringify(stateFields(1000), null, 4)],
    [
      'in another order',
      JSON.stringify({ ...stateFields(1000), global_step: 4 }, null, 2)
        .replace('"global_step"', '"zzz"')
        .replace('"trial_name": null', '"global_step": 7'),
    ],
    [
      'with a long field before the log',
      trainerState(1000, { best_model_checkpoint: 'x'.repeat(20_000) }),
    ],
    [
      'with a long field behind it',
      trainerState(1000, { trial_params: { x: 'y'.repeat(20_000) } }),
    ],
    [
      'with a last entry that is no object',
      trainerState(1000, { log_history: [...log_history, 5] }),
    ],
    [
      'with a long last entry',
      trainerState(1000, {
        log_history: [...last, { step: 1, x: 'y'.repeat(20_000) }],
      }),
    ],
    [
      'with no log',
      trainerState(1000, { log_history: [], trial_params: log_history }),
    ],
    [
      'with another list behind it',
      trainerState(1000, { log_history: [1], loggers: log_history }),
    ],
    ['that is cut', large.slice(0, -10)],
    ['with more behind it', `${large}{}`],
    ['with a first byte that is wrong', `x${large}`],
    ['with a byte order mark', `\ufeff${large}`],
  ])('all is read where it lies otherwise: %s', async (_name, text) => {
    const { facts, bytes } = factsOf(text);
    expect(await facts.brief()).toBe(await facts.whole());
    expect(await byPieces(facts)).toEqual(byTree(bytes));
  });

  test('what only looks like a field is none', async () => {
    const text = '\n  ],\n  "logging_steps": 9,\n  "global_step": 9}';
    const callbacks = {
      Mine: {
        args: { global_step: 9, max_steps: [{ log_history: [] }] },
        attributes: { text },
      },
    };
    const fooling = trainerState(1000, {
      best_model_checkpoint: '"global_step": 9',
      stateful_callbacks: callbacks,
      trial_name: text,
    });
    const { facts } = factsOf(fooling);
    const brief = await facts.brief();
    if (!brief.ok) throw new Error(brief.defect.code);
    expect(brief.value).toMatchObject({
      globalStep: 1000,
      loggingSteps: 1,
      log: { isWhole: false, last: { step: 1000 } },
    });
  });
  test('of a large one, the edges say of every field what all of it says', async () => {
    let edges = 0;
    await fc.assert(
      fc.asyncProperty(
        anyFields,
        fc.array(anyEntry, { maxLength: 4 }),
        fc.array(anyEntry, { maxLength: 4 }),
        fc.boolean(),
        async (some, first, last, isWindows) => {
          const log_history = [...first, ...loggedSteps(400), ...last];
          const all = stateFields(5, { ...some, log_history });
          const sorted = Object.fromEntries(
            Object.keys(all)
              .sort()
              .map((key) => [key, all[key]]),
          );
          const text = `${written(sorted, 2)}\n`;
          const { facts } = factsOf(
            isWindows ? text.replaceAll('\n', '\r\n') : text,
          );
          const brief = await facts.brief();
          edges += brief.ok && !brief.value.log.isWhole ? 1 : 0;
          expect(inEdges(brief)).toEqual(inEdges(await facts.whole(), brief));
        },
      ),
      { numRuns: 60 },
    );
    expect(edges).toBeGreaterThan(20);
  });
});
