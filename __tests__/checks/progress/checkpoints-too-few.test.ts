import { expect, test } from '@jest/globals';
import { checkpointsTooFew } from '../../../src/core/checks/progress/checkpoints-too-few.ts';
import { NOTHING_DECLARED } from '../../../src/core/types.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { plainRun } from '../../builders/trainer-run.ts';
import { inspectWith, testCheck } from '../../helpers/test-check.ts';

const atLeast = (minCheckpoints: number) => ({
  declared: { ...NOTHING_DECLARED, minCheckpoints },
});

testCheck(checkpointsTooFew, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'an empty folder, with nothing declared': { 'checkpoint-1': null },
  },
  found: {
    'one of two': {
      files: plainRun([10]),
      options: atLeast(2),
      expect: [
        {
          message: 'few',
          severity: 'error',
          path: 'run',
          text: /^At least 2 checkpoints are declared, 1 is there\.$/,
        },
      ],
    },
    'two of three, and a copy of the last in the output folder': {
      files: { ...adapterFiles(), ...plainRun([10, 20]) },
      options: atLeast(3),
      expect: [{ message: 'few', text: /2 are there/ }],
    },
    'enough, of which one is empty': {
      files: { ...plainRun([10]), 'checkpoint-20': null },
      options: atLeast(2),
      expect: [
        {
          message: 'broken',
          severity: 'error',
          text: /^At least 2 checkpoints are declared; of 2 that are there 1 cannot be loaded\.$/,
        },
      ],
    },
  },
});

test.each([
  ['as many as declared', plainRun([10, 20]), 2],
  ['one without a step', adapterFiles(), 1],
])('says nothing about %s', async (_name, files, least) => {
  const { findings } = await inspectWith(
    checkpointsTooFew,
    files,
    atLeast(least),
  );
  expect(findings).toEqual([]);
});
