import { describe, expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import type { Source } from '../../../src/core/bytes/reader.ts';
import { floats } from '../../builders/floats.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import type { TrainerSave } from '../../builders/trainer-save.ts';
import { loggedSteps, trainerState } from '../../builders/trainer-state.ts';
import { memorySource } from '../../helpers/memory-source.ts';

const MODULE = 'base_model.model.model.layers.0.self_attn.q_proj';
const weights = (value: number) =>
  safetensors({
    [`${MODULE}.lora_A.weight`]: floats([2, 4], Array<number>(8).fill(value)),
    [`${MODULE}.lora_B.weight`]: floats([4, 2], Array<number>(8).fill(value)),
  });
const NAN = { 'adapter_model.safetensors': weights(NaN) };
const log = loggedSteps(4000);
const stateAt = (step: number) =>
  trainerState(step, { log_history: log.slice(0, step) });

type Changed = NonNullable<TrainerSave['files']>;

/** Counts how often the values of each file are read. */
function valuesCounted(inner: Source) {
  const passes = new Map<string, number>();
  const source: Source = {
    ...inner,
    open: async (path) => {
      const reader = await inner.open(path);
      return {
        ...reader,
        read: (start, length) => reader.read(start, length),
        stream: (start, end) => {
          passes.set(path, (passes.get(path) ?? 0) + 1);
          return reader.stream(start, end);
        },
        close: () => reader.close(),
      };
    },
  };
  return { source, passes };
}

/** Three steps whose states are large, changed by step. */
async function resumeOf(changed: Readonly<Record<number, Changed>>) {
  const steps = [2000, 3000, 4000];
  const files = steps.map((step) =>
    trainerSave(`checkpoint-${step}`, {
      step,
      files: {
        'adapter_model.safetensors': weights(step),
        'trainer_state.json': stateAt(step),
        ...changed[step],
      },
    }),
  );
  const { source, passes } = valuesCounted(
    memorySource('run', Object.assign({}, ...files) as Changed & object),
  );
  const { checkpoints, runs, findings } = await inspect({
    targets: [{ named: 'run', sources: [source] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  const ofWeights = steps.map((step) =>
    passes.get(`checkpoint-${step}/adapter_model.safetensors`),
  );
  expect(ofWeights).toEqual([1, 1, 1]);
  return {
    answers: checkpoints.map(({ answers }) => answers.resumes.value),
    from: runs[0]?.newestResumable,
    blockedBy: runs[0]?.resume?.blockedBy,
    found: findings
      .filter(({ question }) => question === 'resumes')
      .map(({ check, where }) => [check, where.path]),
  };
}

describe('of a run whose states are large', () => {
  test('one with NaN is not gone on from: the state before it is read whole', async () => {
    expect(await resumeOf({ 4000: NAN })).toEqual({
      answers: ['not checked', 'yes', 'yes'],
      from: 'run/checkpoint-3000',
      blockedBy: ['run/checkpoint-4000'],
      found: [['resume-blocked', 'run/checkpoint-4000']],
    });
  });

  test('nor are two with NaN', async () => {
    expect(await resumeOf({ 3000: NAN, 4000: NAN })).toMatchObject({
      answers: ['yes', 'not checked', 'yes'],
      from: 'run/checkpoint-2000',
    });
  });

  test('one without NaN that lacks its optimizer is passed over', async () => {
    const changed = { 3000: { 'optimizer.pt': null }, 4000: NAN };
    expect(await resumeOf(changed)).toMatchObject({
      answers: ['yes', 'no', 'yes'],
      from: 'run/checkpoint-2000',
    });
  });

  test('one whose state is broken in its middle is found out', async () => {
    const text = stateAt(3000);
    const middle = Math.floor(text.length / 2);
    const cut = `${text.slice(0, middle)}}}${text.slice(middle)}`;
    const changed = { 3000: { 'trainer_state.json': cut }, 4000: NAN };
    const { answers, from, found } = await resumeOf(changed);
    expect(answers).toEqual(['yes', 'no', 'yes']);
    expect(from).toBe('run/checkpoint-2000');
    expect(found).toContainEqual([
      'trainer-state-invalid',
      'run/checkpoint-3000/trainer_state.json',
    ]);
  });

  test('what was found of it before is said once', async () => {
    const unknown = trainerState(3000, {
      log_history: log.slice(0, 3000),
      zz_not_known: 1,
    });
    const changed = { 3000: { 'trainer_state.json': unknown }, 4000: NAN };
    const { found } = await resumeOf(changed);
    const paths = found.map(([check, path]) => `${check} ${path}`);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.length).toBeGreaterThan(1);
  });

  test('where all hold NaN the newest is gone on from, as ever', async () => {
    expect(await resumeOf({ 2000: NAN, 3000: NAN, 4000: NAN })).toMatchObject({
      answers: ['not checked', 'not checked', 'yes'],
      from: 'run/checkpoint-4000',
    });
  });
});
