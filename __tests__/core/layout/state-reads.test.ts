import { describe, expect, test } from '@jest/globals';
import { TRAINER_STATE_EDGE_BYTES } from '../../../src/core/bytes/trainer-state-limits.ts';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { letGoOfStates } from '../../../src/core/layout/let-go.ts';
import { shelfOf } from '../../../src/core/layout/shelf.ts';
import { survey } from '../../../src/core/survey.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import type { TrainerSave } from '../../builders/trainer-save.ts';
import { loggedSteps, trainerState } from '../../builders/trainer-state.ts';
import { countingSource } from '../../helpers/counting-source.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import { factsOf } from '../../helpers/trainer-state.ts';

/** A run whose states grow with the step, as the log in them does. */
function growingRun(count: number, states: (step: number) => string) {
  const steps = Array.from({ length: count }, (_, at) => (at + 1) * 100);
  const files = steps.flatMap((step) => [
    ...Object.entries(adapterFiles(`checkpoint-${step}`)),
    [`checkpoint-${step}/trainer_state.json`, states(step)] as const,
  ]);
  const { source, counts } = countingSource(
    memorySource('run', Object.fromEntries(files)),
  );
  const bytesOf = (step: number) =>
    counts.get(`checkpoint-${step}/trainer_state.json`)?.bytes ?? 0;
  return { steps, source, bytesOf };
}

const log = loggedSteps(4000);
/** A log entry at every step. */
const stateAt = (step: number) =>
  trainerState(step, { log_history: log.slice(0, step) });
const EDGES = 2 * TRAINER_STATE_EDGE_BYTES;

async function inspectRun(run: ReturnType<typeof growingRun>) {
  return inspect({
    targets: [{ named: 'run', sources: [run.source] }],
    options: { expect: 'auto', require: 'all', depth: 'headers' },
    checks: CHECKS,
  });
}

describe('of a run whose states grow', () => {
  test('the newest is read whole and once, of the others the edges', async () => {
    const run = growingRun(40, stateAt);
    const report = await inspectRun(run);
    expect(report.checkpoints).toHaveLength(40);
    expect(report.findings.map(({ severity }) => severity)).toEqual(['notice']);
    const small = run.steps.filter((step) => stateAt(step).length <= 65_536);
    expect(small.length).toBeLessThan(5);
    for (const step of run.steps.slice(small.length, -1))
      expect(run.bytesOf(step)).toBe(EDGES);
    expect(run.bytesOf(4000)).toBe(EDGES + stateAt(4000).length);
  });

  test('where the newest is broken, the one before it is read whole', async () => {
    const run = growingRun(10, (step) =>
      step === 1000 ? stateAt(step).slice(0, -9) : stateAt(step),
    );
    const report = await inspectRun(run);
    expect(report.findings.map(({ check }) => check)).toEqual([
      'trainer-state-invalid',
      'optimizer-state-missing',
    ]);
    expect(run.bytesOf(900)).toBe(EDGES + stateAt(900).length);
    expect(run.bytesOf(800)).toBe(EDGES);
  });
});

describe('where training cannot go on from the newest', () => {
  /** Three steps whose states are large; of the newest, what `broken` changes. */
  async function answersWhere(broken: NonNullable<TrainerSave['files']>) {
    const steps = [2000, 3000, 4000];
    const files = steps.flatMap((step) =>
      Object.entries(
        trainerSave(`checkpoint-${step}`, {
          step,
          files: {
            'trainer_state.json': stateAt(step),
            ...(step === 4000 ? broken : {}),
          },
        }),
      ),
    );
    const { source, counts } = countingSource(
      memorySource('run', Object.fromEntries(files)),
    );
    const report = await inspect({
      targets: [{ named: 'run', sources: [source] }],
      options: { expect: 'auto', require: 'all', depth: 'headers' },
      checks: CHECKS,
    });
    const isWhole = (step: number) =>
      (counts.get(`checkpoint-${step}/trainer_state.json`)?.bytes ?? 0) > EDGES;
    return {
      answers: report.checkpoints.map(({ answers }) => answers.resumes.value),
      whole: steps.filter(isWhole),
      from: report.runs[0]?.newestResumable,
    };
  }

  test('a whole one is read as ever', async () => {
    expect(await answersWhere({})).toEqual({
      answers: ['not checked', 'not checked', 'yes'],
      whole: [4000],
      from: 'run/checkpoint-4000',
    });
  });

  const safetensors = new TextEncoder().encode('not weights');
  test.each<[string, NonNullable<TrainerSave['files']>]>([
    ['the optimizer is missing', { 'optimizer.pt': null }],
    ['the scheduler is empty', { 'scheduler.pt': '' }],
    ['the optimizer is cut', { 'optimizer.pt': 'PK\x03\x04' }],
    ['the random states are broken', { 'rng_state.pth': 'x' }],
    ['the weights are missing', { 'adapter_model.safetensors': null }],
    ['the weights are empty', { 'adapter_model.safetensors': '' }],
    ['the weights are broken', { 'adapter_model.safetensors': safetensors }],
    ['a field is refused', { 'trainer_state.json': refused() }],
  ])('since %s, the one before it is read whole', async (_, broken) => {
    expect(await answersWhere(broken)).toEqual({
      answers: ['not checked', 'yes', 'no'],
      // The curve of the loss is of the newest, whatever its other files are.
      whole: [3000, 4000],
      from: 'run/checkpoint-3000',
    });
  });

  test('since its state is broken in the middle, both are read whole', async () => {
    const text = stateAt(4000);
    const middle = Math.floor(text.length / 2);
    const cut = `${text.slice(0, middle)}}}${text.slice(middle)}`;
    expect(await answersWhere({ 'trainer_state.json': cut })).toEqual({
      answers: ['not checked', 'yes', 'no'],
      whole: [3000, 4000],
      from: 'run/checkpoint-3000',
    });
  });

  function refused() {
    return trainerState(4000, { log_history: log, global_step: 'x' });
  }
});

describe('what was read of states is let go of', () => {
  const ROOM = 1 << 20;
  const text = stateAt(2000);

  test('where those read later need the room', async () => {
    const shelf = shelfOf(ROOM);
    const all = Array.from({ length: 10 }, () => factsOf(text, shelf));
    for (const { facts } of all) await facts.whole();
    const again = async (at: number) => {
      const before = all[at]?.read() ?? 0;
      await all[at]?.facts.whole();
      return (all[at]?.read() ?? 0) - before;
    };
    // Two of 2,000 entries take about a megabyte.
    expect(await again(9)).toBe(0);
    expect(await again(0)).toBe(text.length);
  });

  test('as much where they are read whole for want of edges', async () => {
    const shelf = shelfOf(ROOM);
    const flat = JSON.stringify(JSON.parse(text));
    const all = Array.from({ length: 10 }, () => factsOf(flat, shelf));
    for (const { facts } of all) await facts.brief();
    const before = all[0]?.read() ?? 0;
    await all[0]?.facts.brief();
    expect(all[0]?.read()).toBeGreaterThan(before + flat.length - 1);
  });

  test('and all of it when a run is through', async () => {
    const { source, bytesOf } = growingRun(2, stateAt);
    const { runs } = await survey([{ named: 'run', sources: [source] }]);
    const [run] = runs;
    if (run === undefined) throw new Error('there is a run');
    const read = () => run.checkpoints[0]?.trainerState?.whole();
    await read();
    const once = bytesOf(100);
    await read();
    expect(bytesOf(100)).toBe(once);
    letGoOfStates(run);
    await read();
    expect(bytesOf(100)).toBe(2 * once);
  });
});
