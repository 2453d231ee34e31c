import { describe, expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { NOTHING_DECLARED } from '../../../src/core/types.ts';
import type { InspectOptions } from '../../../src/core/types.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

/** The first two numbers are one as doubles. */
const FIRST = 'checkpoint-9007199254740992';
const SECOND = 'checkpoint-9007199254740993';
const LONGEST = 'checkpoint-10000000000000000';

const saves = (...names: readonly string[]): CaseFiles =>
  Object.fromEntries(
    names.flatMap((name) => Object.entries(trainerSave(name, { step: 2 }))),
  );

function look(files: CaseFiles, options: Partial<InspectOptions> = {}) {
  return inspect({
    targets: [{ named: 'run', sources: [memorySource('run', files)] }],
    options: { expect: 'auto', require: 'all', ...options },
    checks: CHECKS,
  });
}

describe('a step that is too large for a number', () => {
  test('is named, in the order of its digits, behind those that are held', async () => {
    const { checkpoints, runs } = await look({
      ...saves(LONGEST, SECOND, 'checkpoint-2', FIRST),
      'final/notes.txt': 'x',
    });
    expect(runs).toHaveLength(1);
    expect(checkpoints.map(({ path, step }) => [path, step])).toEqual([
      ['run/checkpoint-2', 2],
      [`run/${FIRST}`, null],
      [`run/${SECOND}`, null],
      [`run/${LONGEST}`, null],
    ]);
  });

  test('is not checked where its count would be held against others', async () => {
    const { checkpoints, runs } = await look(saves('checkpoint-2', SECOND));
    expect(checkpoints.map(({ answers }) => answers.resumes)).toEqual([
      { value: 'yes' },
      {
        value: 'not checked',
        reason:
          'the step in its name is above 9,007,199,254,740,991, up to which steps are told from one another',
      },
    ]);
    expect(runs[0]?.answers.progress).toEqual({
      value: 'not checked',
      reason: `the step of run/${SECOND} is too large to be told from others`,
    });
    expect(runs[0]?.newestLoadable).toBe(`run/${SECOND}`);
    expect(runs[0]?.newestResumable).toBe('run/checkpoint-2');
  });

  test('is in the way as get_last_checkpoint finds it', async () => {
    const { runs, findings } = await look({
      ...saves('checkpoint-2'),
      [`${SECOND}/test.txt`]: 'x',
      [`${FIRST}/test.txt`]: 'x',
      [`checkpoint-${'9'.repeat(40)}/test.txt`]: 'x',
    });
    expect(runs[0]?.resume?.blockedBy).toEqual([
      `run/checkpoint-${'9'.repeat(40)}`,
      `run/${SECOND}`,
      `run/${FIRST}`,
    ]);
    expect(findings.map(({ check }) => check)).toContain('resume-blocked');
  });

  test('is the newest that is required, and the one a resume takes', async () => {
    const died = trainerSave('checkpoint-2', {
      files: { 'trainer_state.json': null },
    });
    const { checkpoints, findings } = await look(
      { ...died, ...saves(SECOND) },
      { require: 'newest' },
    );
    expect(checkpoints.map(({ required }) => required)).toEqual([false, true]);
    expect(findings.map(({ message }) => message)).toContain('overtaken');
  });

  test('counts for itself', async () => {
    const { findings } = await look(saves('checkpoint-2', FIRST, SECOND), {
      declared: { ...NOTHING_DECLARED, minCheckpoints: 3 },
    });
    expect(findings.map(({ check }) => check)).not.toContain(
      'checkpoints-too-few',
    );
  });
});

test('zeros before a step make it no larger', async () => {
  const { checkpoints } = await look(saves(`checkpoint-${'0'.repeat(20)}2`));
  expect(checkpoints.map(({ step }) => step)).toEqual([2]);
});

test('the largest number that is told from others is a step', async () => {
  const { checkpoints } = await look(saves('checkpoint-9007199254740991'));
  expect(checkpoints.map(({ step }) => step)).toEqual([9007199254740991]);
});
